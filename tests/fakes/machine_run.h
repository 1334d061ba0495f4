// SPDX-License-Identifier: Apache-2.0
// Drives one pure machine by hand and remembers what it wanted: tests read as tables of input and
// effect. No threads.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/machine.h"

namespace linuxcash::fakes {

template <typename Machine, typename State>
class MachineRun {
public:
    MachineRun(const Machine& machine, State initial)
        : state(std::move(initial)), machine_(machine) {}

    // One word per effect: "send charge", "commit intent", "wake 5000", "show", "ask", "finished
    // approved", "abort", "report ok", "push". A failing journal shows as "commit refused" and what
    // the machine does then.
    std::string feed(const core::Input& input) {
        core::Step<State> step = machine_.step(state, input, now);
        effects_.clear();
        if (step.commit && journal_fails) {
            note("commit refused");
            step = machine_.step(state, core::CommitFailed{Text::literal("диск полон")}, now);
        } else if (step.commit) {
            for (const auto& [id, fact] : step.commit->facts)
                note("commit " + word(fact));
            last_commit = *step.commit;
        }
        state = std::move(step.next);
        for (const core::Action& action : step.then)
            take(action);
        return effects_;
    }

    std::string reply(const std::string& body, int status = 200) {
        return feed(core::Replied{last_tag, core::Reply{status, {}, body}});
    }
    std::string fail(core::Sent sent, core::FailureKind kind = core::FailureKind::Timeout) {
        return feed(core::Replied{last_tag, core::Failure{kind, sent, Text::literal("сбой")}});
    }
    std::string time_passes(core::Millis ms) {
        now += ms;
        return feed(core::TimeUp{last_wake});
    }

    State state;
    core::Millis now = 1'000'000;
    bool journal_fails = false;
    core::Tag last_tag = 0;
    core::Tag last_wake = 0;
    core::Finished finished;
    core::Show shown;
    core::Commit last_commit;

private:
    void note(const std::string& word) {
        if (!effects_.empty()) effects_ += ", ";
        effects_ += word;
    }

    static std::string word(const core::Fact& fact) {
        if (const auto* ended = std::get_if<core::Ended>(&fact)) {
            return "end " + std::string{core::name(ended->outcome)};
        }
        if (const auto* owed = std::get_if<core::Owed>(&fact)) {
            return "owed " + std::string{core::name(owed->kind)};
        }
        if (std::holds_alternative<core::Intent>(fact)) return "intent";
        if (std::holds_alternative<core::Learned>(fact)) return "number";
        if (std::holds_alternative<core::Discharged>(fact)) return "discharged";
        return "settled";
    }

    void take(const core::Action& action) {
        if (const auto* send = std::get_if<core::Send>(&action)) {
            last_tag = send->tag;
            note("send " + send->call.step);
        } else if (const auto* wake = std::get_if<core::Wake>(&action)) {
            last_wake = wake->tag;
            note("wake " + std::to_string(wake->after_ms));
        } else if (const auto* emit = std::get_if<core::Emit>(&action)) {
            take(emit->event);
        } else if (const auto* report = std::get_if<core::Report>(&action)) {
            note(
                report->reported.discharged    ? "report done"
                : report->reported.link_failed ? "report no link"
                                               : "report later");
        } else if (std::holds_alternative<core::Abort>(action)) {
            note("abort");
        } else {
            note("push");
        }
    }

    void take(const core::Event& event) {
        if (const auto* end = std::get_if<core::Finished>(&event)) {
            finished = *end;
            note("finished " + std::string{core::name(end->outcome)} + (end->owed ? " owed" : ""));
        } else if (const auto* show = std::get_if<core::Show>(&event)) {
            shown = *show;
            note("show");
        } else if (const auto* card = std::get_if<core::SetCard>(&event)) {
            note("set card " + card->number);
        } else if (const auto* choose = std::get_if<core::Choose>(&event)) {
            note("choose of " + std::to_string(choose->options.size()));
        } else {
            note("ask");
        }
    }

    const Machine& machine_;
    std::string effects_;
};

}  // namespace linuxcash::fakes
