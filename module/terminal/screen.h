// SPDX-License-Identifier: Apache-2.0
// The plain screen: events as lines of text, typed lines as commands and answers. Nothing that came
// from outside reaches the terminal unescaped. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "base/money.h"
#include "core/ports.h"
#include "terminal/announcer.h"
#include "terminal/event.h"
#include "terminal/line_reader.h"
#include "terminal/screen_command.h"
#include "terminal/session.h"

namespace linuxcash::terminal {

class Screen {
public:
    struct Options {
        Currency currency;
        Translate translate;
        bool is_terminal = false;  // a person looks: prompt, ticking seconds
        std::function<void(bool)> show_typed = {};  // switches the terminal's echo; may be empty
    };

    // All must outlive the screen.
    Screen(std::ostream& out, core::Clock& clock, Options options);

    // What the register tells.
    void show(const Event& event);
    // What was typed; the session is told.
    void line(const LineReader::Line& line, Session& session);
    // Counts the seconds that are left.
    void tick(const Session& session);
    void greet();
    void prompt(const Session& session);
    // Ctrl-C when nothing runs: leaves the question of a refund, or says how to end the work.
    void interrupt();
    [[nodiscard]] bool wants_exit() const { return wants_exit_; }

private:
    void on(const DialogEvent& dialog);
    void on(const ShowEvent& show);
    void on(const ClosedEvent& closed);
    void on(const SlipEvent& slip);
    void on(const FinishedEvent& finished);
    void on(const ReceiptEvent& receipt);
    void on(const ShiftEvent& shift);
    void on(const QueueEvent& queue);
    void on(const PaymentTypesEvent& types);
    void on(const NoticeEvent& notice);
    void on(const ErrorEvent& error);
    void on(const SaleRestEvent& sale);

    void print(const Text& text);
    // Text from outside: its line breaks stay, everything else that moves a cursor is written out.
    void print_foreign(std::string_view text, std::string_view indent = "  ");
    void print_qr(const std::string& text);
    void print_notices();
    void end_ticking_line();
    void answer(const std::string& typed, Session& session);
    void act(Typed typed, Session& session);
    [[nodiscard]] std::string say(const Text& text) const {
        return text.translated(options_.translate);
    }

    std::ostream& out_;
    core::Clock& clock_;
    Options options_;
    std::optional<DialogEvent> question_;
    std::optional<int> show_;  // the show on the screen
    std::optional<core::Millis> gives_up_at_;  // the show's end
    core::Millis seconds_shown_ = -1;
    std::optional<std::int64_t> refund_of_;  // the sale whose refund the cashier is choosing
    bool refund_ = false;  // the receipt that was shown last is one
    bool ticking_line_ = false;  // the cursor stands behind counted seconds
    bool prompted_ = false;
    bool wants_exit_ = false;
    std::map<std::string, std::string> notices_;  // what stands at the top, by source
};

}  // namespace linuxcash::terminal
