// SPDX-License-Identifier: Apache-2.0
#include "reports/phrase.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/decimal.h"
#include "base/printable.h"
#include "config/near_match.h"

namespace linuxcash::reports {

namespace {

constexpr std::size_t kNameMax = 40;
constexpr std::size_t kPathMax = 8;

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// Cuts the next word off.
std::string_view next_word(std::string_view& text) {
    text = trimmed(text);
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    text.remove_prefix(word.size());
    return word;
}

Error unknown_option(std::string_view format, std::string_view option) {
    return wrong(
        tr("формат «%1» не знает слова «%2»: см. reports/README.md", format, printable(option)));
}

Result<Format> read_number(std::string_view options) {
    NumberFormat format;
    for (std::string_view word = next_word(options); !word.empty(); word = next_word(options)) {
        const bool is_places = word.size() == 1 && word[0] >= '0' && word[0] <= '9';
        if (is_places) {
            format.places = word[0] - '0';
        } else if (word == "comma") {
            format.comma = true;
        } else if (word == "grouped") {
            format.grouped = true;
        } else {
            return unknown_option("number", word);
        }
    }
    return Format(format);
}

Result<Format> read_money(std::string_view options) {
    MoneyFormat format;
    for (std::string_view word = next_word(options); !word.empty(); word = next_word(options)) {
        if (word == "code") {
            format.code = true;
        } else if (word == "comma") {
            format.comma = true;
        } else if (word == "grouped") {
            format.grouped = true;
        } else {
            return unknown_option("money", word);
        }
    }
    return Format(format);
}

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

Result<Format> read_date(std::string_view options) {
    constexpr std::array<std::string_view, 7> kKnown{"dd", "MM", "yyyy", "yy", "HH", "mm", "ss"};
    const std::string_view pattern = trimmed(options);
    if (pattern.empty()) {
        return wrong(tr("у формата «date» нет образца: нужно, например, date dd.MM.yyyy HH:mm"));
    }
    for (std::size_t at = 0; at < pattern.size();) {
        std::size_t end = at;
        while (end < pattern.size() && pattern[end] == pattern[at])
            ++end;
        const std::string_view run = pattern.substr(at, end - at);
        const bool known = std::find(kKnown.begin(), kKnown.end(), run) != kKnown.end();
        if (is_letter(pattern[at]) && !known) {
            return wrong(
                tr("в образце даты есть «%1»: известны dd, MM, yyyy, yy, HH, mm, ss", run));
        }
        at = end;
    }
    return Format(DateFormat{std::string(pattern)});
}

Result<Format> read_format(std::string_view text) {
    const std::string_view name = next_word(text);
    if (name == "money") return read_money(text);
    if (name == "number") return read_number(text);
    if (name == "date") return read_date(text);
    const std::string near =
        config::near_match(name, std::vector<std::string>{"money", "number", "date"});
    if (near.empty()) {
        return wrong(tr("неизвестный формат «%1»: известны money, number, date", printable(name)));
    }
    return wrong(tr("неизвестный формат «%1»: возможно, %2", printable(name), near));
}

// What stands between the brackets of "sum(lines.total)"; nullopt: it is no such thing.
std::optional<std::string_view> argument_of(std::string_view text, std::string_view function) {
    if (text.substr(0, function.size()) != function) return std::nullopt;
    const std::string_view rest = trimmed(text.substr(function.size()));
    if (rest.size() < 2 || rest.front() != '(' || rest.back() != ')') return std::nullopt;
    return trimmed(rest.substr(1, rest.size() - 2));
}

Result<Field> read_field(std::string_view text) {
    Field field;
    const std::size_t colon = text.find(':');
    std::string_view name = trimmed(text.substr(0, colon));
    if (const auto summed = argument_of(name, "sum")) {
        field.summary = Summary::Sum;
        name = *summed;
    } else if (const auto counted = argument_of(name, "count")) {
        field.summary = Summary::Count;
        name = *counted;
    }
    Result<Path> path = read_path(name);
    if (!path) return path.error();
    field.path = std::move(*path);
    if (field.summary == Summary::Sum && field.path.size() < 2) {
        return wrong(tr("sum складывает поле списка: нужно, например, {sum(lines.total)}"));
    }
    if (colon == std::string_view::npos) return field;
    Result<Format> format = read_format(text.substr(colon + 1));
    if (!format) return format.error();
    field.format = std::move(*format);
    return field;
}

}  // namespace

bool is_name(std::string_view word) {
    const auto is_small = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    const auto fits = [&](char letter) {
        return is_small(letter) || letter == '_' || (letter >= '0' && letter <= '9');
    };
    return !word.empty() && word.size() <= kNameMax && is_small(word.front())
           && std::all_of(word.begin(), word.end(), fits);
}

Result<Path> read_path(std::string_view text) {
    Path path;
    for (std::string_view rest = text;;) {
        const std::size_t point = rest.find('.');
        const std::string_view step = rest.substr(0, point);
        if (!is_name(step) || path.size() == kPathMax) {
            return wrong(
                tr("имя поля «%1» написано неверно: в нем строчные латинские буквы, цифры, _ и "
                   "точки; сама фигурная скобка пишется дважды: {{ и }}",
                   printable(text.substr(0, kNameMax))));
        }
        path.emplace_back(step);
        if (point == std::string_view::npos) return path;
        rest.remove_prefix(point + 1);
    }
}

Result<Phrase> read_phrase(std::string_view text, const Place& place) {
    Phrase phrase;
    phrase.place = place;
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty()) phrase.parts.emplace_back(std::exchange(literal, {}));
    };
    while (!text.empty()) {
        const char letter = text.front();
        if ((letter == '{' || letter == '}') && text.substr(1, 1) == text.substr(0, 1)) {
            literal += letter;
            text.remove_prefix(2);
        } else if (letter == '}') {
            return wrong(tr("скобка } ничего не закрывает: сама скобка пишется как }}"));
        } else if (letter == '{') {
            const std::size_t end = text.find('}');
            if (end == std::string_view::npos) {
                return wrong(tr("скобка { не закрыта: сама скобка пишется как {{"));
            }
            Result<Field> field = read_field(text.substr(1, end - 1));
            if (!field) return field.error();
            flush();
            phrase.parts.emplace_back(std::move(*field));
            text.remove_prefix(end + 1);
        } else {
            literal += letter;
            text.remove_prefix(1);
        }
    }
    flush();
    return phrase;
}

}  // namespace linuxcash::reports
