// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <memory>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::Error;
using linuxcash::ErrorCode;
using linuxcash::Result;
using linuxcash::tr;

TEST_GROUP(Result){};

TEST(Result, holds_a_value) {
    const Result<std::string> result(std::string("да"));

    CHECK(result.ok());
    STRCMP_EQUAL("да", result->c_str());
}

TEST(Result, holds_an_error) {
    const Result<std::string> result(Error{ErrorCode::Busy, tr("занято")});

    CHECK_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::Busy);
}

TEST(Result, gives_away_a_value_that_only_moves) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));

    const std::unique_ptr<int> taken = std::move(result).value();

    LONGS_EQUAL(5, *taken);
}

TEST(Result, value_of_an_error_is_a_bug_that_shows) {
    const Result<int> result(Error{ErrorCode::Io, tr("ошибка диска")});

    CHECK_THROWS(std::bad_variant_access, (void)result.value());
}
