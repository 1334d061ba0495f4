// SPDX-License-Identifier: Apache-2.0
#include "world/checker.h"

#include <algorithm>

#include "json/json.h"

namespace linuxcash::world {
namespace {

using core::OperationKind;
using core::Outcome;

// Of one conversation: recovery, session, charge, doubt, the buyer, and what is on the wire before.
constexpr core::Millis kConversationAtMostMs = 480'000;

std::int64_t kopecks_of(const json::Value& body) {
    constexpr int kPlaces = 2;
    const auto sum = body.decimal("sum");
    if (!sum) return -1;
    std::int64_t minor = sum->units();
    for (int place = sum->scale(); place < kPlaces; ++place)
        minor *= 10;
    return minor;
}

std::string last_segment(const std::string& url) {
    return url.substr(url.rfind('/') + 1);
}

bool moved_nothing(Outcome outcome) {
    return outcome == Outcome::Declined || outcome == Outcome::Refused
           || outcome == Outcome::Cancelled;
}

std::string rub(std::int64_t sum) {
    return kopecks(sum).str();
}

}  // namespace

void Checker::broken(const char* invariant, const std::string& what) {
    if (violation_) return;
    violation_ = Violation{invariant, what};
    parts_.chronicle.say([&] { return "*** BROKEN " + violation_->invariant + ": " + what; });
}

const std::string* Checker::order_of(const OperationId& id) const {
    const Entry* entry = parts_.disk.seen().find(id);
    return entry == nullptr || !entry->intent ? nullptr : &entry->intent->order_number;
}

// ---- At the wire ----

void Checker::sent(const core::Request& request) {
    if (request.timeout_ms <= 0) broken("I11", "a request without a deadline");
    const bool post = request.method == "POST";
    const bool refund = post && request.url.ends_with("/reversals");
    const bool charge = post && request.url.ends_with("/pos/payments");
    if (request.method == "DELETE" && request.url.find("/pos/payments/") != std::string::npos) {
        return check_cancel(last_segment(request.url));
    }
    if (!refund && !charge) return;
    const auto body = json::parse(request.body);
    if (!body) return broken("I6", "a request that moves money and is no document");
    const Sending sending{body->string("orderNumber").value_or(""), kopecks_of(*body)};
    const auto known = keys_.emplace(sending.key, sending.sum).first;
    if (known->second != sending.sum) broken("I6", "one key, two sums: " + sending.key);
    if (charge) check_charge(sending);
    if (refund) check_refund(sending);
}

void Checker::check_charge(const Sending& charge) {
    const OperationId* id = parts_.disk.safe().by_order(charge.key);
    if (id == nullptr) return broken("I4", "a charge without a durable intent: " + charge.key);
    const Entry& entry = *parts_.disk.safe().find(*id);
    if (entry.intent->sum.minor() != charge.sum) {
        broken("I6", "a charge of " + rub(charge.sum) + ", intended " + entry.intent->sum.str());
    }
    if (entry.ended) broken("I6", "a charge after its end: " + charge.key);
    const ShopOperation* operation = parts_.shop.find(*id);
    if (operation == nullptr || operation->sum != charge.sum) {
        broken("I6", "a charge that the host has not asked for: " + charge.key);
    }
    check_owing(*id);
}

// O!плати blocks while it owes (ruling O7), and what is in doubt may be owed.
void Checker::check_owing(const OperationId& charged) {
    for (const auto& [id, entry] : parts_.disk.seen().entries()) {
        if (id == charged || !entry.moves_money()) continue;
        if (entry.owes() || !entry.ended) {
            return broken("I6", "a new charge while " + id.brief() + " is owed or in doubt");
        }
    }
}

void Checker::check_refund(const Sending& refund) {
    const OperationId* id = parts_.disk.safe().by_order(refund.key);
    if (id != nullptr) {
        if (parts_.disk.safe().find(*id)->intent->sum.minor() == refund.sum)
            return check_owing(*id);
        return broken("I6", "a refund of another sum than intended: " + refund.key);
    }
    const auto& entries = parts_.disk.safe().entries();
    const bool owed = std::any_of(entries.begin(), entries.end(), [&](const auto& each) {
        const Entry& entry = each.second;
        return entry.owes() && entry.owed->order_number == refund.key
               && entry.intent->sum.minor() == refund.sum;
    });
    if (!owed) broken("I4", "a refund that is not durable: " + refund.key);
}

void Checker::check_cancel(const std::string& key) {
    for (const auto& [id, entry] : parts_.disk.safe().entries()) {
        if (!entry.intent || entry.intent->order_number != key || !entry.moves_money()) continue;
        if (entry.owes()) return;
    }
    // The key may be the gateway's own number: then any debt will do.
    const auto& entries = parts_.disk.safe().entries();
    const bool owed = std::any_of(
        entries.begin(), entries.end(), [](const auto& each) { return each.second.owes(); });
    const bool ours = parts_.disk.seen().by_order(key) != nullptr;
    if (ours || !owed) broken("I4", "a cancel without a durable debt: " + key);
}

// ---- At the bank ----

void Checker::bank_moved() {
    if (!books_.read(parts_.bank.ledger().events())) return;
    parts_.chronicle.say([&] { return "bank: " + books_.last(); });
    check_money();
}

void Checker::check_money() {
    for (const auto& [order, sale] : books_.sales()) {
        if (sale.captures > 1) broken("I1", "captured twice: " + order);
        if (sale.returned > sale.captured || sale.returned < 0) {
            broken("I9", "returned " + rub(sale.returned) + " of " + rub(sale.captured));
        }
        const auto sent = keys_.find(order);
        if (sale.captured != 0 && (sent == keys_.end() || sent->second != sale.captured)) {
            broken("I1", "captured another sum than asked for: " + order);
        }
    }
    for (const auto& [order, reversal] : books_.reversals()) {
        const auto sent = keys_.find(order);
        const std::int64_t asked = sent == keys_.end() ? 0 : sent->second;
        if (reversal.done > 1 || reversal.returned > asked) {
            broken("I9", "one refund, given back more than once: " + order);
        }
    }
    for (const ShopOperation& operation : parts_.shop.operations) {
        const auto told = told_.find(operation.id);
        if (told != told_.end()) check_operation(operation, told->second);
    }
    check_papers();
}

// What was said to the cashier stays true for ever.
void Checker::check_operation(const ShopOperation& operation, const Told& told) {
    if (operation.kind == OperationKind::Undo && told.outcome == Outcome::Approved) {
        const std::string* order = order_of(*operation.target);
        const ShopOperation* target = parts_.shop.find(*operation.target);
        const bool refund = target != nullptr && target->kind == OperationKind::Refund;
        const std::int64_t left = order == nullptr ? 0
                                  : refund         ? books_.returned(*order)
                                                   : books_.kept(*order);
        if (left != 0) broken("I8", "told undone, still with the gateway: " + rub(left));
        return;
    }
    const std::string* order = order_of(operation.id);
    if (order == nullptr || !moved_nothing(told.outcome)) return;
    const std::int64_t moved =
        operation.kind == OperationKind::Refund ? books_.returned(*order) : books_.captured(*order);
    if (moved == 0 || operation.kind == OperationKind::Undo) return;
    broken(
        "I2", "told " + std::string(core::name(told.outcome)) + ", and the gateway moved "
                  + rub(moved) + ": " + *order);
}

// However many operations a receipt sees, its buyer never has more taken than it costs.
void Checker::check_papers() {
    for (const Paper& paper : parts_.shop.papers) {
        std::int64_t taken = 0;
        for (const ShopOperation& each : parts_.shop.operations) {
            if (each.paper != paper.number || each.kind != OperationKind::Pay) continue;
            const std::string* order = order_of(each.id);
            if (order != nullptr) taken += books_.kept(*order);
        }
        if (taken > paper.total) {
            broken("I1", "receipt of " + rub(paper.total) + " is charged " + rub(taken));
        }
    }
}

// ---- At the host ----

void Checker::begun(const OperationId& id) {
    begun_[id] = parts_.clock.now;
}

void Checker::told(const ShopOperation& operation, const core::Finished& finished) {
    const auto begun = begun_.find(operation.id);
    if (begun != begun_.end() && parts_.clock.now - begun->second > kConversationAtMostMs) {
        broken("I11", "a conversation took too long");
    }
    const Entry* entry = parts_.disk.safe().find(operation.id);
    const Told now{finished.outcome, finished.reason, entry != nullptr && entry->ended};
    const auto [before, first] = told_.emplace(operation.id, now);
    const bool was_durable = before->second.durable;
    if (!first && was_durable && before->second.outcome != finished.outcome) {
        broken("I7", "told " + std::string(core::name(before->second.outcome)) + " before");
    }
    before->second = now;
    if (finished.sum.minor() != operation.sum && operation.kind != OperationKind::Undo) {
        broken("I3", "another sum was told");
    }
    check_durable(operation, finished);
    if (finished.outcome == Outcome::Approved) check_approved(operation);
    check_operation(operation, now);
}

void Checker::check_durable(const ShopOperation& operation, const core::Finished& finished) {
    const Entry* entry = parts_.disk.safe().find(operation.id);
    const bool intended = entry != nullptr && entry->intent;
    if (operation.kind == OperationKind::Undo) {
        const Entry* target = parts_.disk.safe().find(*operation.target);
        const bool stands = target != nullptr && (target->owed || target->discharged);
        if (finished.outcome == Outcome::Unknown && !stands) {
            broken("I5", "told that an undo is queued, and it is not durable");
        }
        return;
    }
    const bool unsaved =
        finished.outcome == Outcome::Unknown && finished.reason == core::Reason::Journal;
    if (finished.outcome == Outcome::Approved || (intended && !unsaved)) {
        if (!intended || entry->ended != finished.outcome) {
            broken("I5", "told " + std::string(core::name(finished.outcome)) + ", not durable");
        }
    }
    if (finished.outcome != Outcome::Unknown) return;
    const bool owed = intended && (entry->owed || (unsaved && !entry->ended));
    if (!owed) broken("I5", "told unknown, and no debt is durable");
}

void Checker::check_approved(const ShopOperation& operation) {
    if (operation.kind == OperationKind::Undo) return;
    const std::string* order = order_of(operation.id);
    if (order == nullptr) return broken("I3", "told approved without an intent");
    const bool refund = operation.kind == OperationKind::Refund;
    const std::int64_t moved = refund ? books_.returned(*order) : books_.captured(*order);
    if (moved != operation.sum) {
        broken("I3", "told approved, moved " + rub(moved) + " of " + rub(operation.sum));
    }
}

void Checker::cancelled(const OperationId& id, bool finished) {
    if (!finished) broken("I11", "cancel of " + id.brief() + " was not answered at once");
}

// What the host had heard and not written down, it has not heard.
void Checker::restarted() {
    begun_.clear();
    std::erase_if(told_, [&](const auto& each) {
        const ShopOperation* operation = parts_.shop.find(each.first);
        return !each.second.durable && !operation->word;
    });
}

void Checker::disk_failed() {
    for (auto& [id, since] : begun_)
        since = parts_.clock.now;
}

void Checker::stuck(const std::string& where) {
    broken("I11", "nothing goes wrong any more, and it is not over: " + where);
}

void Checker::quiet(const runtime::Engine& engine, bool listed) {
    if (!parts_.disk.damage().empty()) broken("I7", "journal: " + parts_.disk.damage());
    if (!engine.queue().empty() && !listed) broken("I8", "the queue is not empty");
    if (!engine.unclaimed().empty()) broken("I2", "money that nobody has claimed");
    for (const auto& [id, entry] : parts_.disk.seen().entries()) {
        // The line of an undo is for people; what is owed stands with its payment.
        if (!entry.moves_money() || (listed && entry.owes())) continue;
        if (!entry.ended) broken("I11", "no end: " + id.brief());
        if (entry.owes()) broken("I8", "still owed: " + id.brief());
        if (!entry.closed) broken("I11", "never closed: " + id.brief());
    }
    std::int64_t in_papers = 0;
    for (const ShopOperation& each : parts_.shop.operations) {
        if (each.kind != OperationKind::Pay) continue;
        const PaidLine* line = parts_.shop.line(each.id);
        const std::string* order = order_of(each.id);
        const std::int64_t expected = line == nullptr ? 0 : line->sum - line->refunded;
        const std::int64_t kept = order == nullptr ? 0 : books_.kept(*order);
        in_papers += expected;
        if (kept == expected) continue;
        broken(
            expected < kept ? "I2" : "I3", "receipts say " + rub(expected) + ", the gateway keeps "
                                               + rub(kept) + " for " + each.id.brief());
    }
    std::int64_t at_bank = 0;
    for (const auto& [order, sale] : books_.sales())
        at_bank += sale.kept();
    if (at_bank != in_papers) {
        broken("I10", "receipts " + rub(in_papers) + ", gateway " + rub(at_bank));
    }
}

}  // namespace linuxcash::world
