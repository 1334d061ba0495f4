// SPDX-License-Identifier: Apache-2.0
// The one conversation with a module that may run at a time: its events become dialogs, the
// cashier's reactions become answers. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/result.h"
#include "host/module.h"
#include "terminal/announcer.h"
#include "terminal/command.h"
#include "terminal/slip_desk.h"

namespace linuxcash::terminal {

class Dialogue {
public:
    // An error means that the module broke the contract: how the operation ended is not known.
    using Then = std::function<void(const Result<host::Finished>&)>;

    // What the module may change in the receipt; empty: nothing.
    using Editor = std::function<host::Answer(const host::Edit&)>;

    struct About {
        std::string title;  // of the payment system
        std::string receipt_uid;  // what its slips belong to
        Editor editor = {};
    };

    // Both must outlive the dialogue.
    Dialogue(Announcer& announcer, SlipDesk& slips);

    // Only when none runs. `then` is called from pump(), after the conversation has been given
    // back, and may start the next one.
    void start(host::Conversation conversation, About about, Then then);
    [[nodiscard]] bool running() const { return running_ != nullptr; }
    // Pulls what is there.
    void pump();

    // The cashier's reaction; says what is wrong with it.
    void answer(const Given& given);
    // For a dialog to come.
    void prepare(Prepared prepared) { prepared_.push_back(std::move(prepared)); }
    // Gives up; the end follows through pump().
    void cancel();

private:
    struct Question {
        int dialog = 0;
        std::variant<host::Ask, host::Choose> what;
    };
    struct Running {
        host::Conversation conversation;
        About about;
        Then then;
        std::optional<ShowEvent> show;  // what stands on the screen
        std::optional<Question> question;  // what waits for the cashier
        std::shared_ptr<bool> printing;  // true: the module waits for the end of a slip
    };

    void pump_one(const host::Event& event);
    void on(const host::Show& show);
    void on(const host::Tell& tell);
    void on(const host::Ask& ask);
    void on(const host::Choose& choose);
    void on(const host::Print& print);
    void on(const host::Edit& edit);
    void on(const host::Unknown& unknown);
    void on(const host::Finished& finished);

    void answer_print(std::uint64_t event, till::Printed printed);
    void answer_value(const GivenValue& value);
    void answer_choice(const GivenChoice& choice);
    void reply(std::uint64_t event, const host::Answer& answer);
    void close_question();
    void finish(const Result<host::Finished>& end);

    Announcer& announcer_;
    SlipDesk& slips_;
    std::deque<Prepared> prepared_;
    std::unique_ptr<Running> running_;
};

}  // namespace linuxcash::terminal
