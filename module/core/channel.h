// SPDX-License-Identifier: Apache-2.0
// What all operations of one gateway share on the way to it: the token, one secret-bearing request
// at a time, pacing, the state of the link. Every request and reply passes through here. Pure: the
// engine carries out what it decides; the loop thread alone uses it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/gateway.h"

namespace linuxcash::core {

// Names a request on its way through the channel; the engine makes them, above zero.
using Ticket = std::uint64_t;

// Goes out to the wire now. Ticket 0 is the channel's own request for a token.
struct Dispatch {
    Ticket ticket = 0;
    Request request;
};
// Back to the machine that asked.
struct Deliver {
    Ticket ticket = 0;
    Answer answer;
};
// Must be saved before anything else happens; answer with Channel::saved().
struct SaveSecret {
    Secret secret;
};

using ChannelAction = std::variant<Dispatch, Deliver, SaveSecret>;

class Channel {
public:
    // `gateway` must outlive the channel.
    explicit Channel(const Gateway& gateway) : gateway_(gateway) {}

    // The stored token, before the first request.
    void use_token(Secret token) { token_ = std::move(token); }

    // Queues a request; nothing goes out before admit().
    void submit(Ticket ticket, Call call);
    // Takes a request back that has not gone out; true if it was still waiting.
    bool withdraw(Ticket ticket);
    // What may go out, or is refused, now.
    [[nodiscard]] std::vector<ChannelAction> admit(Millis now);
    // When the next waiting request is due by its pacing; nullopt if none waits for time.
    [[nodiscard]] std::optional<Millis> due() const;
    // What came back from the wire.
    [[nodiscard]] std::vector<ChannelAction> digest(Ticket ticket, Answer answer);
    // The outcome of the last SaveSecret.
    [[nodiscard]] std::vector<ChannelAction> saved(const Result<>& result);
    // The administrator deleted the token: ask for a new one at the next request.
    void forget_token();

    // False after an exchange that failed, until one gets through.
    [[nodiscard]] bool link_up() const { return link_up_; }
    // Whether this request runs on when nobody waits for it any more: it bears a secret or may move
    // money.
    [[nodiscard]] bool must_finish(Ticket ticket) const;
    // Nothing that must finish is under way.
    [[nodiscard]] bool quiet() const;

private:
    struct Waiting {
        Ticket ticket = 0;
        Call call;
        bool renewed = false;  // sent once already with a token that was refused
    };
    // A reply that waits until its token is safe.
    struct Held {
        Ticket ticket = 0;
        Answer answer;
        bool wanted = true;  // false for the channel's own request
    };

    [[nodiscard]] bool needs_token() const;
    [[nodiscard]] bool secret_way_busy() const;
    [[nodiscard]] bool paced_out(const Call& call, Millis now) const;
    void dispatch(Waiting waiting, Millis now, std::vector<ChannelAction>& actions);
    [[nodiscard]] std::vector<ChannelAction> token_answered(Answer answer);
    [[nodiscard]] std::vector<ChannelAction> hold(Ticket ticket, Answer answer, Secret token);
    [[nodiscard]] std::vector<ChannelAction> refuse_secret_calls(const Failure& failure);

    const Gateway& gateway_;
    std::optional<Secret> token_;
    bool renew_ = false;  // the stored token is refused: ask for another before the next use
    bool obtaining_ = false;
    std::optional<Text> shut_;  // no token for this register: nothing goes out until a restart
    std::deque<Waiting> waiting_;
    std::map<Ticket, Waiting> flying_;
    std::optional<Held> held_;
    std::map<std::string, Millis> due_by_key_;
    bool link_up_ = true;
};

}  // namespace linuxcash::core
