// SPDX-License-Identifier: Apache-2.0
#include "config/ini_writer.h"

#include <algorithm>

#include "base/printable.h"
#include "config/ini.h"
#include "config/lines.h"

namespace linuxcash::config {

namespace {

// Lines that can be changed; `lines` own their text, endings included.
struct Document {
    std::string mark;  // the byte order mark, or nothing
    std::string ending = "\n";
    std::vector<std::string> lines;
};

std::string_view without_ending(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Document document_of(std::string_view text) {
    Document document;
    if (text.starts_with(kByteOrderMark)) {
        document.mark = kByteOrderMark;
        text.remove_prefix(kByteOrderMark.size());
    }
    const std::vector<Line> lines = split_lines(text);
    // The first line sets the style of the lines that are added.
    if (!lines.empty() && lines.front().ending == "\r\n") document.ending = "\r\n";
    for (const Line& line : lines) {
        document.lines.push_back(std::string(line.text).append(line.ending));
    }
    return document;
}

std::string text_of(const Document& document) {
    std::string text = document.mark;
    for (const std::string& line : document.lines)
        text += line;
    return text;
}

// "; url = http://localhost" with "url"
bool is_commented_default(std::string_view line, std::string_view key) {
    line = trimmed(line);
    if (line.empty() || (line.front() != ';' && line.front() != '#')) return false;
    const std::size_t sign = line.find('=');
    return sign != std::string_view::npos && trimmed(line.substr(1, sign - 1)) == key;
}

// Where a new line of the section goes: its index, or none when there is no such section.
std::optional<std::size_t> place_for(const Document& document, const IniChange& change) {
    std::optional<std::size_t> behind_content;
    std::optional<std::size_t> behind_default;
    if (change.section.empty()) behind_content = 0;
    std::string current;
    for (std::size_t index = 0; index < document.lines.size(); ++index) {
        const std::string_view line = without_ending(document.lines[index]);
        const LineKind kind = kind_of(line);
        if (kind == LineKind::Section) current = section_name(line);
        if (current != change.section || kind == LineKind::Blank) continue;
        behind_content = index + 1;
        if (is_commented_default(line, change.key)) behind_default = index + 1;
    }
    return behind_default ? behind_default : behind_content;
}

void insert_line(Document& document, std::size_t index, const std::string& line) {
    // A last line without an ending gets one, or the new line would become a part of it.
    if (index > 0 && !document.lines[index - 1].ends_with('\n')) {
        document.lines[index - 1] += document.ending;
    }
    const auto place = document.lines.begin() + static_cast<std::ptrdiff_t>(index);
    document.lines.insert(place, line + document.ending);
}

void append_section(Document& document, const IniChange& change, const std::string& line) {
    if (!document.lines.empty()) insert_line(document, document.lines.size(), "");
    insert_line(document, document.lines.size(), "[" + change.section + "]");
    insert_line(document, document.lines.size(), line);
}

// The line with another value; what stands before the value stays.
std::string with_value(std::string_view line, const std::string& value) {
    const std::string_view content = without_ending(line);
    const std::size_t sign = content.find('=');
    const std::string_view behind = content.substr(sign + 1);
    const std::size_t blanks = std::min(behind.find_first_not_of(" \t"), behind.size());
    std::string changed(content.substr(0, sign + 1 + blanks));
    const bool spaced = sign > 0 && content[sign - 1] == ' ';
    if (spaced && blanks == 0) changed += ' ';
    return changed.append(value).append(line.substr(content.size()));
}

Error refused(const IniChange& change, const std::string& file, const Text& reason) {
    return {
        ErrorCode::InvalidInput, tr("%1: ключ «%2» раздела [%3] не записан: %4", file,
                                    printable(change.key), printable(change.section), reason)};
}

// Whether the reader would take the key and section as what they are.
std::optional<Text> name_fault(const IniChange& change) {
    const std::string line = change.key + " = x";
    if (change.key.empty() || kind_of(line) != LineKind::Entry || line_fault(line)
        || trimmed(change.key).size() != change.key.size()
        || change.key.find_first_of("=:") != std::string::npos) {
        return tr("недопустимое имя ключа");
    }
    const std::string section = "[" + change.section + "]";
    const bool named = !change.section.empty();
    if (named && (line_fault(section) || change.section.find(']') != std::string::npos)) {
        return tr("недопустимое имя раздела");
    }
    return std::nullopt;
}

void make_change(Document& document, const IniEntry* present, const IniChange& change) {
    if (present != nullptr) {
        const auto index = static_cast<std::ptrdiff_t>(present->line) - 1;
        const auto line = document.lines.begin() + index;
        if (!change.value) {
            document.lines.erase(line);
        } else if (present->value != *change.value) {
            *line = with_value(*line, quoted_if_needed(*change.value));
        }
        return;
    }
    if (!change.value) return;
    std::string line = change.key + " =";
    if (!change.value->empty()) line += " " + quoted_if_needed(*change.value);
    if (const auto place = place_for(document, change)) {
        insert_line(document, *place, line);
    } else {
        append_section(document, change, line);
    }
}

// One change, proven by reading the result back.
Result<std::string> changed(
    std::string_view text, const IniChange& change, const std::string& file) {
    if (const auto fault = name_fault(change)) return refused(change, file, *fault);
    if (change.value) {
        const std::string line = change.key + " = " + quoted_if_needed(*change.value);
        if (const auto fault = line_fault(line)) return refused(change, file, *fault);
    }
    const auto before = Ini::parse(text, file);
    if (!before) return before.error();
    Document document = document_of(text);
    make_change(document, before->find(change.section, change.key), change);
    std::string result = text_of(document);
    const auto after = Ini::parse(result, file);
    if (!after) return after.error();
    const IniEntry* entry = after->find(change.section, change.key);
    const bool as_asked = change.value ? entry != nullptr && entry->value == *change.value : !entry;
    if (!as_asked) return refused(change, file, tr("значение не читается обратно"));
    return result;
}

}  // namespace

Result<std::string> edit_ini(
    std::string_view text, const std::vector<IniChange>& changes, const std::string& file) {
    std::string result(text);
    for (const IniChange& change : changes) {
        auto next = changed(result, change, file);
        if (!next) return next.error();
        result = std::move(next).value();
    }
    if (result.size() > kIniBytesMax) {
        return Error{
            ErrorCode::TooLarge, tr("файл %1 больше допустимых %2 байт", file, kIniBytesMax)};
    }
    return result;
}

}  // namespace linuxcash::config
