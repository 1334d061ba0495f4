// SPDX-License-Identifier: Apache-2.0
#include "config/lines.h"

#include <algorithm>

#include "base/utf8.h"

namespace linuxcash::config {

namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kCommentSigns = ";#";

constexpr bool is_blank(char character) {
    return kBlanks.find(character) != std::string_view::npos;
}

bool is_control(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return (byte < 0x20 && character != '\t') || byte == 0x7F;
}

// A semicolon behind a blank: inih takes it and the rest of the line for a comment.
bool has_trailing_comment(std::string_view text) {
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == ';' && is_blank(text[at - 1])) return true;
    }
    return false;
}

std::optional<Text> section_fault(std::string_view line) {
    const std::size_t end = line.find(']');
    if (end == std::string_view::npos) return tr("у раздела нет закрывающей скобки ]");
    const std::string_view name = line.substr(1, end - 1);
    if (name.empty()) return tr("имя раздела пусто: напишите его между скобками, например [Main]");
    if (trimmed(name).size() != name.size()) {
        return tr("у имени раздела лишние пробелы: уберите их внутри скобок");
    }
    if (name.find(';') != std::string_view::npos) {
        return tr("в имени раздела недопустима точка с запятой");
    }
    if (name.size() > kSectionBytesMax) {
        return tr("имя раздела длиннее %1 байт: сократите его", kSectionBytesMax);
    }
    const std::string_view rest = trimmed(line.substr(end + 1));
    if (!rest.empty() && kind_of(rest) != LineKind::Comment) {
        return tr("после имени раздела стоит лишнее: перенесите это на отдельную строку");
    }
    return std::nullopt;
}

std::optional<Text> entry_fault(std::string_view line) {
    const std::size_t sign = line.find_first_of("=:");
    if (sign == std::string_view::npos) {
        return tr("нет знака =: строка должна иметь вид «ключ = значение»");
    }
    if (line[sign] == ':') {
        return tr("между ключом и значением стоит двоеточие: замените его знаком =");
    }
    const std::string_view key = trimmed(line.substr(0, sign));
    if (key.empty()) return tr("перед знаком = нет ключа");
    if (has_trailing_comment(key)) return tr("в ключе недопустима точка с запятой после пробела");
    const std::string_view behind = line.substr(sign + 1);
    const std::string_view value = trimmed(behind);
    if (value.starts_with('"')) {
        if (unquoted(value)) return std::nullopt;
        return tr(
            "неверные кавычки: значение должно кончаться кавычкой, а внутри неё допустимы "
            "только \\\" и \\\\");
    }
    if (has_trailing_comment(behind)) {
        return tr(
            "точка с запятой после пробела: перенесите примечание на отдельную строку, а если "
            "это часть значения, возьмите значение в двойные кавычки");
    }
    return std::nullopt;
}

}  // namespace

std::vector<Line> split_lines(std::string_view text) {
    std::vector<Line> lines;
    while (!text.empty()) {
        const std::size_t feed = text.find('\n');
        if (feed == std::string_view::npos) {
            lines.push_back({text, {}});
            break;
        }
        const bool with_return = feed > 0 && text[feed - 1] == '\r';
        const std::size_t size = with_return ? feed - 1 : feed;
        lines.push_back({text.substr(0, size), text.substr(size, feed + 1 - size)});
        text.remove_prefix(feed + 1);
    }
    return lines;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

LineKind kind_of(std::string_view line) {
    const std::string_view content = trimmed(line);
    if (content.empty()) return LineKind::Blank;
    if (kCommentSigns.find(content.front()) != std::string_view::npos) return LineKind::Comment;
    return content.front() == '[' ? LineKind::Section : LineKind::Entry;
}

std::string_view section_name(std::string_view line) {
    return line.substr(1, line.find(']') - 1);
}

std::optional<Text> line_fault(std::string_view line) {
    if (!is_utf8(line)) return tr("текст не в кодировке UTF-8: сохраните файл в этой кодировке");
    if (std::ranges::any_of(line, is_control)) {
        return tr("в строке недопустимый управляющий символ: удалите его");
    }
    if (is_blank(line.front())) {
        return tr("строка начинается с пробела: уберите его, продолжение строк не допускается");
    }
    if (line.size() > kLineBytesMax) {
        return tr("строка длиннее %1 байт: сократите её", kLineBytesMax);
    }
    return kind_of(line) == LineKind::Section ? section_fault(line) : entry_fault(line);
}

std::optional<std::string> unquoted(std::string_view text) {
    if (!text.starts_with('"')) return std::string(text);
    text.remove_prefix(1);
    std::string value;
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\') {
            text.remove_prefix(1);
            if (text.empty() || (text.front() != '"' && text.front() != '\\')) return std::nullopt;
        }
        value.push_back(text.front());
        text.remove_prefix(1);
    }
    if (text != "\"") return std::nullopt;
    return value;
}

std::string quoted_if_needed(std::string_view value) {
    // Written behind "= ", so a semicolon at the beginning stands behind a blank too.
    const bool plain = trimmed(value).size() == value.size() && !value.starts_with('"')
                       && !value.starts_with(';') && !has_trailing_comment(value);
    if (plain) return std::string(value);
    std::string text = "\"";
    for (const char character : value) {
        if (character == '"' || character == '\\') text.push_back('\\');
        text.push_back(character);
    }
    return text + '"';
}

}  // namespace linuxcash::config
