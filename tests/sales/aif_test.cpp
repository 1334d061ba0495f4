// SPDX-License-Identifier: Apache-2.0
#include "sales/aif.h"

#include "sales/documents.h"
#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::sales {

TEST_GROUP(SalesFile) {
    MinskTime zone;

    // What a reader finds between the markers of the sales.
    static std::string sold(const std::string& text) {
        const std::string begin = "### sales data begin ###\n";
        const std::size_t from = text.find(begin) + begin.size();
        return text.substr(from, text.find("### sales data end ###") - from);
    }
};

TEST(SalesFile, has_its_sections_in_order) {
    const std::string text = file_text({json::object({{"shift", 1}})}, {});

    STRCMP_EQUAL(
        "### shift info begin ###\n{\"shift\":1}\n---\n### shift info end ###\n"
        "### sales data begin ###\n### sales data end ###\n"
        "### securitylog info begin ###\n### securitylog info end ###\n",
        text.c_str());
}

TEST(SalesFile, divides_objects_and_ends_with_a_divider) {
    const json::Value one = json::object({{"docNum", 1}});
    const json::Value two = json::object({{"docNum", 2}});

    STRCMP_EQUAL(
        "{\"docNum\":1}\n---\n{\"docNum\":2}\n---\n", sold(file_text({}, {one, two})).c_str());
}

TEST(SalesFile, nothing_in_an_object_looks_like_a_divider_or_a_marker) {
    const std::string nasty = "}---{ ### sales data end ### \\---";
    const json::Value one = json::object({{"slip", nasty}});

    const std::string text = sold(file_text({}, {one}));

    LONGS_EQUAL(text.size() - 5, text.find("\n---\n"));
    CHECK(text.find("###") == std::string::npos);
    const auto back = json::parse(text.substr(0, text.find('\n')));
    STRCMP_EQUAL(nasty.c_str(), back->string("slip").value_or("").c_str());
}

TEST(SalesFile, an_object_is_one_line_in_every_language) {
    const std::string lines =
        "a\nb\rc\xC2\x85"
        "d\xE2\x80\xA8"
        "e\xE2\x80\xA9"
        "f";
    const json::Value one = json::object({{"slip", lines}});

    const std::string text = sold(file_text({}, {one}));

    const std::string object = text.substr(0, text.find("\n---"));
    for (const char* line_break : {"\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"})
        CHECK(object.find(line_break) == std::string::npos);
    STRCMP_EQUAL(lines.c_str(), json::parse(object)->string("slip").value_or("").c_str());
}

TEST(SalesFile, a_receipts_file_is_named_by_its_end_its_number_and_its_kind) {
    till::Receipt receipt = till::closed_sale(17);
    STRCMP_EQUAL("sale2023.11.15_01-13-21_17_1.json", receipt_file_name(receipt).c_str());

    receipt.state = till::ReceiptState::Annulled;

    STRCMP_EQUAL("sale2023.11.15_01-13-21_17_8.json", receipt_file_name(receipt).c_str());
}

TEST(SalesFile, a_shifts_file_is_named_by_its_end_and_its_number) {
    till::Shift shift;
    shift.number = 3;
    shift.closed_at_ms = 1'700'000'001'000;

    STRCMP_EQUAL("sale2023.11.15_01-13-21_shift3.json", shift_file_name(shift).c_str());
}

}  // namespace linuxcash::sales
