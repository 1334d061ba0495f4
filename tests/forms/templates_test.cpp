// SPDX-License-Identifier: Apache-2.0
// The templates that are shipped: each goes with its form, prints at every width, and no change of
// a letter makes more of it than an error.
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/printable.h"
#include "forms/forms.h"
#include "forms/sample.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::forms;
using reports::Record;
using reports::Shape;
using reports::Template;

namespace {

Template shipped(const std::string& form) {
    auto made = library({}).shipped(form, *shape_of(form));
    CHECK_TEXT(made.ok(), made ? "" : made.error().text.russian().c_str());
    return std::move(*made);
}

core::slip::Slip printed(const std::string& form, const Record& data) {
    auto slip = shipped(form).fill(data);
    CHECK_TEXT(slip.ok(), slip ? "" : slip.error().text.russian().c_str());
    return std::move(*slip);
}

// Rules and blanks are as wide as the paper.
std::string without_blanks(const std::string& text) {
    std::string dense;
    for (const char letter : text) {
        if (letter != ' ' && letter != '-') dense += letter;
    }
    return dense;
}

std::string joined(const core::slip::Slip& slip, int columns) {
    std::string all;
    for (const std::string& line : core::slip::plain_text(slip, columns))
        all += without_blanks(line);
    return all;
}

// The same numbers for ever: a failure can be repeated.
class Dice {
public:
    explicit Dice(std::size_t seed) : state_(seed) {}

    std::size_t below(std::size_t limit) {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return state_ % limit;
    }

private:
    std::size_t state_;
};

// Cuts, doubles, swaps and overwrites pieces of a template.
std::string mutated(std::string text, Dice& dice) {
    static constexpr const char* kPieces[] = {
        "<",     ">",      "\"",     "'",          "{",      "}",        "/>",
        "&",     "</",     "<!--",   "<![CDATA[",  "\xFF",   "=",        "{sum(",
        "<for ", "<else>", "<if ",   "<include ",  ":money", ":date dd", "{{",
        "size=", "&#1;",   "&#x41;", "<!DOCTYPE ", "\n",     "<report>", "{a.b.c.d.e.f.g.h.i}"};
    const std::size_t times = 1 + dice.below(4);
    for (std::size_t time = 0; time < times && !text.empty(); ++time) {
        const std::size_t at = dice.below(text.size());
        const std::size_t size = dice.below(30);
        switch (dice.below(4)) {
            case 0:
                text.erase(at, size);
                break;
            case 1:
                text.insert(at, text.substr(dice.below(text.size()), size));
                break;
            case 2:
                text.insert(at, kPieces[dice.below(std::size(kPieces))]);
                break;
            default:
                text[at] = static_cast<char>(dice.below(256));
                break;
        }
    }
    return text;
}

Result<reports::Source> included(const std::string& name) {
    const auto found = pristine(name);
    if (!found) return Error{ErrorCode::NotFound, tr("нет %1", name)};
    return reports::Source{name + ".xml", std::string(*found)};
}

// Reads, checks and fills a template that may be anything; 1 when it could be read.
int use(const std::string& text, const Shape& shape) {
    const auto made = Template::read({"x.xml", text}, included);
    if (!made) {
        STRCMP_CONTAINS(".xml", made.error().text.russian().c_str());
        return 0;
    }
    for (const Text& fault : made->check(shape))
        STRCMP_CONTAINS(".xml:", fault.russian().c_str());
    const auto slip = made->fill(full_data(shape));
    if (slip) CHECK(core::slip::plain_text(*slip, 32).size() < 100'000);
    return 1;
}

}  // namespace

TEST_GROUP(ShippedTemplates){};

TEST(ShippedTemplates, go_with_their_forms) {
    for (const std::string& form : form_names())
        shipped(form);
}

TEST(ShippedTemplates, are_in_the_program_as_they_lie_in_the_tree) {
    std::size_t files = 0;
    for (const auto& file : std::filesystem::directory_iterator(REPORTS))
        files += file.path().extension() == ".xml" ? 1U : 0U;
    LONGS_EQUAL(files, pristine_names().size());
    for (const std::string_view name : pristine_names()) {
        std::ifstream file(std::string(REPORTS) + "/" + std::string(name) + ".xml");
        const std::string text(std::istreambuf_iterator<char>(file), {});
        CHECK_TEXT(text == *pristine(name), std::string(name).c_str());
    }
    CHECK_FALSE(pristine("none").has_value());
    CHECK_FALSE(shape_of("receipt_head").has_value());
}

TEST(ShippedTemplates, print_everything_at_every_width) {
    for (const std::string& form : form_names()) {
        const core::slip::Slip slip = printed(form, full_data(*shape_of(form)));
        const std::string whole = joined(slip, 1000);
        for (const int columns : {30, 32, 42, 48}) {
            for (const std::string& line : core::slip::plain_text(slip, columns))
                CHECK_TEXT(
                    character_count(line) <= static_cast<std::size_t>(columns), line.c_str());
            STRCMP_EQUAL(whole.c_str(), joined(slip, columns).c_str());
        }
        CHECK_FALSE(whole.empty());
        CHECK(std::holds_alternative<core::slip::Cut>(slip.elements.back()));
    }
}

TEST(ShippedTemplates, print_without_any_data) {
    for (const std::string& form : form_names()) {
        const core::slip::Slip slip = printed(form, Record());
        for (const int columns : {30, 32, 42, 48})
            CHECK_FALSE(core::slip::plain_text(slip, columns).empty());
    }
}

TEST(ShippedTemplates, use_every_field_that_says_what_to_do) {
    const core::slip::Slip oplat = printed("oplat", full_data(*shape_of("oplat")));
    STRCMP_CONTAINS("НЕВЫПОЛНЕНА", joined(oplat, 48).c_str());
    const core::slip::Slip unknown = printed("unknown", full_data(*shape_of("unknown")));
    STRCMP_CONTAINS("Слово«operation»", joined(unknown, 48).c_str());
}

TEST(ShippedTemplates, promise_the_money_of_an_unknown_payment_once) {
    Record data;
    data.set("owed", "yes");
    STRCMP_CONTAINS("деньгисписаны,онивернутся", joined(printed("unknown", data), 48).c_str());
    data.set("text", "Если деньги списаны, они будут возвращены автоматически");
    const std::string paper = joined(printed("unknown", data), 48);
    LONGS_EQUAL(paper.find("деньгисписаны"), paper.rfind("деньгисписаны"));
    CHECK(paper.find("вернутся") == std::string::npos);
    STRCMP_CONTAINS("Отменапоставленавочередь", paper.c_str());
}

TEST(ShippedTemplates, say_once_that_a_comparison_can_be_repeated) {
    Record made;
    made.set("outcome", "refused");
    Record data;
    data.set("comparisons", reports::Values{made});
    STRCMP_CONTAINS("Повторитесверку", joined(printed("oplat", data), 48).c_str());
    made.set("text", "Сверка не проведена: нет связи. Её можно повторить");
    data.set("comparisons", reports::Values{made});
    const std::string paper = joined(printed("oplat", data), 48);
    STRCMP_CONTAINS("Еёможноповторить", paper.c_str());
    CHECK(paper.find("Повторитесверку") == std::string::npos);
}

TEST(ShippedTemplates, changed_at_random_are_errors_at_worst) {
    Dice dice(20'261'122);
    int used = 0;
    for (const std::string& form : form_names()) {
        for (int round = 0; round < 300; ++round)
            used += use(mutated(std::string(*pristine(form)), dice), *shape_of(form));
    }
    CHECK(used > 100);  // else the errors alone were tried
}
