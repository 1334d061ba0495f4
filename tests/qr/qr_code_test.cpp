// SPDX-License-Identifier: Apache-2.0
#include "qr/qr_code.h"

#include <array>
#include <fstream>
#include <sstream>
#include <string>

#include "base/printable.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace std::string_literals;

using linuxcash::ErrorCode;
using linuxcash::qr::Correction;
using linuxcash::qr::encode;
using linuxcash::qr::kQuietZone;
using linuxcash::qr::Matrix;
using linuxcash::qr::terminal_lines;

namespace {

// The golden file was drawn once and read back with zbarimg.
constexpr const char* kGoldenText = "https://pay.example/map/?s=1000&op=24.50";

// The picture by which scanners find a code.
bool has_finder_at(const Matrix& matrix, int top, int left) {
    constexpr std::array<const char*, 7> kFinder{"#######", "#.....#", "#.###.#", "#.###.#",
                                                 "#.###.#", "#.....#", "#######"};
    for (int row = 0; row < 7; ++row) {
        const std::string pattern = kFinder.at(static_cast<std::size_t>(row));
        for (int column = 0; column < 7; ++column) {
            const bool dark = pattern[static_cast<std::size_t>(column)] == '#';
            if (matrix.is_dark(top + row, left + column) != dark) return false;
        }
    }
    return true;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

}  // namespace

TEST_GROUP(QrCode){};

TEST(QrCode, has_its_finders_in_three_corners) {
    const auto matrix = encode("17").value();

    CHECK(has_finder_at(matrix, 0, 0));
    CHECK(has_finder_at(matrix, 0, matrix.size - 7));
    CHECK(has_finder_at(matrix, matrix.size - 7, 0));
    CHECK_FALSE(has_finder_at(matrix, matrix.size - 7, matrix.size - 7));
}

TEST(QrCode, has_its_timing_lines) {
    const auto matrix = encode("17").value();

    for (int at = 8; at < matrix.size - 8; ++at) {
        CHECK(matrix.is_dark(6, at) == (at % 2 == 0));
        CHECK(matrix.is_dark(at, 6) == (at % 2 == 0));
    }
}

TEST(QrCode, grows_with_its_text_and_its_correction) {
    LONGS_EQUAL(21, encode("17").value().size);
    LONGS_EQUAL(177, encode(std::string(2953, 'x'), Correction::Low).value().size);
    CHECK(
        encode(std::string(100, 'x'), Correction::High).value().size
        > encode(std::string(100, 'x'), Correction::Low).value().size);
}

TEST(QrCode, tells_upper_from_lower_case) {
    CHECK_FALSE(encode("abc").value() == encode("ABC").value());
}

TEST(QrCode, refuses_nothing_and_zero_bytes) {
    CHECK(encode("").error().code == ErrorCode::InvalidInput);
    CHECK(encode("a\0b"s).error().code == ErrorCode::InvalidInput);
}

TEST(QrCode, refuses_more_than_a_code_can_hold) {
    CHECK(encode(std::string(2954, 'x'), Correction::Low).error().code == ErrorCode::TooLarge);
    CHECK(encode(std::string(1'000'000, 'x')).error().code == ErrorCode::TooLarge);
}

TEST(QrCode, is_light_outside_of_its_square) {
    const auto matrix = encode("17").value();

    CHECK_FALSE(matrix.is_dark(-1, 0));
    CHECK_FALSE(matrix.is_dark(0, matrix.size));
}

TEST(QrCode, is_drawn_in_lines_of_one_width) {
    const auto matrix = encode("17").value();

    for (const int quiet_zone : {0, 2, kQuietZone}) {
        const auto lines = terminal_lines(matrix, quiet_zone);

        const auto width = static_cast<std::size_t>(21 + 2 * quiet_zone);
        LONGS_EQUAL((width + 1) / 2, lines.size());
        for (const std::string& line : lines)
            LONGS_EQUAL(width, linuxcash::character_count(line));
    }
}

TEST(QrCode, draws_the_quiet_zone_light) {
    const auto lines = terminal_lines(encode("17").value(), kQuietZone);

    std::string light;
    for (int column = 0; column < 21 + 2 * kQuietZone; ++column)
        light += "█";
    STRCMP_EQUAL(light.c_str(), lines.at(0).c_str());
    STRCMP_EQUAL(light.c_str(), lines.at(1).c_str());
    CHECK(lines.at(2).starts_with("████ ▄▄▄▄▄ █"));
}

TEST(QrCode, is_drawn_as_in_the_golden_file) {
    std::ifstream file(TEST_DATA "/qr/terminal.txt");
    std::ostringstream golden;
    golden << file.rdbuf();

    STRCMP_EQUAL(golden.str().c_str(), joined(terminal_lines(encode(kGoldenText).value())).c_str());
}
