// SPDX-License-Identifier: Apache-2.0
#include "world/journal_view.h"

#include <type_traits>
#include <variant>

namespace linuxcash::world {
namespace {

using core::OperationKind;

// Nothing may be forgotten of an operation that is not over.
std::string hides(const Entry& entry) {
    if (!entry.ended) return "closed without an end";
    if (entry.owes()) return "closed while something is owed";
    const bool claimed = entry.settled || entry.owed;
    if (entry.moves_money() && *entry.ended == core::Outcome::Approved && !claimed) {
        return "closed although nobody has claimed its money";
    }
    return {};
}

}  // namespace

std::string JournalView::apply(Entry& entry, const core::Fact& fact) {
    if (const auto* intent = std::get_if<core::Intent>(&fact)) {
        if (entry.intent) return "a second intent";
        entry.intent = *intent;
        return {};
    }
    if (!entry.intent) return "a record without its intent";
    if (const auto* ended = std::get_if<core::Ended>(&fact)) {
        if (entry.ended) return "a second end";
        entry.ended = ended->outcome;
    } else if (const auto* owed = std::get_if<core::Owed>(&fact)) {
        // After a discharge: the money turned up all the same.
        entry.discharged = false;
        entry.owed = *owed;
    } else if (std::holds_alternative<core::Discharged>(fact)) {
        if (!entry.owed) return "a discharge of nothing";
        if (entry.discharged) return "a second discharge";
        entry.discharged = true;
    } else if (const auto* settled = std::get_if<core::HostSettled>(&fact)) {
        if (entry.settled && *entry.settled != settled->settled) return "a second, other word";
        entry.settled = settled->settled;
    }
    return {};
}

std::string JournalView::apply(const core::Commit& commit) {
    std::string wrong;
    for (const auto& [id, fact] : commit.facts) {
        Entry& entry = entries_[id];
        entry.closed = false;
        const std::string found = apply(entry, fact);
        if (wrong.empty()) wrong = found;
        const auto* intent = std::get_if<core::Intent>(&fact);
        const bool keyed = intent != nullptr && entry.moves_money();
        if (keyed && !by_order_.emplace(intent->order_number, id).second && wrong.empty()) {
            wrong = "a key that another operation has";
        }
    }
    for (const OperationId& id : commit.closed) {
        Entry& entry = entries_[id];
        entry.closed = true;
        const std::string hidden = hides(entry);
        if (wrong.empty()) wrong = hidden;
    }
    return wrong;
}

const Entry* JournalView::find(const OperationId& id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
}

const OperationId* JournalView::by_order(const std::string& order_number) const {
    const auto found = by_order_.find(order_number);
    return found == by_order_.end() ? nullptr : &found->second;
}

std::string describe(const core::Fact& fact) {
    if (const auto* intent = std::get_if<core::Intent>(&fact)) {
        return "intent " + std::string(core::name(intent->kind)) + ' ' + intent->sum.str() + ' '
               + intent->order_number;
    }
    if (const auto* ended = std::get_if<core::Ended>(&fact)) {
        return "end " + std::string(core::name(ended->outcome)) + ' '
               + std::string(core::name(ended->reason));
    }
    if (const auto* owed = std::get_if<core::Owed>(&fact)) {
        return "owed " + std::string(core::name(owed->kind)) + ' ' + owed->order_number;
    }
    if (const auto* learned = std::get_if<core::Learned>(&fact)) {
        return "number " + learned->payment_id;
    }
    if (const auto* settled = std::get_if<core::HostSettled>(&fact)) {
        return "settled " + std::string(core::name(settled->settled));
    }
    return "discharged";
}

}  // namespace linuxcash::world
