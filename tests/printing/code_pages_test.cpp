// SPDX-License-Identifier: Apache-2.0
#include "printing/code_pages.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::printing::byte_of;
using linuxcash::printing::code_pages;
using linuxcash::printing::CodePage;
using linuxcash::printing::find_code_page;

namespace {

// The C library's own opinion; 0 when it knows no character for the byte.
char16_t library_code(iconv_t page, char byte) {
    std::array<char, 2> in{byte, 0};
    std::array<unsigned char, 4> out{};
    char* from = in.data();
    void* bytes = out.data();
    char* to = static_cast<char*>(bytes);
    std::size_t left = 1;
    std::size_t room = out.size();
    if (iconv(page, &from, &left, &to, &room) != 0 || room != 2) return 0;
    return static_cast<char16_t>(out[0] | (out[1] << 8U));
}

std::string library_name(const CodePage& page) {
    if (page.name == "kz1048") return "RK1048";
    std::string name(page.name);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char symbol) {
        return static_cast<char>(std::toupper(symbol));
    });
    return name;
}

}  // namespace

TEST_GROUP(CodePages){};

TEST(CodePages, agree_with_the_c_library) {
    for (const CodePage& page : code_pages()) {
        iconv_t library = iconv_open("UTF-16LE", library_name(page).c_str());
        for (std::size_t index = 0; index < page.upper.size(); ++index) {
            const auto byte = static_cast<char>(0x80 + index);
            CHECK_TEXT(
                page.upper[index] == library_code(library, byte), std::string(page.name).c_str());
        }
        iconv_close(library);
    }
}

TEST(CodePages, are_found_by_name) {
    STRCMP_EQUAL("cp866", std::string(find_code_page("cp866")->name).c_str());
    CHECK(find_code_page("cp1") == nullptr);
}

TEST(CodePages, give_the_byte_of_a_character) {
    const CodePage& page = *find_code_page("cp866");

    CHECK(byte_of(page, U'A') == 'A');
    CHECK(byte_of(page, U'А') == '\x80');
    CHECK(byte_of(page, U'ў') == '\xF7');
    CHECK(byte_of(page, U'№') == '\xFC');
}

TEST(CodePages, lack_other_characters_and_controls) {
    const CodePage& page = *find_code_page("cp866");

    CHECK_FALSE(byte_of(page, U'і').has_value());
    CHECK_FALSE(byte_of(page, U'€').has_value());
    CHECK_FALSE(byte_of(page, U'\n').has_value());
    CHECK_FALSE(byte_of(page, 0).has_value());
    CHECK_FALSE(byte_of(page, U'🙂').has_value());
    CHECK_FALSE(byte_of(page, 0x10410).has_value());
}
