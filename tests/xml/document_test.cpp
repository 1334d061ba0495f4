// SPDX-License-Identifier: Apache-2.0
#include "xml/document.h"

#include <sys/resource.h>

#include <chrono>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::xml;
using linuxcash::ErrorCode;
using linuxcash::Result;

namespace {

Element root_of(const std::string& text) {
    Result<Element> root = parse(text, "a.xml");
    CHECK_TEXT(root.ok(), root ? "" : root.error().text.russian().c_str());
    return std::move(*root);
}

std::string fault(const std::string& text, const Limits& limits = {}) {
    const Result<Element> root = parse(text, "a.xml", limits);
    CHECK_FALSE_TEXT(root.ok(), text.substr(0, 200).c_str());
    return root.error().text.russian();
}

const Element& element(const Node& node) {
    return std::get<Element>(node.what);
}

const std::string& text(const Node& node) {
    return std::get<Characters>(node.what).text;
}

std::string repeated(const std::string& what, int times) {
    std::string all;
    for (int time = 0; time < times; ++time)
        all += what;
    return all;
}

}  // namespace

TEST_GROUP(Xml){void check_fault(const std::string& document, const std::string& wanted){
    STRCMP_EQUAL(wanted.c_str(), fault(document).c_str());
}
}
;

TEST(Xml, is_read_into_elements_with_attributes_texts_and_lines) {
    const Element root = root_of(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- слова -->\n<a x=\"1\" y='2'>\n"
        "  до<b/>после\n  <c>внутри</c>\n</a>\n");
    STRCMP_EQUAL("a", root.name.c_str());
    LONGS_EQUAL(3, root.line);
    STRCMP_EQUAL("1", root.attribute("x")->c_str());
    STRCMP_EQUAL("2", root.attribute("y")->c_str());
    POINTERS_EQUAL(nullptr, root.attribute("z"));
    LONGS_EQUAL(4, root.children.size());
    STRCMP_EQUAL("\n  до", text(root.children[0]).c_str());
    LONGS_EQUAL(4, element(root.children[1]).line);
    STRCMP_EQUAL("после\n  ", text(root.children[2]).c_str());
    LONGS_EQUAL(5, element(root.children[3]).line);
    STRCMP_EQUAL("внутри", text(element(root.children[3]).children[0]).c_str());
}

TEST(Xml, resolves_the_five_entities_and_characters_by_number) {
    const Element root = root_of("<a x=\"&lt;&quot;\">&gt;&amp;&apos;&#65;&#x416;</a>");
    STRCMP_EQUAL("<\"", root.attribute("x")->c_str());
    STRCMP_EQUAL(">&'AЖ", text(root.children[0]).c_str());
}

TEST(Xml, takes_cdata_as_text_and_a_byte_order_mark_as_nothing) {
    STRCMP_EQUAL(
        "<b>&x;", text(root_of("\xEF\xBB\xBF<a><![CDATA[<b>&x;]]></a>").children[0]).c_str());
}

TEST(Xml, says_where_an_element_is_not_closed_or_closed_by_another_name) {
    check_fault("<a>\n<b>\n", "a.xml:3: элемент <b> из строки 2 не закрыт: добавьте </b>");
    check_fault(
        "<a>\n<b>\n</a>", "a.xml:3: элемент <b> из строки 2 закрыт как </a>: исправьте имя");
    check_fault("<a/></a>", "a.xml:1: </a> ничего не закрывает: удалите его");
}

TEST(Xml, says_what_is_wrong_with_a_tag_or_an_attribute) {
    check_fault("<a x=1/>", "a.xml:1: атрибут «x» написан неверно: нужно имя=\"значение\"");
    check_fault("<a\nx/>", "a.xml:2: атрибут «x» написан неверно: нужно имя=\"значение\"");
    check_fault("<a x='1' x='2'/>", "a.xml:1: атрибут «x» указан дважды");
    check_fault("<a x='1/>", "a.xml:1: значение атрибута «x» не закрыто кавычкой");
    check_fault("<a x='1'y='2'/>", "a.xml:1: тег <a> написан неверно: нужно <a имя=\"значение\">");
    check_fault("<a>1 < 2</a>", "a.xml:1: знак < пишется как &lt;, если это не начало элемента");
    check_fault(
        "<a x='<'/>",
        "a.xml:1: в значении атрибута «x» знак < пишется как &lt;, или не закрыта кавычка");
}

TEST(Xml, knows_no_other_entities) {
    for (const char* document :
         {"<a>&nbsp;</a>", "<a>A & B</a>", "<a x='&x;'/>", "<a>&#0;</a>", "<a>&#27;</a>",
          "<a>&#xD800;</a>", "<a>&#1114112;</a>", "<a>&#x;</a>", "<a>&#99999999999999999999;</a>",
          "<a>&</a>"}) {
        check_fault(
            document,
            "a.xml:1: знак & пишется как &amp;, и известны только &lt; &gt; &amp; &quot; &apos; и "
            "&#код;");
    }
}

TEST(Xml, refuses_a_dtd_entities_of_its_own_and_instructions) {
    check_fault(
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "a.xml:1: DTD и свои сущности (<!DOCTYPE, <!ENTITY) не допускаются: удалите их");
    check_fault(
        "<a>\n<!ENTITY x 'y'></a>",
        "a.xml:2: DTD и свои сущности (<!DOCTYPE, <!ENTITY) не допускаются: удалите их");
    check_fault("<a><?php 1 ?></a>", "a.xml:1: инструкции <?…?> не допускаются: удалите их");
}

TEST(Xml, refuses_other_encodings_and_what_is_no_text) {
    check_fault(
        "<?xml version='1.0' encoding='windows-1251'?><a/>",
        "a.xml:1: допустима только кодировка UTF-8: сохраните файл в ней");
    check_fault("<a>\n\xCF\xF0</a>", "a.xml:2: не UTF-8: сохраните файл в кодировке UTF-8");
    check_fault(
        std::string("<a>\n\0</a>", 9), "a.xml:2: недопустимый управляющий символ: удалите его");
    check_fault("", "a.xml:1: в файле нет ни одного элемента");
    check_fault("слова", "a.xml:1: текст вне корневого элемента");
    check_fault("<a/><b/>", "a.xml:1: второй корневой элемент <b>: корневой может быть один");
}

TEST(Xml, keeps_its_limits_to_the_last_one_that_fits) {
    const Limits limits{1000, 3, 4, 2};
    CHECK(parse("<a><b><c/></b></a>", "a.xml", limits).ok());
    STRCMP_EQUAL(
        "a.xml:1: элементы вложены глубже 3 уровней",
        fault("<a><b><c><d/></c></b></a>", limits).c_str());
    CHECK(parse("<a><b/><b/><b/></a>", "a.xml", limits).ok());
    STRCMP_EQUAL("a.xml:1: больше 4 элементов", fault("<a><b/><b/><b/><b/></a>", limits).c_str());
    CHECK(parse("<a x='' y=''/>", "a.xml", limits).ok());
    STRCMP_EQUAL(
        "a.xml:1: больше 2 атрибутов у одного элемента",
        fault("<a x='' y='' z=''/>", limits).c_str());
    CHECK(parse("<a/>" + std::string(996, ' '), "a.xml", limits).ok());
    STRCMP_EQUAL(
        "a.xml: файл больше 1000 байт: уменьшите его",
        fault("<a/>" + std::string(997, ' '), limits).c_str());
}

TEST(Xml, tells_limits_apart_from_mistakes) {
    CHECK(parse("<a><b></a>", "a.xml").error().code == ErrorCode::InvalidInput);
    CHECK(parse(std::string(300 * 1024, ' '), "a.xml").error().code == ErrorCode::TooLarge);
}

// A billion laughs, quadratic blow-up, ten thousand levels, a hundred megabytes.
TEST(Xml, refuses_bombs_at_once_and_in_little_memory) {
    std::string laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
    for (int level = 1; level < 10; ++level) {
        const std::string before = level == 1 ? "lol" : "lol" + std::to_string(level - 1);
        laughs += "<!ENTITY lol" + std::to_string(level) + " \"" + repeated("&" + before + ";", 10)
                  + "\">";
    }
    laughs += "]><lolz>&lol9;</lolz>";
    const std::string quadratic = "<!DOCTYPE a [<!ENTITY x \"" + repeated("x", 50'000) + "\">]><a>"
                                  + repeated("&x;", 50'000) + "</a>";
    const std::string deep = repeated("<a>", 10'000) + repeated("</a>", 10'000);
    const std::string large = "<a>" + std::string(100'000'000, 'x') + "</a>";
    const std::string wide = "<a " + repeated("x='' ", 40'000) + "/>";
    const auto began = std::chrono::steady_clock::now();
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    for (const std::string* bomb :
         std::initializer_list<const std::string*>{&laughs, &quadratic, &deep, &large, &wide})
        CHECK_FALSE(parse(*bomb, "a.xml").ok());
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    const auto took = std::chrono::steady_clock::now() - began;
    CHECK(took < std::chrono::milliseconds(500));  // all five
    CHECK(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}

TEST(Xml, cut_at_any_byte_is_an_error_and_nothing_worse) {
    const std::string whole =
        "<?xml version='1.0'?><a x='&amp;'><!-- c --><b>текст &lt;</b><![CDATA[d]]></a>";
    CHECK(parse(whole, "a.xml").ok());
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE_TEXT(parse(whole.substr(0, size), "a.xml").ok(), whole.substr(0, size).c_str());
}
