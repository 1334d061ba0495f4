// SPDX-License-Identifier: Apache-2.0
#include "forms/comparison.h"

#include <algorithm>
#include <utility>

#include "forms/forms.h"
#include "forms/shapes.h"
#include "json/json.h"

namespace linuxcash::forms {

using reports::Kind;
using reports::Record;
using reports::Value;
using reports::Values;

namespace {

Fields side_fields() {
    return {
        {"pays", Kind::Number},
        {"paid", Kind::Money},
        {"refunds", Kind::Number},
        {"refunded", Kind::Money},
        {"total", Kind::Money}};
}

Fields difference_fields() {
    return {
        {"kind"},
        {"name"},
        {"sum", Kind::Money},
        {"operation"},
        {"order_number"},
        {"gateway_id"},
        {"receipt", Kind::Number},
        {"ours", Kind::Money},
        {"theirs", Kind::Money},
        {"text"},
        {"remedy"}};
}

}  // namespace

Fields comparison_fields() {
    return {
        {"now", Kind::Time},
        {"desk"},
        {"shift", Kind::Number},
        {"comparisons",
         Kind::List,
         {{"title"},
          {"outcome"},
          {"text"},
          {"at", Kind::Time},
          {"currency"},
          {"ours", Kind::Record, side_fields()},
          {"theirs", Kind::Record, side_fields()},
          {"differences", Kind::List, difference_fields()}}}};
}

namespace {

std::string text_of(const json::Value& object, std::string_view key) {
    return object.string(key).value_or("");
}

void set_money(Record& record, const char* name, const json::Value& object, Currency currency) {
    const auto sum = Money::parse(text_of(object, name), currency);
    if (sum) record.set(name, *sum);
}

// {"pays": {"count", "sum"}, "refunds": {"count", "sum"}, "total"}
Record side_data(const json::Value& side, Currency currency) {
    Record record;
    for (const auto& [key, counted, summed] :
         {std::tuple("pays", "pays", "paid"), std::tuple("refunds", "refunds", "refunded")}) {
        const json::Value* part = side.find(key);
        if (part == nullptr) continue;
        record.set(counted, Value::of(part->integer("count").value_or(0)));
        const auto sum = Money::parse(text_of(*part, "sum"), currency);
        if (sum) record.set(summed, *sum);
    }
    set_money(record, "total", side, currency);
    return record;
}

Record difference_data(const json::Value& difference, Currency currency) {
    Record record;
    for (const char* key : {"kind", "operation", "order_number", "gateway_id", "text", "remedy"})
        record.set(key, text_of(difference, key));
    record.set("receipt", Value::of(difference.integer("receipt_number").value_or(0)));
    set_money(record, "theirs", difference, currency);
    set_money(record, "ours", difference, currency);
    // One name and one sum for it, whichever side knows them.
    constexpr std::size_t kBriefDigits = 8;
    std::string name = text_of(difference, "order_number");
    if (name.empty()) name = text_of(difference, "operation").substr(0, kBriefDigits);
    if (name.empty()) name = text_of(difference, "gateway_id");
    record.set("name", std::move(name));
    for (const char* side : {"ours", "theirs"}) {
        const Value* sum = record.find(side);
        if (sum == nullptr) continue;
        record.set("sum", Value(*sum));
        break;
    }
    return record;
}

Record made_data(const till::Reconciliation& made, const std::string& title, Currency otherwise) {
    Record record;
    record.set("title", title).set("outcome", made.outcome).set("text", made.text);
    record.set("at", local_time(made.at_ms));
    const Result<json::Value> parsed = json::parse(made.comparison);
    if (!parsed || parsed->object() == nullptr) return record;
    const json::Value& comparison = *parsed;
    if (const auto named = comparison.string("title")) record.set("title", *named);
    const Currency currency = Currency::parse(text_of(comparison, "currency")).value_or(otherwise);
    record.set("currency", std::string(currency.code()));
    for (const char* side : {"ours", "theirs"}) {
        const json::Value* totals = comparison.find(side);
        if (totals != nullptr) record.set(side, side_data(*totals, currency));
    }
    Values differences;
    if (const json::Array* found = comparison.array("differences")) {
        for (const json::Value& each : *found)
            differences.emplace_back(difference_data(each, currency));
    }
    record.set("differences", std::move(differences));
    return record;
}

Record sheet(std::int64_t shift, Values comparisons, const Occasion& occasion) {
    Record record;
    record.set("now", local_time(occasion.now_ms)).set("desk", occasion.desk);
    record.set("shift", Value::of(shift)).set("comparisons", std::move(comparisons));
    return record;
}

}  // namespace

std::string title_of(const std::vector<till::PaymentType>& types, const std::string& system) {
    const auto found = std::find_if(
        types.begin(), types.end(), [&](const auto& each) { return each.module() == system; });
    return found == types.end() ? system : found->name;
}

Record comparison_data(
    const till::Reconciliation& made, const std::string& title, const Occasion& occasion) {
    return sheet(made.shift, Values{made_data(made, title, occasion.currency)}, occasion);
}

Result<Record> comparisons_data(
    till::Till& till, const till::Shift& shift, const Occasion& occasion) {
    const auto made = till.reconciliations(shift.number);
    if (!made) return made.error();
    const auto types = till.payment_types();
    if (!types) return types.error();
    std::vector<const till::Reconciliation*> last;
    for (const till::Reconciliation& each : *made) {
        const auto same = std::find_if(last.begin(), last.end(), [&](const auto* earlier) {
            return earlier->system == each.system;
        });
        // A comparison that was made is worth more than a later one that failed.
        if (same == last.end()) {
            last.push_back(&each);
        } else if (each.outcome == "done" || (*same)->outcome != "done") {
            *same = &each;
        }
    }
    Values comparisons;
    for (const till::Reconciliation* each : last)
        comparisons.emplace_back(
            made_data(*each, title_of(*types, each->system), occasion.currency));
    return sheet(shift.number, std::move(comparisons), occasion);
}

}  // namespace linuxcash::forms
