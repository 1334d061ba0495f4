// SPDX-License-Identifier: Apache-2.0
#include "reports/template.h"

#include <map>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::reports;
namespace slip = linuxcash::core::slip;

namespace {

using Files = std::map<std::string, std::string>;

std::string report(const std::string& inner) {
    return "<report>\n" + inner + "\n</report>";
}

Result<Template> read(const std::string& inner, const Files& files = {}) {
    return Template::read({"a.xml", report(inner)}, [&](const std::string& name) -> Result<Source> {
        const auto found = files.find(name);
        if (found == files.end()) return Error{ErrorCode::NotFound, tr("нет файла %1", name)};
        return Source{name + ".xml", found->second};
    });
}

std::string fault(const std::string& inner, const Files& files = {}) {
    const Result<Template> made = read(inner, files);
    CHECK_FALSE_TEXT(made.ok(), inner.substr(0, 200).c_str());
    return made.error().text.russian();
}

Money byn(std::int64_t minor) {
    return Money(minor, Currency());
}

Record line(const char* name, std::int64_t minor, Decimal quantity) {
    Record record;
    record.set("name", name).set("total", byn(minor)).set("quantity", quantity);
    return record;
}

Record data() {
    Record shift;
    shift.set("number", Value::of(3));
    Record record;
    record.set("title", "О!плати").set("empty", "").set("zero", Value::of(0));
    record.set("sum", byn(123450)).set("debt", byn(-5)).set("weight", Decimal(732, 3));
    record.set("at", Time{2026, 11, 2, 9, 5, 7}).set("shift", shift).set("none", Values{});
    record.set(
        "lines", Values{line("Молоко", 3500, Decimal(2, 0)), line("Сыр", 732, Decimal(732, 3))});
    return record;
}

Shape shape() {
    return {
        "",
        Kind::Record,
        {{"title"},
         {"empty"},
         {"zero", Kind::Number},
         {"sum", Kind::Money},
         {"debt", Kind::Money},
         {"weight", Kind::Number},
         {"at", Kind::Time},
         {"shift", Kind::Record, {{"number", Kind::Number}}},
         {"none", Kind::List, {{"name"}}},
         {"lines", Kind::List, {{"name"}, {"total", Kind::Money}, {"quantity", Kind::Number}}}}};
}

slip::Slip filled(const std::string& inner, const Files& files = {}) {
    const Result<Template> made = read(inner, files);
    CHECK_TEXT(made.ok(), made ? "" : made.error().text.russian().c_str());
    const Result<slip::Slip> printed = made->fill(data());
    CHECK_TEXT(printed.ok(), printed ? "" : printed.error().text.russian().c_str());
    return *printed;
}

// Each element a line, as 32 columns of paper show it.
std::string paper(const std::string& inner, const Files& files = {}) {
    std::string all;
    for (const std::string& row : slip::plain_text(filled(inner, files), 32))
        all += row + "\n";
    return all;
}

std::string text(const std::string& phrase) {
    const slip::Slip printed = filled("<text>" + phrase + "</text>");
    return std::get<slip::Text>(printed.elements.at(0)).text;
}

std::string checked(const std::string& inner, const Files& files = {}) {
    const Result<Template> made = read(inner, files);
    CHECK_TEXT(made.ok(), made ? "" : made.error().text.russian().c_str());
    std::string all;
    for (const Text& each : made->check(shape()))
        all += each.russian() + "\n";
    return all;
}

}  // namespace

TEST_GROUP(Template){void check_equal(const std::string& wanted, const std::string& got){
    STRCMP_EQUAL(wanted.c_str(), got.c_str());
}
}
;

// ---- Elements ----

TEST(Template, makes_a_text_with_all_its_attributes) {
    const slip::Slip made = filled(
        "<text size='large' alignment='center' wrapping='wordwrap' "
        "bold='true'>А</text><text>Б</text>");
    CHECK(
        std::get<slip::Text>(made.elements[0])
        == (slip::Text{
            "А", slip::Size::Large, slip::Alignment::Center, slip::Wrapping::Wordwrap, true}));
    CHECK(std::get<slip::Text>(made.elements[1]) == slip::Text{"Б"});
}

TEST(Template, makes_a_pair_with_all_its_attributes) {
    const slip::Slip made = filled(
        "<pair left='А' right='{sum}' separator='.' size='medium' alignment='right' "
        "wrapping='wordwrap'/>");
    CHECK(
        std::get<slip::Pair>(made.elements[0])
        == (slip::Pair{
            "А", "1234.50", ".", slip::Size::Medium, slip::Alignment::Right,
            slip::Wrapping::Wordwrap}));
}

TEST(Template, makes_columns) {
    const slip::Slip made = filled(
        "<columns size='small' bold='true'><column width='5' alignment='right' "
        "wrapping='wordwrap'>{title}</column>\n<column>Б</column></columns>");
    const auto& columns = std::get<slip::Columns>(made.elements[0]);
    CHECK(columns.size == slip::Size::Small && columns.bold);
    CHECK(
        columns.columns[0]
        == (slip::Column{"О!плати", 5, slip::Alignment::Right, slip::Wrapping::Wordwrap}));
    CHECK(columns.columns[1] == slip::Column{"Б"});
}

TEST(Template, makes_lines_breaks_cuts_and_targets) {
    const slip::Slip made =
        filled("<line/><line symbol='═' size='small'/><br/><cut/><target name='kitchen'/>");
    CHECK(std::get<slip::Line>(made.elements[0]) == slip::Line{});
    CHECK(std::get<slip::Line>(made.elements[1]) == (slip::Line{"═", slip::Size::Small}));
    CHECK(std::holds_alternative<slip::Br>(made.elements[2]));
    CHECK(std::holds_alternative<slip::Cut>(made.elements[3]));
    CHECK(std::get<slip::Target>(made.elements[4]).name == "kitchen");
}

TEST(Template, makes_codes_and_none_of_no_data) {
    const slip::Slip made = filled(
        "<qrcode data='https://x/{shift.number}' size='large' correction='ultra'/>"
        "<barcode data='460123456789' size='tiny' printText='below'/>"
        "<qrcode data='{empty}'/><barcode data='{empty}'/>");
    LONGS_EQUAL(2, made.elements.size());
    CHECK(
        std::get<slip::QrCode>(made.elements[0])
        == (slip::QrCode{"https://x/3", slip::CodeSize::Large, slip::QrCorrection::Ultra}));
    CHECK(
        std::get<slip::Barcode>(made.elements[1])
        == (slip::Barcode{"460123456789", slip::CodeSize::Tiny, slip::PrintText::Below}));
}

TEST(Template, makes_an_image_of_its_rows) {
    const slip::Slip made = filled("<image text='Логотип'>\n  ##.\n  .##\n</image>");
    CHECK(std::get<slip::Image>(made.elements[0]) == (slip::Image{{"##.", ".##"}, "Логотип"}));
}

TEST(Template, takes_a_line_break_in_a_text_as_one_blank) {
    check_equal("один два три", text("\n  один\n   два \r\n три\n "));
    check_equal("  отступ", text("  отступ"));
}

// ---- Fields and formats ----

TEST(Template, writes_values_as_they_are) {
    check_equal(
        "О!плати 1234.50 0.732 02.11.2026 09:05:07 3",
        text("{title} {sum} {weight} {at} {shift.number}"));
}

TEST(Template, writes_what_the_data_has_not_as_nothing) {
    check_equal("[]", text("[{unknown}{title.deeper}{shift.nothing:money}]"));
}

TEST(Template, writes_braces_that_stand_twice) {
    check_equal("{title}", text("{{title}}"));
}

TEST(Template, formats_money) {
    check_equal("1234.50 BYN", text("{sum:money code}"));
    check_equal("1 234,50", text("{sum:money comma grouped}"));
    check_equal("-0.05", text("{debt:money grouped}"));
    check_equal("0.73", text("{weight:money}"));
}

TEST(Template, formats_numbers) {
    check_equal(
        "0.73 0,732 0.7320", text("{weight:number 2} {weight:number comma} {weight:number 4}"));
}

TEST(Template, formats_time) {
    check_equal("2.11: 02/11/26 09-05-07 2026", text("2.11: {at:date dd/MM/yy HH-mm-ss yyyy}"));
}

TEST(Template, adds_up_and_counts_lists) {
    check_equal(
        "42.32 2.732 2 0 0.00",
        text("{sum(lines.total)} {sum( lines.quantity )} {count(lines)} {count(none)} "
             "{sum(none.name):money}"));
}

TEST(Template, says_what_is_wrong_with_a_field) {
    check_equal(
        "a.xml:2: скобка { не закрыта: сама скобка пишется как {{", fault("<text>{a</text>"));
    check_equal(
        "a.xml:2: скобка } ничего не закрывает: сама скобка пишется как }}",
        fault("<text>a}</text>"));
    check_equal(
        "a.xml:2: имя поля «Имя» написано неверно: в нем строчные латинские буквы, цифры, _ и "
        "точки; сама фигурная скобка пишется дважды: {{ и }}",
        fault("<text>{Имя}</text>"));
    check_equal(
        "a.xml:2: неизвестный формат «mony»: возможно, money", fault("<text>{sum:mony}</text>"));
    check_equal(
        "a.xml:2: неизвестный формат «»: известны money, number, date",
        fault("<text>{sum:}</text>"));
    check_equal(
        "a.xml:2: формат «money» не знает слова «x»: см. reports/README.md",
        fault("<text>{sum:money x}</text>"));
    check_equal(
        "a.xml:2: в образце даты есть «mmm»: известны dd, MM, yyyy, yy, HH, mm, ss",
        fault("<text>{at:date mmm}</text>"));
    check_equal(
        "a.xml:2: у формата «date» нет образца: нужно, например, date dd.MM.yyyy HH:mm",
        fault("<text>{at:date}</text>"));
    check_equal(
        "a.xml:2: sum складывает поле списка: нужно, например, {sum(lines.total)}",
        fault("<text>{sum(lines)}</text>"));
}

// ---- Conditions and loops ----

TEST(Template, prints_by_conditions) {
    check_equal("да\n", paper("<if field='title'><text>да</text></if>"));
    check_equal("", paper("<if field='empty'><text>да</text></if>"));
    check_equal("", paper("<if field='zero'><text>да</text></if>"));
    check_equal("", paper("<if field='none'><text>да</text></if>"));
    check_equal("нет\n", paper("<if missing='empty'><text>нет</text></if>"));
    check_equal("нет\n", paper("<if missing='unknown'><text>нет</text></if>"));
    check_equal("b\n", paper("<if field='empty'><text>a</text><else><text>b</text></else></if>"));
}

TEST(Template, compares_texts_and_numbers_by_value) {
    check_equal("1\n", paper("<if field='title' equal='О!плати'><text>1</text></if>"));
    check_equal("", paper("<if field='title' not='О!плати'><text>1</text></if>"));
    check_equal("1\n", paper("<if field='sum' equal='1234.5'><text>1</text></if>"));
    check_equal("1\n", paper("<if field='zero' equal='0.00'><text>1</text></if>"));
    check_equal("1\n", paper("<if field='weight' not='0.7321'><text>1</text></if>"));
    check_equal("1\n", paper("<if field='unknown' equal=''><text>1</text></if>"));
}

TEST(Template, goes_through_lists_within_lists) {
    check_equal(
        "Молоко 35.00 О!плати\n - Молоко\n - Сыр\nСыр 7.32 О!плати\n - Молоко\n - Сыр\n",
        paper("<for each='line' in='lines'><text>{line.name} {line.total} {title}</text>"
              "<for each='other' in='lines'><text> - {other.name}</text></for></for>"));
}

TEST(Template, tells_misused_conditions_and_loops) {
    const std::string one =
        "a.xml:2: у <if> должно быть одно условие: field=\"поле\", field и equal, field и not или "
        "missing=\"поле\"";
    check_equal(one, fault("<if field='a' equal='1' not='2'/>"));
    check_equal(one, fault("<if field='a' missing='b'/>"));
    check_equal("a.xml:2: у элемента <if> нет атрибута «field»: добавьте его", fault("<if/>"));
    check_equal(
        "a.xml:2: <else> должен быть последним внутри <if>",
        fault("<if field='a'><else/><br/></if>"));
    check_equal(
        "a.xml:2: имя «Line» в each написано неверно: нужно, например, line",
        fault("<for each='Line' in='lines'/>"));
    check_equal(
        "a.xml:2: у элемента <for> нет атрибута «in»: добавьте его", fault("<for each='a'/>"));
}

// ---- Mistakes ----

TEST(Template, names_unknown_elements_attributes_and_values_with_what_was_meant) {
    check_equal("a.xml:3: неизвестный элемент <txt>: возможно, text", fault("\n<txt>А</txt>"));
    check_equal(
        "a.xml:2: неизвестный элемент <script>: известны text, pair, columns, line, br, barcode, "
        "qrcode, image, cut, target, if, for, include",
        fault("<script/>"));
    check_equal(
        "a.xml:2: у элемента <text> нет атрибута «algnment»: возможно, alignment",
        fault("<text algnment='left'/>"));
    check_equal(
        "a.xml:2: у элемента <cut> нет атрибута «x»: здесь не может быть никаких",
        fault("<cut x='1'/>"));
    check_equal(
        "a.xml:2: неизвестное значение size=\"big\": известны default, small, medium, large",
        fault("<text size='big'/>"));
    check_equal(
        "a.xml:2: неизвестное значение alignment=\"centre\": возможно, center",
        fault("<text alignment='centre'/>"));
    check_equal(
        "a.xml:2: в атрибуте separator должен быть один символ",
        fault("<pair left='' right='' separator='--'/>"));
    check_equal(
        "a.xml:2: ширина «1001» не целое число от 0 до 1000",
        fault("<columns><column width='1001'/></columns>"));
    check_equal(
        "a.xml:2: у элемента <pair> нет атрибута «right»: добавьте его", fault("<pair left=''/>"));
}

TEST(Template, names_content_in_a_wrong_place) {
    check_equal(
        "a.xml:1: внутри <report> есть текст вне элементов: заключите его в <text>…</text>",
        fault("слова"));
    check_equal(
        "a.xml:2: внутри <text> может быть только текст: вынесите <br> из него",
        fault("<text>а<br/></text>"));
    check_equal("a.xml:2: внутри <cut> ничего не может быть", fault("<cut>а</cut>"));
    check_equal(
        "a.xml:2: внутри <columns> может быть только <column>, а не <text>\n"
        "a.xml:2: внутри <columns> нет ни одного <column>",
        fault("<columns><text>а</text></columns>"));
    check_equal(
        "a.xml:2: картинка рисуется строками из # и . внутри <image>",
        fault("<image>\n#@\n</image>"));
    check_equal("a.xml:2: картинка рисуется строками из # и . внутри <image>", fault("<image/>"));
}

TEST(Template, names_all_mistakes_up_to_twenty) {
    std::string many;
    for (int at = 0; at < 30; ++at)
        many += "<x/>\n";
    const std::string told = fault(many);
    LONGS_EQUAL(19, std::count(told.begin(), told.end(), '\n'));
    STRCMP_CONTAINS("a.xml:21: ", told.c_str());
}

TEST(Template, must_be_a_report) {
    const auto made = Template::read(
        {"b.xml", "<html/>"}, [](const std::string&) -> Result<Source> { return Source{}; });
    check_equal(
        "b.xml:1: корневой элемент <html>, а должен быть <report>", made.error().text.russian());
}

// ---- Includes ----

TEST(Template, includes_others_which_see_the_same_fields) {
    const Files files{{"head", report("<text>{title}</text>")}};
    check_equal("О!плати\nконец\n", paper("<include name='head'/><text>конец</text>", files));
}

TEST(Template, includes_from_its_folder_only) {
    for (const char* name : {"../head", "/etc/passwd", "head.xml", "HEAD", "", "a/b", "a b"}) {
        const std::string told = fault("<include name='" + std::string(name) + "'/>");
        STRCMP_CONTAINS("a.xml:2: имя шаблона «", told.c_str());
    }
    check_equal("a.xml:2: нет файла other", fault("<include name='other'/>"));
}

TEST(Template, does_not_include_itself_by_any_way) {
    const Files files{{"a", report("<include name='b'/>")}, {"b", report("\n<include name='a'/>")}};
    check_equal(
        "b.xml:3: шаблон a включает сам себя: уберите include",
        fault("<include name='a'/>", files));
}

TEST(Template, names_the_included_file_in_which_a_mistake_is) {
    const Files files{{"head", report("<oops/>")}};
    STRCMP_CONTAINS(
        "head.xml:2: неизвестный элемент <oops>", fault("<include name='head'/>", files).c_str());
    check_equal(
        "head.xml:2: нет поля «titel» (titel): возможно, title\n",
        checked("<include name='head'/>", {{"head", report("<text>{titel}</text>")}}));
}

TEST(Template, does_not_include_without_end) {
    Files files;
    std::string many;
    for (char name = 'a'; name < 'h'; ++name) {
        many.clear();
        for (int times = 0; times < 100; ++times)
            many += "<include name='" + std::string(1, static_cast<char>(name + 1)) + "'/>";
        files[std::string(1, name)] = report(many);
    }
    files["h"] = report("");
    const auto made = read("<include name='a'/>", files);
    CHECK(made.error().code == ErrorCode::TooLarge);
    files.clear();
    for (char name = 'a'; name < 'k'; ++name)
        files[std::string(1, name)] =
            report("<include name='" + std::string(1, static_cast<char>(name + 1)) + "'/>");
    STRCMP_CONTAINS(
        "шаблоны включают друг друга глубже 8 уровней",
        fault("<include name='a'/>", files).c_str());
}

// ---- Limits of filling ----

TEST(Template, stops_at_loops_that_would_not_end) {
    std::string nested = "<br/>";
    for (const char* name : {"a", "b", "c"})
        nested = "<for each='" + std::string(name) + "' in='many'>" + nested + "</for>";
    const auto made = read(nested);
    Record record;
    record.set("many", Values(1000, Value("x")));
    const auto printed = made->fill(record);
    CHECK(printed.error().code == ErrorCode::TooLarge);
    STRCMP_CONTAINS("a.xml:2: ", printed.error().text.russian().c_str());
}

TEST(Template, stops_at_a_document_that_is_too_long) {
    const auto made = read("<for each='a' in='many'><text>{big}</text></for>");
    Record record;
    record.set("many", Values(1000, Value("x"))).set("big", std::string(10'000, 'x'));
    const auto printed = made->fill(record);
    check_equal("a.xml:2: документ слишком длинный", printed.error().text.russian());
}

TEST(Template, refuses_data_that_it_cannot_use) {
    Record record;
    record.set("sum", "слова").set("list", Values{byn(1), Value("x")});
    check_equal(
        "a.xml:2: поле «sum» не пишется в формате money",
        read("<text>{sum:money}</text>")->fill(record).error().text.russian());
    check_equal(
        "a.xml:2: for идет по списку, а «sum» не список",
        read("<for each='a' in='sum'/>")->fill(record).error().text.russian());
    Record usd;
    usd.set("total", Money(1, *Currency::parse("USD")));
    Record both;
    both.set("lines", Values{line("a", 1, Decimal()), usd});
    check_equal(
        "a.xml:2: «lines.total» не сложить: разные валюты, не числа или слишком много",
        read("<text>{sum(lines.total)}</text>")->fill(both).error().text.russian());
}

TEST(Template, does_not_overflow_a_total) {
    Record record;
    record.set(
        "lines", Values{line("a", INT64_MAX, Decimal(INT64_MAX, 0)), line("b", 1, Decimal(1, 3))});
    CHECK_FALSE(read("<text>{sum(lines.total)}</text>")->fill(record).ok());
    CHECK_FALSE(read("<text>{sum(lines.quantity)}</text>")->fill(record).ok());
}

// ---- Checking against the data that will come ----

TEST(Template, is_checked_against_the_fields_there_are) {
    check_equal(
        "", checked("<text>{title} {sum:money} {shift.number:number 0} {sum(lines.total):money} "
                    "{count(lines)}</text><for each='l' in='lines'><if field='l.total' not='0'>"
                    "<text>{l.name}</text></if></for>"));
    check_equal(
        "a.xml:2: нет поля «numbr» (shift.numbr): возможно, number\n",
        checked("<text>{shift.numbr}</text>"));
    check_equal(
        "a.xml:2: нет поля «xyz» (l.xyz): есть name, total, quantity\n",
        checked("<for each='l' in='lines'><pair left='{l.xyz}' right=''/></for>"));
    check_equal(
        "a.xml:2: у поля «title» нет своих полей (title.x)\n", checked("<text>{title.x}</text>"));
    check_equal(
        "a.xml:2: «lines» — список: его поля доступны внутри <for each=\"…\" in=\"lines\">\n",
        checked("<text>{lines.name}</text>"));
    check_equal(
        "a.xml:2: «lines» не напечатать само по себе: назовите одно из его полей\n",
        checked("<text>{lines}</text>"));
    check_equal(
        "a.xml:2: поле «title» не пишется в формате money: уберите формат или возьмите другое "
        "поле\n",
        checked("<qrcode data='{title:money}'/>"));
    check_equal(
        "a.xml:2: поле «sum» не пишется в формате date: уберите формат или возьмите другое поле\n",
        checked("<barcode data='{sum:date yyyy}'/>"));
}

TEST(Template, is_checked_for_conditions_and_loops_that_never_fit) {
    check_equal(
        "a.xml:2: «sum» — число, а сравнивается с «много»\n",
        checked("<if field='sum' equal='много'/>"));
    check_equal(
        "a.xml:2: «at» не сравнить: сравниваются тексты и числа\n",
        checked("<if field='at' not='1'/>"));
    check_equal(
        "a.xml:2: for идет по списку, а «sum» не список\n", checked("<for each='a' in='sum'/>"));
    check_equal(
        "a.xml:2: имя «title» уже занято: возьмите в each другое\n",
        checked("<for each='title' in='lines'/>"));
    check_equal(
        "a.xml:2: sum складывает числа, а «lines.name» не число\n",
        checked("<columns><column>{sum(lines.name)}</column></columns>"));
    check_equal(
        "a.xml:2: count считает список, а «sum» не список\n", checked("<text>{count(sum)}</text>"));
    check_equal(
        "a.xml:2: нет поля «oops» (oops): есть title, empty, zero, sum, debt, weight, at, shift, "
        "none, lines\n",
        checked("<if field='empty'><else><text>{oops} {oops}</text></else></if>"));
}
