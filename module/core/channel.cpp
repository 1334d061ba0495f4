// SPDX-License-Identifier: Apache-2.0
#include "core/channel.h"

#include <algorithm>
#include <utility>

namespace linuxcash::core {
namespace {

constexpr Ticket kTokenTicket = 0;

Failure not_let_out(Text text) {
    return {FailureKind::Access, Sent::None, std::move(text)};
}

}  // namespace

void Channel::submit(Ticket ticket, Call call) {
    waiting_.push_back({ticket, std::move(call), false});
}

bool Channel::withdraw(Ticket ticket) {
    auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& each) {
        return each.ticket == ticket;
    });
    if (found == waiting_.end()) return false;
    waiting_.erase(found);
    return true;
}

std::vector<ChannelAction> Channel::admit(Millis now) {
    std::erase_if(due_by_key_, [&](const auto& each) { return each.second <= now; });
    std::vector<ChannelAction> actions;
    std::deque<Waiting> kept;
    while (!waiting_.empty()) {
        Waiting each = std::move(waiting_.front());
        waiting_.pop_front();
        const bool secret = each.call.bears_secret;
        if (secret && shut_) {
            actions.push_back(Deliver{each.ticket, not_let_out(*shut_)});
        } else if ((secret && secret_way_busy()) || paced_out(each.call, now)) {
            kept.push_back(std::move(each));
        } else if (secret && needs_token()) {
            obtaining_ = true;
            actions.push_back(Dispatch{kTokenTicket, gateway_.obtain_token()->request});
            kept.push_back(std::move(each));
        } else {
            dispatch(std::move(each), now, actions);
        }
    }
    waiting_ = std::move(kept);
    return actions;
}

std::optional<Millis> Channel::due() const {
    std::optional<Millis> earliest;
    for (const Waiting& each : waiting_) {
        if (each.call.bears_secret && secret_way_busy()) continue;
        auto due = due_by_key_.find(each.call.pace_key);
        Millis when = due == due_by_key_.end() ? 0 : due->second;
        earliest = earliest ? std::min(*earliest, when) : when;
    }
    return earliest;
}

std::vector<ChannelAction> Channel::digest(Ticket ticket, Answer answer) {
    const auto* failure = std::get_if<Failure>(&answer);
    if (failure == nullptr) {
        link_up_ = true;
    } else if (failure->kind != FailureKind::Aborted) {
        link_up_ = false;
    }
    if (ticket == kTokenTicket) return token_answered(std::move(answer));
    auto found = flying_.find(ticket);
    if (found == flying_.end()) return {};
    Waiting sent = std::move(found->second);
    flying_.erase(found);
    const auto* reply = std::get_if<Reply>(&answer);
    if (reply == nullptr || !sent.call.bears_secret) return {Deliver{ticket, std::move(answer)}};

    AccessReading access = gateway_.read_access(sent.call, *reply);
    if (access.token && !access.token->empty()) {
        return hold(ticket, std::move(answer), std::move(*access.token));
    }
    switch (access.access) {
        case Access::Fine:
            return {Deliver{ticket, std::move(answer)}};
        case Access::Renew:
            renew_ = true;
            if (sent.renewed) return {Deliver{ticket, not_let_out(std::move(access.text))}};
            sent.renewed = true;
            waiting_.push_front(std::move(sent));
            return {};
        case Access::Missing:
            shut_ = access.text;
            [[fallthrough]];
        case Access::Exists:
            break;
    }
    return {Deliver{ticket, not_let_out(std::move(access.text))}};
}

std::vector<ChannelAction> Channel::token_answered(Answer answer) {
    obtaining_ = false;
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        // Whatever happened to the request for a token, the calls that wait for it were not sent.
        return refuse_secret_calls({failure->kind, Sent::None, failure->text});
    }
    const Reply& reply = std::get<Reply>(answer);
    AccessReading access = gateway_.read_access(*gateway_.obtain_token(), reply);
    if (access.token && !access.token->empty()) {
        return hold(kTokenTicket, std::move(answer), std::move(*access.token));
    }
    if (access.access == Access::Missing) shut_ = access.text;
    if (access.access == Access::Exists) renew_ = true;
    if (access.text.empty()) access.text = gateway_.wording().server_error;
    return refuse_secret_calls(not_let_out(std::move(access.text)));
}

std::vector<ChannelAction> Channel::hold(Ticket ticket, Answer answer, Secret token) {
    if (token_ && *token_ == token && ticket != kTokenTicket) {
        return {Deliver{ticket, std::move(answer)}};
    }
    token_ = std::move(token);
    renew_ = false;
    held_ = Held{ticket, std::move(answer), ticket != kTokenTicket};
    return {SaveSecret{*token_}};
}

std::vector<ChannelAction> Channel::saved(const Result<>& result) {
    if (!held_) return {};
    Held held = *std::move(held_);
    held_.reset();
    if (result.ok()) {
        if (!held.wanted) return {};
        return {Deliver{held.ticket, std::move(held.answer)}};
    }
    // The reply may not be acted on while its token is not safe: for the machine it is a lost
    // reply.
    Failure failure{FailureKind::Storage, Sent::Maybe, result.error().text};
    if (held.wanted) return {Deliver{held.ticket, std::move(failure)}};
    failure.sent = Sent::None;
    return refuse_secret_calls(failure);
}

void Channel::forget_token() {
    token_.reset();
    renew_ = false;
    shut_.reset();
}

bool Channel::must_finish(Ticket ticket) const {
    auto found = flying_.find(ticket);
    return found != flying_.end()
           && (found->second.call.bears_secret || found->second.call.moves_money);
}

bool Channel::quiet() const {
    return !obtaining_ && !held_
           && std::none_of(flying_.begin(), flying_.end(), [](const auto& each) {
                  return each.second.call.bears_secret || each.second.call.moves_money;
              });
}

bool Channel::needs_token() const {
    return (!token_ || renew_) && gateway_.obtain_token().has_value();
}

bool Channel::secret_way_busy() const {
    return obtaining_ || held_ || std::any_of(flying_.begin(), flying_.end(), [](const auto& each) {
               return each.second.call.bears_secret;
           });
}

bool Channel::paced_out(const Call& call, Millis now) const {
    if (call.pace_key.empty()) return false;
    auto due = due_by_key_.find(call.pace_key);
    return due != due_by_key_.end() && due->second > now;
}

void Channel::dispatch(Waiting waiting, Millis now, std::vector<ChannelAction>& actions) {
    if (!waiting.call.pace_key.empty()) {
        due_by_key_[waiting.call.pace_key] = now + waiting.call.pace_ms;
    }
    Request request = waiting.call.request;
    if (waiting.call.bears_secret) gateway_.sign(request, token_);
    actions.push_back(Dispatch{waiting.ticket, std::move(request)});
    Ticket ticket = waiting.ticket;
    flying_.emplace(ticket, std::move(waiting));
}

std::vector<ChannelAction> Channel::refuse_secret_calls(const Failure& failure) {
    std::vector<ChannelAction> actions;
    std::deque<Waiting> kept;
    for (Waiting& each : waiting_) {
        if (each.call.bears_secret) {
            actions.push_back(Deliver{each.ticket, failure});
        } else {
            kept.push_back(std::move(each));
        }
    }
    waiting_ = std::move(kept);
    return actions;
}

}  // namespace linuxcash::core
