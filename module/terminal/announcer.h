// SPDX-License-Identifier: Apache-2.0
// The register's voice: numbers dialogs, translates, logs what the cashier reads, and hands events
// to the script or the screen. One thread.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/ports.h"
#include "terminal/event.h"

namespace linuxcash::terminal {

class Announcer {
public:
    using Sink = std::function<void(const Event&)>;

    // The categories of terminal.log.
    struct Logs {
        core::Log& business;
        core::Log& dialogs;
    };

    Announcer(Sink sink, Translate translate, Logs logs);

    // Every event from now on bears this id; null: none.
    void set_id(json::Value id) { id_ = std::move(id); }
    [[nodiscard]] const json::Value& id() const { return id_; }

    void emit(EventBody body);
    // Something was not possible or not understood; nothing was lost.
    void error(const Text& text);
    void notice(NoticeEvent notice);
    void notice(host::Level level, const Text& text, const std::string& source);
    // A message that waits for nobody; empty text: none.
    void tell(host::Level level, const std::string& title, const std::string& text);

    [[nodiscard]] int new_dialog() { return ++dialogs_; }
    [[nodiscard]] std::string say(const Text& text) const { return text.translated(translate_); }
    [[nodiscard]] const Translate& translate() const { return translate_; }

    // One line per step of the business; the variable part last.
    void log(const Text& text) { logs_.business.write(core::LogLevel::Info, text); }
    void log_warning(const Text& text) { logs_.business.write(core::LogLevel::Warning, text); }
    void log_error(const Text& text) { logs_.business.write(core::LogLevel::Error, text); }
    void log_dialog(host::Level level, const Text& text);

private:
    Sink sink_;
    Translate translate_;
    Logs logs_;
    json::Value id_;
    int dialogs_ = 0;
};

}  // namespace linuxcash::terminal
