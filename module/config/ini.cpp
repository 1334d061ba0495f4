// SPDX-License-Identifier: Apache-2.0
#include "config/ini.h"

#include <ini.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "config/lines.h"

namespace linuxcash::config {

namespace {

// Stands for a semicolon on the way through inih, which would cut the value there; no line may
// contain it.
constexpr char kHiddenSemicolon = '\x01';

}  // namespace

// One reading: gives inih one checked line at a time and so knows the line of each entry.
class IniReading {
public:
    IniReading(std::string_view text, const std::string& file) : lines_(split_lines(text)) {
        ini_.file_ = file;
    }

    [[nodiscard]] Result<Ini> run() {
        const int failed_line =
            ini_parse_stream(&IniReading::next_line, this, &IniReading::entry, this);
        if (error_) return *error_;
        if (failed_line != 0) {
            fail(failed_line, tr("строка не разобрана"));
            return *error_;
        }
        return std::move(ini_);
    }

private:
    // inih's reader: the next line as a string of at most size - 1 bytes; null ends the reading.
    static char* next_line(char* buffer, int size, void* reading) {
        return static_cast<IniReading*>(reading)->feed({buffer, static_cast<std::size_t>(size)});
    }

    // inih's handler: 0 is an error.
    static int entry(void* reading, const char* section, const char* key, const char* value) {
        return static_cast<IniReading*>(reading)->add(section, key, value) ? 1 : 0;
    }

    struct Buffer {
        char* address;
        std::size_t size;
    };
    char* feed(Buffer buffer);
    bool add(const std::string& section, const std::string& key, std::string value);
    void fail(int line, const Text& fault);

    std::vector<Line> lines_;
    int current_line_ = 0;  // from 1
    Ini ini_;
    std::optional<Error> error_;
};

void IniReading::fail(int line, const Text& fault) {
    error_ = Error{ErrorCode::InvalidInput, tr("%1:%2: %3", ini_.file_, line, fault)};
}

char* IniReading::feed(Buffer buffer) {
    constexpr std::size_t kLineFeedAndZero = 2;
    const auto index = static_cast<std::size_t>(current_line_);
    if (error_ || index == lines_.size()) return nullptr;
    ++current_line_;
    std::string_view text = lines_[index].text;
    const LineKind kind = kind_of(text);
    if (kind == LineKind::Blank || kind == LineKind::Comment) {
        text = {};  // comments may be as long as they like
    } else if (const auto fault = line_fault(text)) {
        fail(current_line_, *fault);
        return nullptr;
    }
    if (text.size() + kLineFeedAndZero > buffer.size) {
        fail(current_line_, tr("строка длиннее %1 байт: сократите её", buffer.size));
        return nullptr;
    }
    char* end = std::ranges::copy(text, buffer.address).out;
    if (kind == LineKind::Entry) std::replace(buffer.address, end, ';', kHiddenSemicolon);
    *end++ = '\n';
    *end = '\0';
    return buffer.address;
}

bool IniReading::add(const std::string& section, const std::string& key, std::string value) {
    std::ranges::replace(value, kHiddenSemicolon, ';');
    std::string name = key;
    std::ranges::replace(name, kHiddenSemicolon, ';');
    const auto [place, is_new] = ini_.places_.try_emplace({section, name}, ini_.entries_.size());
    if (!is_new) {
        fail(
            current_line_,
            tr("ключ %1 раздела [%2] уже задан в строке %3: оставьте одну из двух строк", name,
               section, ini_.entries_[place->second].line));
        return false;
    }
    ini_.entries_.push_back({section, name, unquoted(value).value_or(value), current_line_});
    return true;
}

Result<Ini> Ini::parse(std::string_view text, const std::string& file) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return IniReading(text, file).run();
}

Result<Ini> Ini::read(const std::filesystem::path& path) {
    const auto text = read_file(path, kIniBytesMax);
    if (!text) return text.error();
    return parse(*text, path.native());
}

const IniEntry* Ini::find(const std::string& section, const std::string& key) const {
    const auto place = places_.find({section, key});
    return place != places_.end() ? &entries_[place->second] : nullptr;
}

}  // namespace linuxcash::config
