// SPDX-License-Identifier: Apache-2.0
#include "entry/documents.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/word_table.h"
#include "entry/version.h"
#include "json/json.h"
#include "slips/document.h"

namespace linuxcash::entry {
namespace {

using json::Value;

constexpr std::array kPaymentKinds{
    std::pair{core::PaymentKind::Cash, std::string_view{"cash"}},
    std::pair{core::PaymentKind::Card, std::string_view{"card"}},
    std::pair{core::PaymentKind::Other, std::string_view{"other"}},
};
constexpr std::array kSettingTypes{
    std::pair{SettingType::String, std::string_view{"string"}},
    std::pair{SettingType::Url, std::string_view{"url"}},
    std::pair{SettingType::Integer, std::string_view{"integer"}},
    std::pair{SettingType::Boolean, std::string_view{"boolean"}},
    std::pair{SettingType::Choice, std::string_view{"choice"}},
};

// Takes members of the receipt one by one and remembers the first that is wrong.
class ReceiptReader {
public:
    explicit ReceiptReader(const Value& document) : document_(document) {}

    [[nodiscard]] Result<core::Receipt> read() {
        core::Receipt receipt;
        receipt.uid = required_text("uid");
        receipt.number = document_.integer("number").value_or(0);
        receipt.revision = document_.integer("revision").value_or(0);
        receipt.desk = document_.string("desk").value_or("");
        receipt.shift = document_.integer("shift").value_or(0);
        receipt.shift_date = document_.string("shift_date").value_or("");
        receipt.cashier = document_.string("cashier").value_or("");
        receipt.type = document_.string("type").value_or("sale") == "refund"
                           ? core::ReceiptType::Refund
                           : core::ReceiptType::Sale;
        std::optional<Currency> currency =
            Currency::parse(document_.string("currency").value_or("BYN"));
        if (!currency) wrong("currency");
        currency_ = currency.value_or(Currency{});
        receipt.total = money(document_, "total", true);
        read_lines(receipt);
        read_payments(receipt);
        if (!wrong_.empty()) {
            return Error{ErrorCode::InvalidInput, tr("чек кассы: неверное поле «%1»", wrong_)};
        }
        return receipt;
    }

private:
    void wrong(std::string_view key) {
        if (wrong_.empty()) wrong_ = key;
    }

    std::string required_text(std::string_view key) {
        std::optional<std::string> text = document_.string(key);
        if (!text || text->empty()) wrong(key);
        return text.value_or("");
    }

    Money money(const Value& holder, std::string_view key, bool required) {
        std::optional<std::string> text = holder.string(key);
        std::optional<Money> sum = text ? Money::parse(*text, currency_) : std::nullopt;
        if (sum && !sum->is_plausible()) sum.reset();
        if (!sum && (required || text)) wrong(key);
        return sum.value_or(Money{0, currency_});
    }

    void read_lines(core::Receipt& receipt) {
        const json::Array* lines = document_.array("lines");
        if (lines == nullptr) return wrong("lines");
        for (const Value& each : *lines) {
            core::ReceiptLine line;
            line.index = static_cast<int>(each.integer("index").value_or(0));
            line.code = each.string("code").value_or("");
            line.name = each.string("name").value_or("");
            line.barcode = each.string("barcode").value_or("");
            line.article = each.string("article").value_or("");
            line.unit = each.string("unit").value_or("");
            line.type = each.string("type").value_or("goods") == "service" ? core::LineType::Service
                                                                           : core::LineType::Goods;
            std::optional<Decimal> quantity = Decimal::parse(each.string("quantity").value_or("1"));
            if (!quantity) wrong("quantity");
            line.quantity = quantity.value_or(Decimal{1, 0});
            line.price = money(each, "price", true);
            line.discount = money(each, "discount", false);
            line.total = money(each, "total", true);
            receipt.lines.push_back(std::move(line));
        }
    }

    void read_payments(core::Receipt& receipt) {
        const json::Array* payments = document_.array("payments");
        if (payments == nullptr) return;
        for (const Value& each : *payments) {
            core::ReceiptPayment payment;
            payment.valutcode = static_cast<int>(each.integer("valutcode").value_or(0));
            payment.kind = core::of_word(kPaymentKinds, each.string("kind").value_or("other"))
                               .value_or(core::PaymentKind::Other);
            payment.name = each.string("name").value_or("");
            payment.sum = money(each, "sum", true);
            receipt.payments.push_back(std::move(payment));
        }
    }

    const Value& document_;
    Currency currency_;
    std::string wrong_;
};

Value setting_value(const Setting& setting) {
    Value value = json::object(
        {{"section", setting.section},
         {"key", setting.key},
         {"type", core::word_of(kSettingTypes, setting.type)},
         {"default", setting.default_value},
         {"secret", setting.file == SettingFile::Secrets},
         {"file", setting.file == SettingFile::Secrets ? "secrets" : "settings"},
         {"doc", setting.doc.russian()}});
    if (setting.min != 0 || setting.max != 0) {
        value.set("min", setting.min).set("max", setting.max);
    }
    if (!setting.unit.empty()) value.set("unit", setting.unit.russian());
    if (setting.choices.empty()) return value;
    json::Array choices;
    for (const SettingChoice& choice : setting.choices) {
        choices.push_back(json::object({{"value", choice.value}, {"doc", choice.doc.russian()}}));
    }
    value.set("choices", Value{std::move(choices)});
    return value;
}

Value operation_value(const core::Operation& operation) {
    return json::object(
        {{"operation", operation.id.hex()},
         {"type", operation.intent.type},
         {"receipt", operation.intent.receipt_uid},
         {"receipt_number", operation.intent.receipt_number},
         {"sum", operation.intent.sum.str()},
         {"currency", operation.intent.sum.currency().code()}});
}

Value totals_value(const core::Totals& totals) {
    return json::object(
        {{"pays", json::object({{"count", totals.pays}, {"sum", totals.paid.str()}})},
         {"refunds", json::object({{"count", totals.refunds}, {"sum", totals.refunded.str()}})},
         {"total", (totals.paid - totals.refunded).str()}});
}

Value difference_value(const core::Difference& difference, const Translate& translate) {
    const auto money = [](const std::optional<Money>& sum) {
        return sum ? sum->str() : std::string{};
    };
    return json::object(
        {{"kind", core::name(difference.kind)},
         {"operation", difference.operation ? difference.operation->hex() : std::string{}},
         {"order_number", difference.order_number},
         {"gateway_id", difference.payment_id},
         {"receipt_number", difference.receipt_number},
         {"ours", money(difference.ours)},
         {"theirs", money(difference.theirs)},
         {"text", difference.text.translated(translate)},
         {"remedy", difference.remedy.translated(translate)}});
}

}  // namespace

Result<core::Receipt> read_receipt(std::string_view document) {
    Result<Value> parsed = json::parse(document);
    if (!parsed) return parsed.error();
    return ReceiptReader(*parsed).read();
}

Result<std::vector<core::TillEntry>> read_totals(std::string_view document) {
    const auto wrong = [](std::string_view key) {
        return Error{ErrorCode::InvalidInput, tr("итоги кассы: неверное поле «%1»", key)};
    };
    Result<Value> parsed = json::parse(document);
    if (!parsed) return parsed.error();
    const std::optional<Currency> currency =
        Currency::parse(parsed->string("currency").value_or("BYN"));
    if (!currency) return wrong("currency");
    const json::Array* payments = parsed->array("payments");
    if (payments == nullptr) return wrong("payments");
    std::vector<core::TillEntry> entries;
    for (const Value& each : *payments) {
        const std::optional<OperationId> id =
            OperationId::parse(each.string("operation").value_or(""));
        const std::optional<Money> sum = Money::parse(each.string("sum").value_or(""), *currency);
        if (!id) return wrong("operation");
        if (!sum) return wrong("sum");
        entries.push_back({*id, each.integer("receipt_number").value_or(0), *sum});
    }
    return entries;
}

std::string slip_document(const core::slip::Slip& slip) {
    return slips::document_of(slip).str();
}

std::string options_document(const std::vector<std::string>& options) {
    return Value{json::Array(options.begin(), options.end())}.str();
}

std::string edits_document(const core::SetCard& card) {
    return Value{json::Array{json::object({{"edit", "set_card"}, {"number", card.number}})}}.str();
}

std::string comparison_document(const core::Comparison& comparison, const Translate& translate) {
    json::Array differences;
    for (const core::Difference& each : comparison.differences)
        differences.push_back(difference_value(each, translate));
    return json::object({{"title", comparison.title.translated(translate)},
                         {"shift", comparison.shift},
                         {"shift_label", comparison.shift_label},
                         {"currency", comparison.currency.code()},
                         {"ours", totals_value(comparison.ours)},
                         {"theirs", totals_value(comparison.theirs)},
                         {"differences", Value{std::move(differences)}}})
        .str();
}

std::string report_info_document(const core::Finished& finished) {
    return json::object({{"text", finished.gateway_id}, {"card_type", ""}}).str();
}

std::string describe_document(const app::Definition& definition) {
    json::Array types;
    for (const app::TypeKey& type : definition.types) {
        types.push_back(json::object({{"key", type.key}, {"title", type.title.russian()}}));
    }
    json::Array currencies(definition.currencies.begin(), definition.currencies.end());
    json::Array abilities{"payment/1", "queue/1", "reconcile/1"};
    json::Array operations{"pay", "undo", "refund", "refund_undo", "totals"};
    if (definition.cards) {
        abilities.emplace_back("loyalty/1");
        operations.emplace_back("card");
    }
    json::Array settings;
    for (const Setting& setting : definition.settings) {
        settings.push_back(setting_value(setting));
    }
    return json::object({{"name", definition.name},
                         {"title", definition.title.russian()},
                         {"version", kVersion},
                         {"types", Value{std::move(types)}},
                         {"currencies", Value{std::move(currencies)}},
                         {"abilities", Value{std::move(abilities)}},
                         {"operations", Value{std::move(operations)}},
                         {"settings", Value{std::move(settings)}}})
        .str();
}

std::string unclaimed_document(const std::vector<core::Operation>& operations) {
    json::Array list;
    for (const core::Operation& operation : operations) {
        Value value = operation_value(operation);
        value.set("kind", core::name(operation.intent.kind));
        value.set("outcome", operation.ended ? core::name(operation.ended->outcome) : "pending");
        value.set("owed", operation.owes());
        value.set("gateway_id", operation.payment_id);
        value.set("text", operation.ended ? operation.ended->text : std::string{});
        list.push_back(std::move(value));
    }
    return Value{std::move(list)}.str();
}

std::string queue_document(
    const std::vector<runtime::Debt>& debts, const QueueFacts& facts, const Translate& translate) {
    constexpr std::int64_t kMsPerSecond = 1'000;
    json::Array list;
    for (const runtime::Debt& debt : debts) {
        const core::Operation& operation = debt.operation;
        Value value = operation_value(operation);
        value.set("kind", core::name(operation.owed->kind));
        value.set("system", facts.system);
        // The wall clock may have jumped: an age is never negative.
        value.set(
            "age", std::max<std::int64_t>(0, (facts.now_ms - operation.owed_at_ms) / kMsPerSecond));
        value.set("tries", debt.tries);
        value.set("lastError", debt.last_error.translated(translate));
        value.set("waitsForLink", debt.waits_for_link);
        value.set("blocks", facts.blocks);
        list.push_back(std::move(value));
    }
    return Value{std::move(list)}.str();
}

}  // namespace linuxcash::entry
