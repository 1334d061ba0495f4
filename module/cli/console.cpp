// SPDX-License-Identifier: Apache-2.0
#include "cli/console.h"

#include <utility>

namespace linuxcash::cli {

Console::Console(std::istream& in, std::ostream& out, std::ostream& err, Translate translate)
    : in_(in), out_(out), err_(err), translate_(std::move(translate)) {
}

void Console::result(std::string_view line) {
    out_ << line << "\n";
}

void Console::note(const Text& text) {
    err_ << "paysysctl: " << translated(text) << "\n";
}

Exit Console::failed(const Text& text) {
    note(text);
    return Exit::Failed;
}

Exit Console::wrong(const Text& text) {
    note(text);
    note(tr("справка: paysysctl --help"));
    return Exit::WrongUse;
}

std::optional<std::string> Console::line() {
    std::string line;
    if (!std::getline(in_, line)) return std::nullopt;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

std::string Console::translated(const Text& text) const {
    return text.translated(translate_);
}

}  // namespace linuxcash::cli
