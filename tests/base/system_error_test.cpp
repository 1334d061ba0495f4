// SPDX-License-Identifier: Apache-2.0
#include "base/system_error.h"

#include <cerrno>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::ErrorCode;
using linuxcash::system_error_code;
using linuxcash::system_error_reason;

TEST_GROUP(SystemError){};

TEST(SystemError, tells_kinds_of_failure_apart) {
    CHECK(system_error_code(ENOENT) == ErrorCode::NotFound);
    CHECK(system_error_code(EACCES) == ErrorCode::Denied);
    CHECK(system_error_code(EISDIR) == ErrorCode::InvalidInput);
    CHECK(system_error_code(EAGAIN) == ErrorCode::Busy);
    CHECK(system_error_code(ENOSPC) == ErrorCode::NoSpace);
    CHECK(system_error_code(EIO) == ErrorCode::Io);
}

TEST(SystemError, has_russian_words) {
    STRCMP_EQUAL("на диске нет места", system_error_reason(ENOSPC).russian().c_str());
    STRCMP_EQUAL("нет прав доступа", system_error_reason(EPERM).russian().c_str());
}

TEST(SystemError, names_the_rest_by_number) {
    STRCMP_EQUAL("системная ошибка 71", system_error_reason(EPROTO).russian().c_str());
}
