// SPDX-License-Identifier: Apache-2.0
#include "journal/codec.h"

#include <array>
#include <limits>
#include <utility>

#include "json/json.h"

namespace linuxcash::journal {

namespace {

using core::Discharged;
using core::Ended;
using core::Fact;
using core::HostSettled;
using core::Intent;
using core::Learned;
using core::Owed;

Error damaged(Text text) {
    return {ErrorCode::Damaged, std::move(text)};
}

// Takes members out of an object and remembers the first that is missing or wrong.
class Members {
public:
    explicit Members(const json::Value& object) : object_(object) {}

    [[nodiscard]] std::string text(std::string_view key) {
        auto value = object_.string(key);
        if (!value) blame(key);
        return value.value_or("");
    }

    [[nodiscard]] std::int64_t number(std::string_view key) {
        const auto value = object_.integer(key);
        if (!value) blame(key);
        return value.value_or(0);
    }

    [[nodiscard]] int small_number(std::string_view key) {
        const std::int64_t value = number(key);
        using Limits = std::numeric_limits<int>;
        if (value < Limits::min() || value > Limits::max()) blame(key);
        return static_cast<int>(value);
    }

    template <typename Enum>
    [[nodiscard]] Enum word(
        std::string_view key, std::optional<Enum> (*parse)(std::string_view), Enum otherwise) {
        const auto value = parse(text(key));
        if (!value) blame(key);
        return value.value_or(otherwise);
    }

    [[nodiscard]] Money money(std::string_view key, std::string_view currency_key) {
        const auto currency = Currency::parse(text(currency_key));
        if (!currency) blame(currency_key);
        const auto value = Money::parse(text(key), currency.value_or(Currency()));
        if (!value) blame(key);
        return value.value_or(Money());
    }

    // Absent is nullopt.
    [[nodiscard]] std::optional<OperationId> id(std::string_view key) {
        if (object_.find(key) == nullptr) return std::nullopt;
        auto value = OperationId::parse(text(key));
        if (!value) blame(key);
        return value;
    }

    // The first member that did not do; empty when all did.
    [[nodiscard]] const std::string& wrong() const { return wrong_; }

private:
    void blame(std::string_view key) {
        if (wrong_.empty()) wrong_ = key;
    }

    const json::Value& object_;
    std::string wrong_;
};

struct KindOf {
    std::string_view operator()(const Intent&) const { return "intent"; }
    std::string_view operator()(const Learned&) const { return "learned"; }
    std::string_view operator()(const Ended&) const { return "ended"; }
    std::string_view operator()(const Owed&) const { return "owed"; }
    std::string_view operator()(const Discharged&) const { return "discharged"; }
    std::string_view operator()(const HostSettled&) const { return "settled"; }
};

struct Write {
    json::Value operator()(const Intent& intent) const {
        json::Value body = json::object({
            {"kind", core::name(intent.kind)},
            {"type", intent.type},
            {"receipt", intent.receipt_uid},
            {"number", intent.receipt_number},
            {"shift", intent.shift_label},
            {"sum", intent.sum.str()},
            {"currency", intent.sum.currency().code()},
            {"order", intent.order_number},
            {"cashier", intent.cashier},
        });
        if (intent.target) body.set("target", intent.target->hex());
        return body;
    }
    json::Value operator()(const Learned& learned) const {
        return json::object({{"payment", learned.payment_id}});
    }
    json::Value operator()(const Ended& ended) const {
        return json::object(
            {{"outcome", core::name(ended.outcome)},
             {"reason", core::name(ended.reason)},
             {"text", ended.text}});
    }
    json::Value operator()(const Owed& owed) const {
        return json::object({{"what", core::name(owed.kind)}, {"order", owed.order_number}});
    }
    json::Value operator()(const Discharged& discharged) const {
        return json::object({{"how", discharged.how}});
    }
    json::Value operator()(const HostSettled& settled) const {
        return json::object({{"word", core::name(settled.settled)}});
    }
};

Fact read_intent(Members& members) {
    Intent intent;
    intent.kind = members.word("kind", &core::parse_operation_kind, core::OperationKind::Pay);
    intent.target = members.id("target");
    intent.type = members.small_number("type");
    intent.receipt_uid = members.text("receipt");
    intent.receipt_number = members.number("number");
    intent.shift_label = members.text("shift");
    intent.sum = members.money("sum", "currency");
    intent.order_number = members.text("order");
    intent.cashier = members.text("cashier");
    return intent;
}

Fact read_learned(Members& members) {
    return Learned{members.text("payment")};
}

Fact read_ended(Members& members) {
    Ended ended;
    ended.outcome = members.word("outcome", &core::parse_outcome, core::Outcome::Unknown);
    ended.reason = members.word("reason", &core::parse_reason, core::Reason::None);
    ended.text = members.text("text");
    return ended;
}

Fact read_owed(Members& members) {
    Owed owed;
    owed.kind = members.word("what", &core::parse_obligation_kind, core::ObligationKind::Undo);
    owed.order_number = members.text("order");
    return owed;
}

Fact read_discharged(Members& members) {
    return Discharged{members.text("how")};
}

Fact read_settled(Members& members) {
    return HostSettled{members.word("word", &core::parse_settled, core::Settled::Kept)};
}

using Read = Fact (*)(Members&);

constexpr std::array<std::pair<std::string_view, Read>, std::variant_size_v<Fact>> kReaders{{
    {"intent", &read_intent},
    {"learned", &read_learned},
    {"ended", &read_ended},
    {"owed", &read_owed},
    {"discharged", &read_discharged},
    {"settled", &read_settled},
}};

Read reader_of(std::string_view kind) {
    for (const auto& [word, read] : kReaders) {
        if (word == kind) return read;
    }
    return nullptr;
}

}  // namespace

std::string_view kind_of(const Fact& fact) {
    return std::visit(KindOf{}, fact);
}

Result<std::string> encode(const Fact& fact) {
    std::string body = std::visit(Write{}, fact).str();
    // What could not be read at the next start must not be written now.
    const auto again = decode(kind_of(fact), body);
    if (again && *again == fact) return body;
    return Error{
        ErrorCode::InvalidInput,
        tr("запись «%1» нельзя сохранить: в ней не текст UTF-8 или недопустимое значение",
           kind_of(fact))};
}

Result<Fact> decode(std::string_view kind, std::string_view body) {
    const Read read = reader_of(kind);
    if (read == nullptr) return damaged(tr("неизвестный вид записи «%1»", kind));
    const auto object = json::parse(body);
    if (!object) return damaged(tr("запись «%1»: %2", kind, object.error().text));
    Members members(*object);
    Fact fact = read(members);
    if (members.wrong().empty()) return fact;
    return damaged(tr("запись «%1»: нет поля %2, или значение его неверно", kind, members.wrong()));
}

}  // namespace linuxcash::journal
