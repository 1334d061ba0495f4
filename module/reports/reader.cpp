// SPDX-License-Identifier: Apache-2.0
#include "reports/reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/integer.h"
#include "base/printable.h"
#include "config/near_match.h"
#include "core/slip_words.h"
#include "reports/phrase.h"
#include "xml/document.h"

namespace linuxcash::reports {

namespace {

namespace slip = core::slip;
using Words = std::vector<std::string>;

constexpr std::size_t kFaultsMax = 20;
constexpr std::int64_t kColumnWidthMax = 1000;
constexpr std::size_t kImageRowsMax = 2'000;

constexpr std::array kBooleans{
    std::pair{true, std::string_view("true")},
    std::pair{false, std::string_view("false")},
};

std::string listed(const Words& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

// "возможно, x" when one is near, else all of them.
Text instead(std::string_view word, const Words& known) {
    const std::string near = config::near_match(word, known);
    if (!near.empty()) return tr("возможно, %1", near);
    if (known.empty()) return tr("здесь не может быть никаких");
    return tr("известны %1", listed(known));
}

// A line break with the blanks around it is one blank, and nothing at both ends.
std::string joined_lines(std::string_view text) {
    std::string all;
    bool first = true;
    while (true) {
        const std::size_t end = text.find_first_of("\r\n");
        std::string_view line = text.substr(0, end);
        const bool last = end == std::string_view::npos;
        if (!first) line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (!last) line = line.substr(0, line.find_last_not_of(" \t") + 1);
        if (!all.empty() && !line.empty() && !first) all += ' ';
        all += line;
        if (last) return all;
        text.remove_prefix(end + 1);
        first = false;
    }
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

class Reader {
public:
    explicit Reader(const Include& include) : include_(include) {}

    Result<Block> run(const Source& source) {
        Block block = read_source(source);
        if (faults_.empty()) return block;
        Text all = faults_.front();
        for (std::size_t at = 1; at < faults_.size(); ++at)
            all = tr("%1\n%2", all, faults_[at]);
        return Error{code_, std::move(all)};
    }

private:
    // ---- Faults ----

    [[nodiscard]] Place place_of(const xml::Element& element) const {
        return Place{file_, element.line};
    }

    void wrong(const xml::Element& element, Text what) {
        keep(place_of(element).say(std::move(what)));
    }

    void keep(Text fault) {
        if (faults_.size() < kFaultsMax) faults_.push_back(std::move(fault));
    }

    // There is enough to say, or too much to read.
    [[nodiscard]] bool stopped() const { return full_ || faults_.size() >= kFaultsMax; }

    void count(const Place& place) {
        if (++nodes_ <= kTemplateNodesMax) return;
        too_large(
            place.say(tr("в шаблоне со всеми включенными больше %1 элементов", kTemplateNodesMax)));
    }

    void too_large(Text fault) {
        if (full_) return;
        full_ = true;
        code_ = ErrorCode::TooLarge;
        keep(std::move(fault));
    }

    // ---- Attributes ----

    // Every other attribute is a fault.
    void allow(const xml::Element& element, const Words& known) {
        for (const xml::Attribute& each : element.attributes) {
            if (std::find(known.begin(), known.end(), each.name) != known.end()) continue;
            wrong(
                element, tr("у элемента <%1> нет атрибута «%2»: %3", element.name,
                            printable(each.name), instead(each.name, known)));
        }
    }

    template <typename Enum, std::size_t Size>
    void take(
        const xml::Element& element, const char* name,
        const std::array<std::pair<Enum, std::string_view>, Size>& table, Enum& value) {
        const std::string* word = element.attribute(name);
        if (word == nullptr) return;
        if (const auto known = core::of_word(table, *word)) {
            value = *known;
            return;
        }
        Words words;
        for (const auto& row : table)
            words.emplace_back(row.second);
        wrong(
            element, tr("неизвестное значение %1=\"%2\": %3", name, printable(*word),
                        instead(*word, words)));
    }

    // One printable character.
    void take_symbol(const xml::Element& element, const char* name, std::string& value) {
        const std::string* symbol = element.attribute(name);
        if (symbol == nullptr) return;
        if (character_count(*symbol) != 1 || printable(*symbol) != *symbol) {
            return wrong(element, tr("в атрибуте %1 должен быть один символ", name));
        }
        value = *symbol;
    }

    void take_width(const xml::Element& element, int& value) {
        const std::string* word = element.attribute("width");
        if (word == nullptr) return;
        const auto width = parse_integer(*word);
        if (!width || *width < 0 || *width > kColumnWidthMax) {
            return wrong(
                element,
                tr("ширина «%1» не целое число от 0 до %2", printable(*word), kColumnWidthMax));
        }
        value = static_cast<int>(*width);
    }

    // The attribute that must be there; nullptr: it was said that it is not.
    const std::string* needed(const xml::Element& element, const char* name) {
        const std::string* value = element.attribute(name);
        if (value == nullptr) {
            wrong(
                element, tr("у элемента <%1> нет атрибута «%2»: добавьте его", element.name, name));
        }
        return value;
    }

    Phrase phrase(const xml::Element& element, std::string_view text) {
        Result<Phrase> read = read_phrase(text, place_of(element));
        if (read) return std::move(*read);
        wrong(element, read.error().text);
        return {};
    }

    Phrase phrase_of(const xml::Element& element, const char* attribute) {
        const std::string* text = needed(element, attribute);
        return text == nullptr ? Phrase{} : phrase(element, *text);
    }

    Path path_of(const xml::Element& element, const char* attribute) {
        const std::string* text = needed(element, attribute);
        if (text == nullptr) return {};
        Result<Path> path = read_path(*text);
        if (path) return std::move(*path);
        wrong(element, path.error().text);
        return {};
    }

    // ---- Content ----

    std::string text_of(const xml::Element& element) {
        std::string text;
        for (const xml::Node& node : element.children) {
            if (const auto* inner = std::get_if<xml::Element>(&node.what)) {
                wrong(
                    *inner, tr("внутри <%1> может быть только текст: вынесите <%2> из него",
                               element.name, printable(inner->name)));
            } else {
                text += std::get<xml::Characters>(node.what).text;
            }
        }
        return text;
    }

    void must_be_empty(const xml::Element& element) {
        if (element.children.empty()) return;
        wrong(element, tr("внутри <%1> ничего не может быть", element.name));
    }

    // The elements within; text between them is a fault.
    std::vector<const xml::Element*> elements_of(const xml::Element& element) {
        std::vector<const xml::Element*> inner;
        for (const xml::Node& node : element.children) {
            if (const auto* child = std::get_if<xml::Element>(&node.what)) {
                inner.push_back(child);
            } else if (!is_blank(std::get<xml::Characters>(node.what).text)) {
                wrong(
                    element,
                    tr("внутри <%1> есть текст вне элементов: заключите его в <text>…</text>",
                       element.name));
            }
        }
        return inner;
    }

    // ---- Elements of a slip ----

    void add_text(const xml::Element& element, Block& block) {
        allow(element, {"size", "alignment", "wrapping", "bold"});
        TextNode node;
        take(element, "size", slip::kSizeWords, node.like.size);
        take(element, "alignment", slip::kAlignmentWords, node.like.alignment);
        take(element, "wrapping", slip::kWrappingWords, node.like.wrapping);
        take(element, "bold", kBooleans, node.like.bold);
        node.text = phrase(element, joined_lines(text_of(element)));
        add(element, std::move(node), block);
    }

    void add_pair(const xml::Element& element, Block& block) {
        allow(element, {"left", "right", "separator", "size", "alignment", "wrapping"});
        must_be_empty(element);
        PairNode node;
        take_symbol(element, "separator", node.like.separator);
        take(element, "size", slip::kSizeWords, node.like.size);
        take(element, "alignment", slip::kAlignmentWords, node.like.alignment);
        take(element, "wrapping", slip::kWrappingWords, node.like.wrapping);
        node.left = phrase_of(element, "left");
        node.right = phrase_of(element, "right");
        add(element, std::move(node), block);
    }

    void add_columns(const xml::Element& element, Block& block) {
        allow(element, {"size", "bold"});
        ColumnsNode node;
        take(element, "size", slip::kSizeWords, node.like.size);
        take(element, "bold", kBooleans, node.like.bold);
        for (const xml::Element* inner : elements_of(element)) {
            if (inner->name != "column") {
                wrong(
                    *inner, tr("внутри <columns> может быть только <column>, а не <%1>",
                               printable(inner->name)));
                continue;
            }
            node.columns.push_back(column(*inner));
        }
        if (node.columns.empty()) wrong(element, tr("внутри <columns> нет ни одного <column>"));
        add(element, std::move(node), block);
    }

    ColumnNode column(const xml::Element& element) {
        allow(element, {"width", "alignment", "wrapping"});
        ColumnNode node;
        take_width(element, node.like.width);
        take(element, "alignment", slip::kAlignmentWords, node.like.alignment);
        take(element, "wrapping", slip::kWrappingWords, node.like.wrapping);
        node.text = phrase(element, joined_lines(text_of(element)));
        return node;
    }

    void add_line(const xml::Element& element, Block& block) {
        allow(element, {"symbol", "size"});
        must_be_empty(element);
        slip::Line line;
        take_symbol(element, "symbol", line.symbol);
        take(element, "size", slip::kSizeWords, line.size);
        add(element, FixedNode{std::move(line)}, block);
    }

    void add_br(const xml::Element& element, Block& block) {
        allow(element, {});
        must_be_empty(element);
        add(element, FixedNode{slip::Br{}}, block);
    }

    void add_cut(const xml::Element& element, Block& block) {
        allow(element, {});
        must_be_empty(element);
        add(element, FixedNode{slip::Cut{}}, block);
    }

    void add_target(const xml::Element& element, Block& block) {
        allow(element, {"name"});
        must_be_empty(element);
        slip::Target target;
        if (const std::string* name = element.attribute("name")) target.name = *name;
        add(element, FixedNode{std::move(target)}, block);
    }

    void add_qrcode(const xml::Element& element, Block& block) {
        allow(element, {"data", "size", "correction"});
        must_be_empty(element);
        QrNode node;
        take(element, "size", slip::kCodeSizeWords, node.like.size);
        take(element, "correction", slip::kCorrectionWords, node.like.correction);
        node.data = phrase_of(element, "data");
        add(element, std::move(node), block);
    }

    void add_barcode(const xml::Element& element, Block& block) {
        allow(element, {"data", "size", "printText"});
        must_be_empty(element);
        BarcodeNode node;
        take(element, "size", slip::kCodeSizeWords, node.like.size);
        take(element, "printText", slip::kPrintTextWords, node.like.print_text);
        node.data = phrase_of(element, "data");
        add(element, std::move(node), block);
    }

    void add_image(const xml::Element& element, Block& block) {
        allow(element, {"text"});
        slip::Image image;
        if (const std::string* text = element.attribute("text")) image.text = *text;
        const std::string drawn = text_of(element);
        for (std::string_view rest = drawn; !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view row = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (is_blank(row.substr(0, 1)) && !row.empty())
                row.remove_prefix(1);
            row = row.substr(0, row.find_last_not_of(" \t\r") + 1);
            if (!row.empty()) image.rows.emplace_back(row);
        }
        const auto is_drawn = [](const std::string& row) {
            return row.find_first_not_of("#.") == std::string::npos;
        };
        const bool fits = !image.rows.empty() && image.rows.size() <= kImageRowsMax;
        if (!fits || !std::all_of(image.rows.begin(), image.rows.end(), is_drawn)) {
            wrong(element, tr("картинка рисуется строками из # и . внутри <image>"));
        }
        add(element, FixedNode{std::move(image)}, block);
    }

    // ---- Conditions, loops, includes ----

    void add_if(const xml::Element& element, Block& block) {
        allow(element, {"field", "missing", "equal", "not"});
        IfNode node;
        node.condition = condition_of(element);
        const std::vector<const xml::Element*> inner = elements_of(element);
        for (const xml::Element* child : inner) {
            if (child->name != "else") {
                add(*child, node.then);
            } else if (child != inner.back()) {
                wrong(*child, tr("<else> должен быть последним внутри <if>"));
            } else {
                allow(*child, {});
                node.otherwise = children_of(*child);
            }
        }
        add(element, std::move(node), block);
    }

    Condition condition_of(const xml::Element& element) {
        Condition condition;
        const bool missing = element.attribute("missing") != nullptr;
        const std::string* equal = element.attribute("equal");
        const std::string* unlike = element.attribute("not");
        const bool compares = equal != nullptr || unlike != nullptr;
        const bool twice = equal != nullptr && unlike != nullptr;
        if (twice || (missing && (compares || element.attribute("field") != nullptr))) {
            wrong(
                element,
                tr("у <if> должно быть одно условие: field=\"поле\", field и equal, field и not "
                   "или missing=\"поле\""));
            return condition;
        }
        condition.field = path_of(element, missing ? "missing" : "field");
        if (missing) condition.test = Condition::Test::Missing;
        if (!compares) return condition;
        condition.test = equal != nullptr ? Condition::Test::Equal : Condition::Test::NotEqual;
        condition.value = equal != nullptr ? *equal : *unlike;
        return condition;
    }

    void add_for(const xml::Element& element, Block& block) {
        allow(element, {"each", "in"});
        ForNode node;
        node.in = path_of(element, "in");
        if (const std::string* each = needed(element, "each")) {
            node.each = *each;
            if (!is_name(*each)) {
                wrong(
                    element, tr("имя «%1» в each написано неверно: нужно, например, line",
                                printable(*each)));
            }
        }
        node.block = children_of(element);
        add(element, std::move(node), block);
    }

    void add_include(const xml::Element& element, Block& block) {
        allow(element, {"name"});
        must_be_empty(element);
        const std::string* name = needed(element, "name");
        if (name == nullptr) return;
        if (!is_name(*name)) {
            return wrong(
                element, tr("имя шаблона «%1» написано неверно: нужно имя файла той же папки без "
                            ".xml, строчными латинскими буквами",
                            printable(*name)));
        }
        if (std::find(names_.begin(), names_.end(), *name) != names_.end()) {
            return wrong(element, tr("шаблон %1 включает сам себя: уберите include", *name));
        }
        if (static_cast<int>(names_.size()) >= kIncludeDepthMax) {
            return too_large(place_of(element).say(
                tr("шаблоны включают друг друга глубже %1 уровней", kIncludeDepthMax)));
        }
        count(place_of(element));
        const Result<Source> source = include_(*name);
        if (!source) return wrong(element, source.error().text);
        names_.push_back(*name);
        const auto file = file_;
        Block inner = read_source(*source);
        file_ = file;
        names_.pop_back();
        std::move(inner.begin(), inner.end(), std::back_inserter(block));
    }

    // ---- All of it ----

    Block read_source(const Source& source) {
        file_ = std::make_shared<const std::string>(source.file);
        bytes_ += source.text.size();
        if (bytes_ > kTemplateBytesMax) {
            too_large(
                tr("%1: шаблон со всеми включенными больше %2 байт: уменьшите его",
                   printable(source.file), kTemplateBytesMax));
            return {};
        }
        const Result<xml::Element> root = xml::parse(source.text, source.file);
        if (!root) {
            if (root.error().code == ErrorCode::TooLarge) code_ = ErrorCode::TooLarge;
            keep(root.error().text);
            return {};
        }
        if (root->name != "report") {
            wrong(
                *root, tr("корневой элемент <%1>, а должен быть <report>", printable(root->name)));
            return {};
        }
        allow(*root, {});
        return children_of(*root);
    }

    Block children_of(const xml::Element& element) {
        Block block;
        for (const xml::Element* child : elements_of(element))
            add(*child, block);
        return block;
    }

    void add(const xml::Element& element, Block& block) {
        struct Row {
            std::string_view name;
            void (Reader::*read)(const xml::Element&, Block&);
        };
        static constexpr std::array<Row, 13> kRows{{
            {"text", &Reader::add_text},
            {"pair", &Reader::add_pair},
            {"columns", &Reader::add_columns},
            {"line", &Reader::add_line},
            {"br", &Reader::add_br},
            {"barcode", &Reader::add_barcode},
            {"qrcode", &Reader::add_qrcode},
            {"image", &Reader::add_image},
            {"cut", &Reader::add_cut},
            {"target", &Reader::add_target},
            {"if", &Reader::add_if},
            {"for", &Reader::add_for},
            {"include", &Reader::add_include},
        }};
        if (stopped()) return;
        const auto* row = std::find_if(
            kRows.begin(), kRows.end(), [&](const Row& each) { return each.name == element.name; });
        if (row != kRows.end()) return (this->*row->read)(element, block);
        Words known;
        for (const Row& each : kRows)
            known.emplace_back(each.name);
        wrong(
            element, tr("неизвестный элемент <%1>: %2", printable(element.name),
                        instead(element.name, known)));
    }

    template <typename What>
    void add(const xml::Element& element, What what, Block& block) {
        count(place_of(element));
        block.push_back(Node{place_of(element), std::move(what)});
    }

    const Include& include_;
    std::shared_ptr<const std::string> file_;
    std::vector<std::string> names_;  // of the templates that are being included
    int nodes_ = 0;
    std::size_t bytes_ = 0;
    bool full_ = false;
    std::vector<Text> faults_;
    ErrorCode code_ = ErrorCode::InvalidInput;
};

}  // namespace

Result<Block> read_block(const Source& source, const Include& include) {
    return Reader(include).run(source);
}

}  // namespace linuxcash::reports
