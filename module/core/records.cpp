// SPDX-License-Identifier: Apache-2.0
#include "core/records.h"

#include <array>
#include <map>

#include "core/word_table.h"

namespace linuxcash::core {
namespace {

constexpr std::array kOperationKinds{
    std::pair{OperationKind::Pay, std::string_view{"pay"}},
    std::pair{OperationKind::Undo, std::string_view{"undo"}},
    std::pair{OperationKind::Refund, std::string_view{"refund"}},
    std::pair{OperationKind::RefundUndo, std::string_view{"refund_undo"}},
};

constexpr std::array kObligationKinds{
    std::pair{ObligationKind::Undo, std::string_view{"undo"}},
    std::pair{ObligationKind::Refund, std::string_view{"refund"}},
    std::pair{ObligationKind::Confirm, std::string_view{"confirm"}},
};

constexpr std::array kSettled{
    std::pair{Settled::Kept, std::string_view{"kept"}},
    std::pair{Settled::Undone, std::string_view{"undone"}},
};

Error damaged(const Record& record, Text what) {
    return {ErrorCode::Damaged, tr("журнал: операция %1: %2", record.operation.hex(), what)};
}

// How each kind of fact changes an operation; the text says what is wrong when it cannot.
struct Folding {
    Operation& operation;
    std::int64_t at_ms;

    Text operator()(const Intent&) const { return tr("второе намерение"); }

    Text operator()(const Learned& learned) const {
        operation.payment_id = learned.payment_id;
        return {};
    }

    Text operator()(const Ended& ended) const {
        if (operation.ended) return tr("второй исход");
        operation.ended = ended;
        return {};
    }

    Text operator()(const Owed& owed) const {
        // After a discharge: the gateway told later that the money had moved all the same.
        if (!operation.owes()) operation.owed_at_ms = at_ms;
        operation.discharged.reset();
        operation.owed = owed;
        return {};
    }

    Text operator()(const Discharged& discharged) const {
        if (!operation.owed) return tr("погашение без долга");
        if (operation.discharged) return tr("второе погашение");
        operation.discharged = discharged;
        return {};
    }

    Text operator()(const HostSettled& settled) const {
        if (operation.settled && *operation.settled != settled.settled) {
            return tr("второе, другое слово кассы");
        }
        operation.settled = settled.settled;
        return {};
    }
};

}  // namespace

std::string_view name(OperationKind kind) {
    return word_of(kOperationKinds, kind);
}

std::optional<OperationKind> parse_operation_kind(std::string_view word) {
    return of_word(kOperationKinds, word);
}

std::string_view name(ObligationKind kind) {
    return word_of(kObligationKinds, kind);
}

std::optional<ObligationKind> parse_obligation_kind(std::string_view word) {
    return of_word(kObligationKinds, word);
}

std::string_view name(Settled settled) {
    return word_of(kSettled, settled);
}

std::optional<Settled> parse_settled(std::string_view word) {
    return of_word(kSettled, word);
}

bool Operation::closed() const {
    if (!ended || owes()) return false;
    return !unclaimed();
}

bool Operation::unclaimed() const {
    if (settled || intent.kind == OperationKind::Undo || intent.kind == OperationKind::RefundUndo) {
        return false;
    }
    if (!ended) return true;
    return ended->outcome == Outcome::Approved && !owed;
}

Money given_back(const Operation& payment, const std::vector<Operation>& about) {
    Money sum{0, payment.intent.sum.currency()};
    for (const Operation& each : about) {
        if (each.intent.kind != OperationKind::Refund) continue;
        const bool absent = each.ended && each.ended->outcome != Outcome::Approved && !each.owes();
        const bool undone = each.discharged.has_value();
        if (!absent && !undone) sum = sum + each.intent.sum;
    }
    return sum;
}

Money left_to_refund(const Operation& payment, const std::vector<Operation>& about) {
    const Money nothing{0, payment.intent.sum.currency()};
    const bool holds = payment.intent.kind == OperationKind::Pay && payment.ended
                       && payment.ended->outcome == Outcome::Approved && !payment.owed;
    if (!holds) return nothing;
    const Money left = payment.intent.sum - given_back(payment, about);
    return left < nothing ? nothing : left;
}

Result<Operation> fold(std::optional<Operation> operation, const Record& record) {
    if (const auto* intent = std::get_if<Intent>(&record.fact); intent && !operation) {
        Operation begun;
        begun.id = record.operation;
        begun.intent = *intent;
        begun.began_at_ms = record.at_ms;
        return begun;
    }
    if (!operation) return damaged(record, tr("запись без намерения"));
    Text wrong = std::visit(Folding{*operation, record.at_ms}, record.fact);
    if (!wrong.empty()) return damaged(record, wrong);
    return *std::move(operation);
}

Result<std::vector<Operation>> fold(const std::vector<Record>& records) {
    std::vector<Operation> operations;
    std::map<OperationId, std::size_t> places;
    for (const Record& record : records) {
        auto known = places.find(record.operation);
        std::optional<Operation> before;
        if (known != places.end()) before = std::move(operations[known->second]);
        Result<Operation> after = fold(std::move(before), record);
        if (!after) return after.error();
        if (known != places.end()) {
            operations[known->second] = std::move(after).value();
        } else {
            places.emplace(record.operation, operations.size());
            operations.push_back(std::move(after).value());
        }
    }
    return operations;
}

}  // namespace linuxcash::core
