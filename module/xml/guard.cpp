// SPDX-License-Identifier: Apache-2.0
#include "xml/guard.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "base/utf8.h"

namespace linuxcash::xml {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kShownMax = 40;  // of a name that is repeated in a message

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

bool is_control(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && !is_blank(letter)) || byte == 0x7F;
}

bool ends_name(char letter) {
    return is_blank(letter) || std::string_view("/>=<\"'&").find(letter) != std::string_view::npos;
}

// Names begin with a letter, an underscore, or a letter beyond ASCII.
bool begins_name(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || byte == '_';
}

std::string shown(std::string_view name) {
    if (name.size() <= kShownMax) return printable(name);
    std::size_t end = kShownMax;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
        --end;
    return printable(name.substr(0, end)) + "…";
}

int digit_of(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return 99;
}

// "65" and "x41": a character that may stand in a text.
bool is_character(std::string_view digits) {
    constexpr std::size_t kDigitsMax = 7;
    const int base = !digits.empty() && digits.front() == 'x' ? 16 : 10;
    if (base == 16) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > kDigitsMax) return false;
    std::int64_t code = 0;
    for (const char letter : digits) {
        if (digit_of(letter) >= base) return false;
        code = code * base + digit_of(letter);
    }
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool is_c1 = code >= 0x7F && code < 0xA0;
    return !is_surrogate && !is_c1 && code <= 0x10FFFF && (code & 0xFFFE) != 0xFFFE;
}

class Guard {
public:
    Guard(std::string_view text, std::string_view file, const Limits& limits)
        : text_(text), file_(file), limits_(limits) {}

    Result<> run() {
        if (text_.size() > limits_.bytes) {
            return Error{
                ErrorCode::TooLarge,
                tr("%1: файл больше %2 байт: уменьшите его", printable(file_), limits_.bytes)};
        }
        check_characters();
        if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ += kByteOrderMark.size();
        if (rest().substr(0, 5) == "<?xml") take_declaration();
        while (!fault_ && at_ < text_.size())
            take_piece();
        if (!fault_ && !open_.empty()) {
            wrong(
                tr("элемент <%1> из строки %2 не закрыт: добавьте </%1>", shown(open_.back().name),
                   open_.back().line));
        }
        if (!fault_ && elements_ == 0) wrong(tr("в файле нет ни одного элемента"));
        if (!fault_) return Done{};
        return std::move(*fault_);
    }

private:
    struct Open {
        std::string_view name;
        int line = 0;
    };

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    void wrong(Text text, ErrorCode code = ErrorCode::InvalidInput) {
        if (fault_) return;
        fault_ = Error{code, tr("%1:%2: %3", printable(file_), line_, std::move(text))};
    }

    void advance(std::size_t count) {
        const std::string_view passed = text_.substr(at_, count);
        line_ += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
        at_ += passed.size();
    }

    void check_characters() {
        std::size_t at = 0;
        while (at < text_.size() && !is_control(text_[at])) {
            const std::size_t size = utf8_character_size(text_.substr(at));
            if (size == 0) break;
            at += size;
        }
        if (at >= text_.size()) return;
        advance(at);
        wrong(
            is_control(text_[at]) ? tr("недопустимый управляющий символ: удалите его")
                                  : tr("не UTF-8: сохраните файл в кодировке UTF-8"));
    }

    // Skips to behind `end`.
    void skip_to(std::string_view end, const Text& missing) {
        const std::size_t found = rest().find(end);
        if (found == std::string_view::npos) return wrong(missing);
        advance(found + end.size());
    }

    void take_declaration() {
        const std::string_view declaration = rest().substr(0, rest().find("?>"));
        const std::size_t encoding = declaration.find("encoding");
        if (encoding != std::string_view::npos) {
            std::string named(declaration.substr(encoding));
            std::transform(named.begin(), named.end(), named.begin(), [](char letter) {
                return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
            });
            if (named.find("utf-8") == std::string::npos) {
                return wrong(tr("допустима только кодировка UTF-8: сохраните файл в ней"));
            }
        }
        skip_to("?>", tr("объявление <?xml не закрыто: добавьте ?>"));
    }

    void take_piece() {
        const std::string_view rest_of_it = rest();
        if (rest_of_it.front() != '<') return take_text();
        if (rest_of_it.substr(0, 4) == "<!--") {
            advance(4);
            return skip_to("-->", tr("комментарий не закрыт: добавьте -->"));
        }
        if (rest_of_it.substr(0, 9) == "<![CDATA[") {
            if (open_.empty()) return wrong(tr("текст вне корневого элемента"));
            advance(9);
            return skip_to("]]>", tr("блок CDATA не закрыт: добавьте ]]>"));
        }
        if (rest_of_it.substr(0, 2) == "<!") {
            return wrong(
                tr("DTD и свои сущности (<!DOCTYPE, <!ENTITY) не допускаются: удалите их"));
        }
        if (rest_of_it.substr(0, 2) == "<?") {
            return wrong(tr("инструкции <?…?> не допускаются: удалите их"));
        }
        if (rest_of_it.substr(0, 2) == "</") return take_end();
        take_begin();
    }

    void take_text() {
        const std::string_view text = rest().substr(0, std::min(rest().find('<'), rest().size()));
        const bool blank = std::all_of(text.begin(), text.end(), is_blank);
        if (open_.empty() && !blank) return wrong(tr("текст вне корневого элемента"));
        take_characters(text);
    }

    // Up to the end of `characters`; references in it must be known.
    void take_characters(std::string_view characters) {
        while (!fault_) {
            const std::size_t found = characters.find('&');
            if (found == std::string_view::npos) return advance(characters.size());
            advance(found);
            characters.remove_prefix(found);
            const std::size_t end = characters.find(';');
            if (end == std::string_view::npos || !is_reference(characters.substr(1, end - 1))) {
                return wrong(
                    tr("знак & пишется как &amp;, и известны только &lt; &gt; &amp; &quot; &apos; "
                       "и &#код;"));
            }
            advance(end + 1);
            characters.remove_prefix(end + 1);
        }
    }

    static bool is_reference(std::string_view name) {
        constexpr std::array<std::string_view, 5> kKnown{"lt", "gt", "amp", "quot", "apos"};
        if (std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end()) return true;
        return !name.empty() && name.front() == '#' && is_character(name.substr(1));
    }

    std::string_view take_name() {
        const std::string_view left = rest();
        if (left.empty() || !begins_name(left.front())) return {};
        const auto end = std::find_if(left.begin(), left.end(), ends_name);
        const std::string_view name = left.substr(0, static_cast<std::size_t>(end - left.begin()));
        advance(name.size());
        return name;
    }

    void skip_blanks() {
        const std::string_view left = rest();
        const auto end = std::find_if_not(left.begin(), left.end(), is_blank);
        advance(static_cast<std::size_t>(end - left.begin()));
    }

    void take_end() {
        advance(2);
        const std::string_view name = take_name();
        skip_blanks();
        if (name.empty() || rest().empty() || rest().front() != '>') {
            return wrong(tr("закрывающий тег написан неверно: нужно </имя>"));
        }
        if (open_.empty()) return wrong(tr("</%1> ничего не закрывает: удалите его", shown(name)));
        if (open_.back().name != name) {
            return wrong(
                tr("элемент <%1> из строки %2 закрыт как </%3>: исправьте имя",
                   shown(open_.back().name), open_.back().line, shown(name)));
        }
        advance(1);
        open_.pop_back();
    }

    void take_begin() {
        const int line = line_;
        advance(1);
        const std::string_view name = take_name();
        if (name.empty()) return wrong(tr("знак < пишется как &lt;, если это не начало элемента"));
        if (open_.empty() && elements_ > 0) {
            return wrong(tr("второй корневой элемент <%1>: корневой может быть один", shown(name)));
        }
        if (++elements_ > limits_.elements) {
            return wrong(tr("больше %1 элементов", limits_.elements), ErrorCode::TooLarge);
        }
        if (static_cast<int>(open_.size()) >= limits_.depth) {
            return wrong(
                tr("элементы вложены глубже %1 уровней", limits_.depth), ErrorCode::TooLarge);
        }
        open_.push_back({name, line});
        take_attributes(name);
    }

    // Attributes, and the end of the tag.
    void take_attributes(std::string_view element) {
        std::vector<std::string_view> names;
        while (!fault_) {
            const std::size_t before = at_;
            skip_blanks();
            const std::string_view left = rest();
            if (left.substr(0, 1) == ">") return advance(1);
            if (left.substr(0, 2) == "/>") {
                open_.pop_back();
                return advance(2);
            }
            if (at_ == before) break;
            take_attribute(names);
        }
        wrong(tr("тег <%1> написан неверно: нужно <%1 имя=\"значение\">", shown(element)));
    }

    void take_attribute(std::vector<std::string_view>& names) {
        const std::string_view name = take_name();
        skip_blanks();
        const bool has_value = !name.empty() && rest().substr(0, 1) == "=";
        if (has_value) {
            advance(1);
            skip_blanks();
        }
        const char quote = rest().empty() ? ' ' : rest().front();
        if (!has_value || (quote != '"' && quote != '\'')) {
            return wrong(tr("атрибут «%1» написан неверно: нужно имя=\"значение\"", shown(name)));
        }
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            return wrong(tr("атрибут «%1» указан дважды", shown(name)));
        }
        if (static_cast<int>(names.size()) >= limits_.attributes) {
            return wrong(
                tr("больше %1 атрибутов у одного элемента", limits_.attributes),
                ErrorCode::TooLarge);
        }
        names.push_back(name);
        advance(1);
        const std::size_t end = rest().find(quote);
        if (end == std::string_view::npos) {
            return wrong(tr("значение атрибута «%1» не закрыто кавычкой", shown(name)));
        }
        const std::string_view value = rest().substr(0, end);
        if (value.find('<') != std::string_view::npos) {
            return wrong(
                tr("в значении атрибута «%1» знак < пишется как &lt;, или не закрыта кавычка",
                   shown(name)));
        }
        take_characters(value);
        advance(1);
    }

    std::string_view text_;
    std::string_view file_;
    const Limits& limits_;
    std::size_t at_ = 0;
    int line_ = 1;
    int elements_ = 0;
    std::vector<Open> open_;
    std::optional<Error> fault_;
};

}  // namespace

Result<> check(std::string_view text, std::string_view file, const Limits& limits) {
    return Guard(text, file, limits).run();
}

}  // namespace linuxcash::xml
