// SPDX-License-Identifier: Apache-2.0
#include "reports/library.h"

#include <fstream>
#include <map>
#include <string>

#include "fakes/temporary_folder.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::reports;

namespace {

const std::map<std::string, std::string, std::less<>> kPristine{
    {"x", "<report><text>поставка {title}</text><include name='foot'/></report>"},
    {"foot", "<report><text>низ</text></report>"},
    {"broken", "<report><oops/></report>"},
};

std::optional<std::string_view> pristine(std::string_view name) {
    const auto found = kPristine.find(name);
    if (found == kPristine.end()) return std::nullopt;
    return found->second;
}

const Shape kShape{"", Kind::Record, {{"title"}}};

}  // namespace

TEST_GROUP(Library) {
    fakes::TemporaryFolder folder;
    Library library{folder.path(), pristine};

    void put(const std::string& file, const std::string& text) {
        std::ofstream(folder.path() / file) << text;
    }

    std::string printed(const Template& made) {
        Record record;
        record.set("title", "X");
        std::string all;
        for (const std::string& row : core::slip::plain_text(*made.fill(record), 32))
            all += row + "\n";
        return all;
    }

    void check_prints(const std::string& wanted, const std::string& trouble) {
        const auto found = library.find("x", kShape);
        CHECK_TEXT(found.ok(), found ? "" : found.error().text.russian().c_str());
        STRCMP_EQUAL(wanted.c_str(), printed(found->is).c_str());
        const std::string told = found->trouble ? found->trouble->russian() : "";
        const std::size_t at = told.find(folder.path().native());
        const std::string brief =
            at == std::string::npos ? told : told.substr(at + folder.path().native().size());
        STRCMP_EQUAL(trouble.c_str(), brief.c_str());
    }
};

TEST(Library, gives_the_pristine_template_where_a_site_has_none) {
    check_prints("поставка X\nниз\n", "");
}

TEST(Library, prefers_a_sites_copy) {
    put("x.xml", "<report><text>своё {title}</text><include name='foot'/></report>");
    check_prints("своё X\nниз\n", "");
    put("foot.xml", "<report><text>свой низ</text></report>");
    check_prints("своё X\nсвой низ\n", "");
}

TEST(Library, stands_in_for_a_broken_copy_and_says_where_it_is_broken) {
    put("x.xml", "<report>\n<txt>своё</txt></report>");
    check_prints("поставка X\nниз\n", "/x.xml:2: неизвестный элемент <txt>: возможно, text");
}

TEST(Library, does_not_use_a_copy_with_fields_that_there_are_not) {
    put("x.xml", "<report>\n\n<text>{titel}</text></report>");
    check_prints("поставка X\nниз\n", "/x.xml:3: нет поля «titel» (titel): возможно, title");
}

TEST(Library, does_not_use_a_copy_that_includes_a_broken_one) {
    put("x.xml", "<report><include name='foot'/></report>");
    put("foot.xml", "<report>");
    check_prints(
        "поставка X\nниз\n",
        "/foot.xml:1: элемент <report> из строки 1 не закрыт: добавьте </report>");
}

TEST(Library, refuses_a_copy_that_is_too_large_or_no_file) {
    put("x.xml", "<report>" + std::string(kTemplateBytesMax, ' ') + "</report>");
    const auto large = library.find("x", kShape);
    CHECK(large->trouble.has_value());
    std::filesystem::remove(folder.path() / "x.xml");
    std::filesystem::create_directory(folder.path() / "x.xml");
    CHECK(library.find("x", kShape)->trouble.has_value());
}

TEST(Library, fails_only_when_nothing_can_stand_in) {
    CHECK(library.find("none", kShape).error().code == ErrorCode::NotFound);
    CHECK(library.find("broken", kShape).error().code == ErrorCode::InvalidInput);
    put("broken.xml", "<report/>");
    CHECK(library.find("broken", kShape).ok());
}

TEST(Library, checks_any_file_with_what_lies_beside_it) {
    put("mine.xml", "<report><include name='bottom'/><include name='foot'/></report>");
    put("bottom.xml", "<report><text>дно</text></report>");
    const auto made = library.check(folder.path() / "mine.xml", &kShape);
    STRCMP_EQUAL("дно\nниз\n", printed(*made).c_str());
    put("mine.xml", "<report><text>{x}</text></report>");
    CHECK(library.check(folder.path() / "mine.xml", nullptr).ok());
    CHECK_FALSE(library.check(folder.path() / "mine.xml", &kShape).ok());
    CHECK(library.check(folder.path() / "no.xml", &kShape).error().code == ErrorCode::NotFound);
}
