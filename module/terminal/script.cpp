// SPDX-License-Identifier: Apache-2.0
#include "terminal/script.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace linuxcash::terminal {

void JsonLines::write(const Event& event) {
    const std::string line = to_json(event).str() + "\n";
    std::string_view rest = line;
    while (!broken_ && !rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            broken_ = true;
            return;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Script::line(const LineReader::Line& line) {
    const bool blank = line.text.find_first_not_of(" \t") == std::string::npos;
    if (blank && !line.too_long) return;
    std::variant<Input, Malformed> read =
        line.too_long ? Malformed{{}, tr("строка длиннее %1 байт", kInputLineMax)}
                      : read_input(line.text, currency_);
    if (auto* input = std::get_if<Input>(&read)) return session_.take(std::move(*input));
    malformed_ = true;
    const Malformed& malformed = std::get<Malformed>(read);
    const json::Value id = announcer_.id();
    announcer_.set_id(malformed.id);
    announcer_.error(malformed.text);
    announcer_.set_id(id);
}

}  // namespace linuxcash::terminal
