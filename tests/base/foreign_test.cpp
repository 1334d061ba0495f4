// SPDX-License-Identifier: Apache-2.0
#include "base/foreign.h"

#include <array>
#include <cstdint>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;

namespace {

struct Table {
    std::uint32_t size;
    std::int32_t first;
    std::int32_t second;
};

std::string copied(const char* text, std::size_t size) {
    std::array<char, 16> buffer{};
    buffer.fill('~');
    copy_text(text, buffer.data(), size);
    return buffer.data();
}

}  // namespace

TEST_GROUP(Foreign){};

TEST(Foreign, what_its_maker_did_not_know_is_zero) {
    const Table theirs{offsetof(Table, second), 7, 9};

    const auto read = read_foreign(&theirs);

    LONGS_EQUAL(7, read->first);
    LONGS_EQUAL(0, read->second);
}

TEST(Foreign, what_we_do_not_know_is_not_read) {
    struct {
        Table known;
        std::int32_t more;
    } theirs{{sizeof theirs, 7, 9}, 5};

    const auto read = read_foreign(&theirs.known);

    LONGS_EQUAL(9, read->second);
}

TEST(Foreign, null_and_a_struct_without_a_size_are_nothing) {
    const Table theirs{3, 7, 9};

    CHECK_FALSE(read_foreign<Table>(nullptr).has_value());
    CHECK_FALSE(read_foreign(&theirs).has_value());
}

TEST(Foreign, bytes_that_are_no_text_are_written_out_for_people) {
    STRCMP_EQUAL("\\xFF!", readable_text_of("\xff!").c_str());
    STRCMP_EQUAL("абв", readable_text_of("абв").c_str());
    STRCMP_EQUAL("", readable_text_of(nullptr).c_str());
}

TEST(Foreign, a_text_is_cut_between_letters) {
    STRCMP_EQUAL("абв", copied("абв", 7).c_str());
    STRCMP_EQUAL("аб", copied("абв", 6).c_str());
    STRCMP_EQUAL("аб", copied("абв", 5).c_str());
    STRCMP_EQUAL("", copied("абв", 1).c_str());
    std::array<char, 2> untouched{'~', '\0'};
    copy_text("x", untouched.data(), 0);
    copy_text("x", nullptr, 5);
    STRCMP_EQUAL("~", untouched.data());
}
