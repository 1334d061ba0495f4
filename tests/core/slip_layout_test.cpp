// SPDX-License-Identifier: Apache-2.0
#include "core/slip_layout.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/cells.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using linuxcash::core::bytes_in_cells;
using linuxcash::core::cell_count;

namespace {

Page page(int columns) {
    return {
        .columns = columns,
        .small = columns * 4 / 3,
        .medium = columns,
        .large = columns / 2,
        .barcodes = true,
        .qr_codes = true,
        .images = true};
}

int width_of(const Page& page, Size size) {
    switch (size) {
        case Size::Default:
            break;
        case Size::Small:
            return page.small;
        case Size::Medium:
            return page.medium;
        case Size::Large:
            return page.large;
    }
    return page.columns;
}

// Without blanks, which wrapping may drop.
std::string letters(const std::string& text) {
    std::string kept;
    for (const char symbol : text) {
        if (symbol != ' ' && symbol != '\n') kept += symbol;
    }
    return kept;
}

// The text of all rows; fails when one is wider than the page.
std::string printed(const Slip& slip, const Page& paper) {
    std::string all;
    for (const Row& row : lay_out(slip, paper)) {
        const auto* text = std::get_if<TextRow>(&row);
        if (text == nullptr) continue;
        CHECK_TEXT(
            cell_count(text->text) <= static_cast<std::size_t>(width_of(paper, text->size)),
            text->text.c_str());
        all += text->text;
    }
    return letters(all);
}

constexpr std::array kWidths{30, 32, 42, 48};
constexpr std::array kSizes{Size::Default, Size::Small, Size::Medium, Size::Large};
constexpr std::array kWrappings{Wrapping::Anywhere, Wrapping::Wordwrap};
constexpr const char* kLong =
    "Покупатель подтвердил оплату в приложении, и касса напечатала очень длинную-предлинную строку";

}  // namespace

TEST_GROUP(SlipRows){};

TEST(SlipRows, give_large_letters_half_of_the_columns) {
    const auto rows =
        lay_out(Slip{{Text{.text = "ИТОГО К ОПЛАТЕ", .size = Size::Large}}}, page(16));

    LONGS_EQUAL(2, rows.size());
    CHECK(rows[0] == Row(TextRow{"ИТОГО К", Size::Large, false}));
    CHECK(rows[1] == Row(TextRow{"ОПЛАТЕ", Size::Large, false}));
}

TEST(SlipRows, keep_bold) {
    const auto rows = lay_out(Slip{{Text{.text = "a", .bold = true}}}, page(32));

    CHECK(rows.front() == Row(TextRow{"a", Size::Default, true}));
}

TEST(SlipRows, draw_a_rule_as_wide_as_its_size_allows) {
    const auto rows = lay_out(Slip{{Line{.symbol = "=", .size = Size::Large}}}, page(32));

    CHECK(rows.front() == Row(TextRow{std::string(16, '='), Size::Large, false}));
}

TEST(SlipRows, hold_codes_pictures_cuts_and_targets_as_they_are) {
    const Slip slip{
        {QrCode{.data = "a"}, Barcode{.data = "4601234567893"}, Image{.rows = {"#"}}, Cut{},
         Target{"x"}}};

    const auto rows = lay_out(slip, page(32));

    LONGS_EQUAL(5, rows.size());
    CHECK(rows[0] == Row(QrCode{.data = "a"}));
    CHECK(rows[1] == Row(Barcode{.data = "4601234567893"}));
    CHECK(rows[2] == Row(Image{.rows = {"#"}}));
    CHECK(rows[3] == Row(Cut{}));
    CHECK(rows[4] == Row(Target{"x"}));
}

TEST(SlipRows, complete_a_bar_code_and_write_out_a_wrong_one) {
    const auto rows =
        lay_out(Slip{{Barcode{.data = "460123456789"}, Barcode{.data = "12"}}}, page(32));

    CHECK(rows[0] == Row(Barcode{.data = "4601234567893"}));
    CHECK(rows[1] == Row(TextRow{"<12>"}));
}

TEST(SlipRows, lose_no_letter_of_a_text_at_any_width_and_size) {
    for (const int columns : kWidths) {
        for (const Size size : kSizes) {
            for (const Wrapping wrapping : kWrappings) {
                const Text text{.text = kLong, .size = size, .wrapping = wrapping};
                STRCMP_EQUAL(letters(kLong).c_str(), printed(Slip{{text}}, page(columns)).c_str());
            }
        }
    }
}

TEST(SlipRows, lose_no_letter_of_a_pair_at_any_width_and_size) {
    for (const int columns : kWidths) {
        for (const Size size : kSizes) {
            for (const Wrapping wrapping : kWrappings) {
                const Pair pair{.left = kLong, .right = kLong, .size = size, .wrapping = wrapping};
                STRCMP_EQUAL(
                    (letters(kLong) + letters(kLong)).c_str(),
                    printed(Slip{{pair}}, page(columns)).c_str());
            }
        }
    }
}

TEST(SlipRows, never_let_columns_grow_wider_than_the_page) {
    for (const int columns : kWidths) {
        for (const Size size : kSizes) {
            const Columns table{{{.text = kLong}, {.text = kLong, .width = 9}}, size};
            const std::string all = printed(Slip{{table}}, page(columns));
            LONGS_EQUAL(2 * letters(kLong).size(), all.size());
        }
    }
}

TEST_GROUP(Cells){};

TEST(Cells, count_marks_as_nothing_and_wide_characters_twice) {
    LONGS_EQUAL(3, cell_count("Чек"));
    LONGS_EQUAL(1, cell_count("и\u0306"));
    LONGS_EQUAL(4, cell_count("中文"));
    LONGS_EQUAL(1, cell_count("\xFF"));
}

TEST(Cells, measure_the_bytes_that_fit) {
    LONGS_EQUAL(4, bytes_in_cells("Чек", 2));
    LONGS_EQUAL(4, bytes_in_cells("и\u0306к", 1));
    LONGS_EQUAL(3, bytes_in_cells("中文", 3));
    LONGS_EQUAL(0, bytes_in_cells("中文", 1));
}
