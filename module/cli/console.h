// SPDX-License-Identifier: Apache-2.0
// Where paysysctl reads and writes: results on standard output, messages for people on standard
// error. One thread.
#pragma once

#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"

namespace linuxcash::cli {

// Exit codes of the program.
enum class Exit { Done = 0, Failed = 1, WrongUse = 2, Unknown = 3 };

class Console {
public:
    // The streams must outlive it.
    Console(std::istream& in, std::ostream& out, std::ostream& err, Translate translate);

    // A line of the result.
    void result(std::string_view line);
    // A word to whoever sits there: changes no exit code.
    void note(const Text& text);
    // What could not be done, and its exit code.
    Exit failed(const Text& text);
    Exit failed(const Error& error) { return failed(error.text); }
    // Of the command line itself.
    Exit wrong(const Text& text);

    // The next line of standard input without its line break; nullopt at its end.
    [[nodiscard]] std::optional<std::string> line();
    [[nodiscard]] std::string translated(const Text& text) const;

private:
    std::istream& in_;
    std::ostream& out_;
    std::ostream& err_;
    Translate translate_;
};

}  // namespace linuxcash::cli
