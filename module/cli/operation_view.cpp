// SPDX-License-Identifier: Apache-2.0
#include "cli/operation_view.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>
#include <variant>

namespace linuxcash::cli {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::string_view kPending = "pending";

std::string outcome_of(const core::Operation& operation) {
    return std::string(operation.ended ? core::name(operation.ended->outcome) : kPending);
}

std::string sum_of(const core::Intent& intent) {
    return intent.sum.str() + " " + std::string(intent.sum.currency().code());
}

std::int64_t age_s(const core::Operation& operation, std::int64_t now_ms) {
    return std::max<std::int64_t>(0, now_ms - operation.owed_at_ms) / kMsPerSecond;
}

// Writes a fact of a record into a document.
struct FactDocument {
    json::Value& document;

    void operator()(const core::Intent& intent) const {
        document.set("fact", "intent").set("kind", core::name(intent.kind));
        document.set("type", intent.type).set("receipt", intent.receipt_uid);
        document.set("receipt_number", intent.receipt_number);
        document.set("sum", intent.sum.str()).set("currency", intent.sum.currency().code());
        document.set("order", intent.order_number).set("shift", intent.shift_label);
        document.set("cashier", intent.cashier);
        if (intent.target) document.set("target", intent.target->hex());
    }
    void operator()(const core::Learned& learned) const {
        document.set("fact", "learned").set("gateway_id", learned.payment_id);
    }
    void operator()(const core::Ended& ended) const {
        document.set("fact", "ended").set("outcome", core::name(ended.outcome));
        document.set("reason", core::name(ended.reason)).set("text", ended.text);
    }
    void operator()(const core::Owed& owed) const {
        document.set("fact", "owed").set("kind", core::name(owed.kind));
        document.set("order", owed.order_number);
    }
    void operator()(const core::Discharged& discharged) const {
        document.set("fact", "discharged").set("how", discharged.how);
    }
    void operator()(const core::HostSettled& settled) const {
        document.set("fact", "settled").set("word", core::name(settled.settled));
    }
};

// The same as a line.
struct FactLine {
    std::string operator()(const core::Intent& intent) const {
        return "intent\t" + std::string(core::name(intent.kind)) + "\t" + sum_of(intent) + "\t"
               + std::to_string(intent.receipt_number) + "\t" + intent.order_number
               + (intent.target ? "\tof " + intent.target->hex() : "");
    }
    std::string operator()(const core::Learned& learned) const {
        return "learned\t" + learned.payment_id;
    }
    std::string operator()(const core::Ended& ended) const {
        return "ended\t" + std::string(core::name(ended.outcome)) + "\t"
               + std::string(core::name(ended.reason)) + "\t" + ended.text;
    }
    std::string operator()(const core::Owed& owed) const {
        return "owed\t" + std::string(core::name(owed.kind)) + "\t" + owed.order_number;
    }
    std::string operator()(const core::Discharged& discharged) const {
        return "discharged\t" + discharged.how;
    }
    std::string operator()(const core::HostSettled& settled) const {
        return "settled\t" + std::string(core::name(settled.settled));
    }
};

}  // namespace

std::string moment(std::int64_t wall_ms) {
    const std::time_t seconds = wall_ms / kMsPerSecond;
    std::tm local{};
    std::array<char, 32> text{};
    if (::localtime_r(&seconds, &local) == nullptr) return "?";
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &local);
    return text.data();
}

Text duration(std::int64_t ms) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 60 * kMinute;
    constexpr std::int64_t kDay = 24 * kHour;
    // A clock that went back made nothing younger than nothing.
    const std::int64_t seconds = std::max<std::int64_t>(0, ms / kMsPerSecond);
    if (seconds >= kDay) return tr("%1 сут %2 ч", seconds / kDay, seconds % kDay / kHour);
    if (seconds >= kHour) return tr("%1 ч %2 мин", seconds / kHour, seconds % kHour / kMinute);
    if (seconds >= kMinute) return tr("%1 мин", seconds / kMinute);
    return tr("%1 с", seconds);
}

json::Value document_of(const std::string& system, const core::Operation& operation) {
    const core::Intent& intent = operation.intent;
    json::Value document = json::object(
        {{"operation", operation.id.hex()},
         {"system", system},
         {"kind", core::name(intent.kind)},
         {"type", intent.type},
         {"receipt", intent.receipt_uid},
         {"receipt_number", intent.receipt_number},
         {"sum", intent.sum.str()},
         {"currency", intent.sum.currency().code()},
         {"order", intent.order_number},
         {"gateway_id", operation.payment_id},
         {"began", moment(operation.began_at_ms)},
         {"outcome", outcome_of(operation)},
         {"owed", operation.owes()}});
    if (operation.intent.target) document.set("target", operation.intent.target->hex());
    if (operation.ended) document.set("reason", core::name(operation.ended->reason));
    if (operation.owed) document.set("obligation", core::name(operation.owed->kind));
    if (operation.settled) document.set("settled", core::name(*operation.settled));
    return document;
}

std::string line_of(const std::string& system, const core::Operation& operation) {
    std::string line = moment(operation.began_at_ms) + "\t" + operation.id.hex() + "\t" + system;
    line += "\t" + std::string(core::name(operation.intent.kind)) + "\t";
    line += std::to_string(operation.intent.receipt_number) + "\t" + sum_of(operation.intent);
    line += "\t" + outcome_of(operation);
    if (operation.intent.target) line += "\tof " + operation.intent.target->brief();
    if (operation.owes()) line += "\towes " + std::string(core::name(operation.owed->kind));
    return line;
}

json::Value document_of(const core::Record& record) {
    json::Value document = json::object({{"at", moment(record.at_ms)}});
    std::visit(FactDocument{document}, record.fact);
    return document;
}

std::string line_of(const core::Record& record) {
    return moment(record.at_ms) + "\t" + std::visit(FactLine{}, record.fact);
}

json::Value obligation_document(
    const std::string& system, const core::Operation& operation, std::int64_t now_ms) {
    return json::object(
        {{"operation", operation.id.hex()},
         {"kind", core::name(operation.owed->kind)},
         {"system", system},
         {"receipt", operation.intent.receipt_uid},
         {"receipt_number", operation.intent.receipt_number},
         {"sum", operation.intent.sum.str()},
         {"currency", operation.intent.sum.currency().code()},
         {"age", age_s(operation, now_ms)}});
}

std::string obligation_line(
    const std::string& system, const core::Operation& operation, std::int64_t now_ms) {
    std::string line = operation.id.hex() + "\t" + system + "\t";
    line += std::string(core::name(operation.owed->kind)) + "\t" + sum_of(operation.intent) + "\t";
    line += std::to_string(operation.intent.receipt_number) + "\t";
    return line + std::to_string(age_s(operation, now_ms));
}

}  // namespace linuxcash::cli
