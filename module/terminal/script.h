// SPDX-License-Identifier: Apache-2.0
// The scripted mode: one JSON object a line in, one a line out. One thread.
#pragma once

#include <functional>

#include "base/money.h"
#include "terminal/announcer.h"
#include "terminal/event.h"
#include "terminal/line_reader.h"
#include "terminal/session.h"

namespace linuxcash::terminal {

// Writes whole lines to a descriptor.
class JsonLines {
public:
    explicit JsonLines(int descriptor) : descriptor_(descriptor) {}

    void write(const Event& event);
    // A line could not be written: nobody reads any more.
    [[nodiscard]] bool broken() const { return broken_; }

private:
    int descriptor_;
    bool broken_ = false;
};

// Hands lines to the session.
class Script {
public:
    Script(Session& session, Announcer& announcer, Currency currency)
        : session_(session), announcer_(announcer), currency_(currency) {}

    void line(const LineReader::Line& line);
    // 0: every line was understood; 2: one was not.
    [[nodiscard]] int exit_code() const { return malformed_ ? 2 : 0; }

private:
    Session& session_;
    Announcer& announcer_;
    Currency currency_;
    bool malformed_ = false;
};

}  // namespace linuxcash::terminal
