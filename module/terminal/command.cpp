// SPDX-License-Identifier: Apache-2.0
#include "terminal/command.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/printable.h"

namespace linuxcash::terminal {

namespace {

constexpr std::size_t kTextBytesMax = 4096;
constexpr int kWaitMsMax = 3'600'000;
constexpr int kNumberMax = 1'000'000;
constexpr int kReceiptMax = 1'000'000'000;
constexpr std::size_t kItemsMax = 1000;

// Takes members of one command and remembers the first that is wrong.
class Members {
public:
    Members(const json::Value& object, Currency currency) : object_(object), currency_(currency) {}

    [[nodiscard]] const Text& fault() const { return fault_; }

    [[nodiscard]] bool has(std::string_view key) const { return object_.find(key) != nullptr; }

    std::string text(std::string_view key) {
        const auto text = object_.string(key);
        if (!text) {
            wrong(has(key) ? tr("поле «%1» не строка", key) : tr("нет поля «%1»", key));
            return {};
        }
        if (text->size() > kTextBytesMax) wrong(tr("поле «%1» слишком длинное", key));
        return *text;
    }

    std::string optional_text(std::string_view key) { return has(key) ? text(key) : std::string(); }

    std::string filled_text(std::string_view key) {
        std::string value = text(key);
        if (value.empty()) wrong(tr("поле «%1» пустое", key));
        return value;
    }

    int number(std::string_view key, int min, int max) {
        const auto number = object_.integer(key);
        if (!number && !has(key)) {
            wrong(tr("нет поля «%1»", key));
        } else if (!number || *number < min || *number > max) {
            wrong(tr("поле «%1» не целое число от %2 до %3", key, min, max));
        } else {
            return static_cast<int>(*number);
        }
        return min;
    }

    Money money(std::string_view key) {
        const auto money = Money::parse(text(key), currency_);
        if (!money) wrong(tr("поле «%1» не сумма вида \"24.50\"", key));
        return money.value_or(Money(0, currency_));
    }

    Decimal decimal(std::string_view key) {
        const auto decimal = Decimal::parse(text(key));
        if (!decimal) wrong(tr("поле «%1» не число вида \"0.732\"", key));
        return decimal.value_or(Decimal());
    }

    bool flag(std::string_view key) {
        if (!has(key)) return false;
        const auto flag = object_.boolean(key);
        if (!flag) wrong(tr("поле «%1» не true и не false", key));
        return flag.value_or(false);
    }

    // A receipt's number.
    std::int64_t receipt() { return number("receipt", 1, kReceiptMax); }
    std::int64_t slip() { return number("slip", 1, kReceiptMax); }

    // Reads each object of an array that may be absent.
    template <typename Read>
    void each(std::string_view key, const Read& read) {
        if (!has(key)) return;
        const json::Array* items = object_.array(key);
        if (items == nullptr || items->size() > kItemsMax) {
            return wrong(tr("поле «%1» не массив до %2 элементов", key, kItemsMax));
        }
        for (const json::Value& item : *items) {
            Members members(item, currency_);
            read(members);
            if (!members.fault().empty()) wrong(tr("поле «%1»: %2", key, members.fault()));
        }
    }

    // Of an action: numbers and strings, as texts.
    std::map<std::string, std::string> parameters() {
        std::map<std::string, std::string> found;
        for (const auto& [key, value] : *object_.object()) {
            if (key == "do" || key == "id" || key == "command") continue;
            const auto text = value.string();
            const auto number = value.integer();
            if (!text && !number) wrong(tr("поле «%1» не строка и не целое число", key));
            found[key] = text ? *text : std::to_string(number.value_or(0));
        }
        return found;
    }

    void wrong(Text text) {
        if (fault_.empty()) fault_ = std::move(text);
    }

    [[nodiscard]] Money zero() const { return Money(0, currency_); }

private:
    const json::Value& object_;
    Currency currency_;
    Text fault_;
};

Action read_item(Members& members) {
    Item item;
    item.code = members.filled_text("code");
    item.name = members.filled_text("name");
    item.barcode = members.optional_text("barcode");
    item.article = members.optional_text("article");
    item.unit = members.optional_text("unit");
    item.price = members.money("price");
    item.quantity = members.decimal("quantity");
    item.discount = members.has("discount") ? members.money("discount") : members.zero();
    if (members.has("minimumPrice")) item.minimum_price = members.money("minimumPrice");
    const std::string type = members.has("type") ? members.text("type") : "goods";
    if (type == "service") {
        item.type = core::LineType::Service;
    } else if (type != "goods") {
        members.wrong(tr("поле «type» не goods и не service"));
    }
    return item;
}

Action read_pay(Members& members) {
    Pay pay;
    pay.valutcode = members.number("valutcode", 1, kNumberMax);
    if (members.has("sum")) pay.sum = members.money("sum");
    return pay;
}

Action read_payment_cancel(Members& members) {
    PaymentCancel cancel;
    if (members.has("payment")) cancel.payment = members.number("payment", 1, kNumberMax);
    cancel.silent = members.flag("silent");
    return cancel;
}

Action read_annul(Members& members) {
    Annul annul;
    if (members.has("receipt")) annul.receipt = members.receipt();
    return annul;
}

std::vector<RefundLine> read_refund_lines(Members& members) {
    std::vector<RefundLine> lines;
    members.each("lines", [&lines](Members& line) {
        RefundLine wish{line.number("index", 1, kNumberMax), std::nullopt};
        if (line.has("quantity")) wish.quantity = line.decimal("quantity");
        lines.push_back(wish);
    });
    return lines;
}

Action read_refund(Members& members) {
    Refund refund;
    refund.receipt = members.receipt();
    if (members.has("lines")) refund.lines = read_refund_lines(members);
    if (members.has("valutcode")) refund.valutcode = members.number("valutcode", 1, kNumberMax);
    members.each("payments", [&refund](Members& payment) {
        const int valutcode = payment.number("valutcode", 1, kNumberMax);
        refund.payments.push_back({valutcode, payment.money("sum")});
    });
    if (refund.valutcode && !refund.payments.empty()) {
        members.wrong(tr("нужно одно из полей «valutcode» и «payments»"));
    }
    refund.hold = members.flag("hold");
    refund.silent = members.flag("silent");
    return refund;
}

Action read_reconcile(Members& members) {
    Reconcile reconcile;
    reconcile.valutcode = members.number("valutcode", 1, kNumberMax);
    if (members.has("shift")) reconcile.shift = members.number("shift", 1, kNumberMax);
    return reconcile;
}

Action read_report(Members& members) {
    Report report;
    report.name = members.text("name");
    if (!is_report(report.name)) members.wrong(tr("поле «name» не x, z, oplat или queue"));
    if (members.has("shift")) report.shift = members.number("shift", 1, kNumberMax);
    return report;
}

Action read_action(Members& members) {
    RunAction action;
    action.command = members.filled_text("command");
    action.parameters = members.parameters();
    return action;
}

Action read_reprint(Members& members) {
    Reprint reprint;
    if (members.has("slip")) reprint.slip = members.slip();
    return reprint;
}

Action read_fiscal(Members& members) {
    const std::string fail = members.text("fail");
    if (fail != "next" && fail != "off") members.wrong(tr("поле «fail» не next и не off"));
    return Fiscal{fail == "next"};
}

Action read_printer(Members& members) {
    static constexpr std::array<std::pair<std::string_view, PrinterState>, 4> kStates{{
        {"ok", PrinterState::Ok},
        {"paper-out", PrinterState::PaperOut},
        {"cover-open", PrinterState::CoverOpen},
        {"unplugged", PrinterState::Unplugged},
    }};
    const std::string word = members.text("state");
    for (const auto& [known, state] : kStates) {
        if (known == word) return Printer{state};
    }
    members.wrong(tr("поле «state» не ok, paper-out, cover-open или unplugged"));
    return Printer{};
}

template <typename Kind>
Action read_plain(Members&) {
    return Kind{};
}

struct CommandRow {
    std::string_view word;
    bool has_finish;
    Action (*read)(Members&);
};

constexpr std::array<CommandRow, 37> kCommands{{
    {"login", false,
     [](Members& members) -> Action { return Login{members.filled_text("cashier")}; }},
    {"shift-open", true, read_plain<ShiftOpen>},
    {"shift-close", true, read_plain<ShiftClose>},
    {"item", false, read_item},
    {"storno", false,
     [](Members& members) -> Action { return Storno{members.number("index", 1, kNumberMax)}; }},
    {"key", true, [](Members& members) -> Action { return Key{members.filled_text("key")}; }},
    {"action", true, read_action},
    {"card", true, read_plain<Unavailable>},
    {"phone", true, read_plain<Unavailable>},
    {"card-remove", false, read_plain<CardRemove>},
    {"subtotal", true, read_plain<Unavailable>},
    {"bonus", true, read_plain<Unavailable>},
    {"bonus-cancel", true, read_plain<Unavailable>},
    {"contacts", true, read_plain<Unavailable>},
    {"balance", true, read_plain<Unavailable>},
    {"payment-types", false, read_plain<PaymentTypes>},
    {"pay", true, read_pay},
    {"close", true, read_plain<Close>},
    {"payment-cancel", true, read_payment_cancel},
    {"payment-add", true, read_plain<Unavailable>},
    {"payment-process", true, read_plain<Unavailable>},
    {"payment-edit", true, read_plain<Unavailable>},
    {"payment-delete", true, read_plain<Unavailable>},
    {"prepay", true, read_plain<Unavailable>},
    {"annul", true, read_annul},
    {"refund", true, read_refund},
    {"refund-cancel", true,
     [](Members& members) -> Action { return RefundCancel{members.receipt()}; }},
    {"return-open", false, read_plain<ReturnOpen>},
    {"reconcile", true, read_reconcile},
    {"report", true, read_report},
    {"reprint", true, read_reprint},
    {"queue", false, read_plain<Queue>},
    {"queue-push", true, read_plain<QueuePush>},
    {"state", false, read_plain<State>},
    {"wait", false,
     [](Members& members) -> Action { return Wait{members.number("ms", 0, kWaitMsMax)}; }},
    {"fiscal", false, read_fiscal},
    {"printer", false, read_printer},
}};

const CommandRow* find_command(std::string_view word) {
    const auto* row = std::find_if(
        kCommands.begin(), kCommands.end(),
        [word](const CommandRow& each) { return each.word == word; });
    return row == kCommands.end() ? nullptr : row;
}

using Read = std::variant<Input, Malformed>;

Read read_command(const json::Value& object, Input input, Currency currency) {
    Members members(object, currency);
    const std::string word = members.text("do");
    const CommandRow* row = find_command(word);
    if (members.fault().empty() && row == nullptr) {
        members.wrong(tr("неизвестная команда «%1»", printable(word)));
    }
    if (!members.fault().empty()) return Malformed{input.id, members.fault()};
    Action action = row->read(members);
    if (!members.fault().empty()) {
        return Malformed{input.id, tr("команда %1: %2", word, members.fault())};
    }
    input.what = Command{word, std::move(action)};
    return input;
}

Read read_answer(const json::Value& object, Input input, Currency currency) {
    Members members(object, currency);
    const std::string word = members.text("answer");
    if (word == "value") {
        GivenValue value{members.text("text"), members.optional_text("by")};
        const bool known_way = value.by.empty() || value.by == "scanner" || value.by == "keyboard"
                               || value.by == "reader";
        if (!known_way) members.wrong(tr("поле «by» не scanner, keyboard или reader"));
        input.what = Given(std::move(value));
    } else if (word == "choice") {
        input.what = Given(GivenChoice{members.number("index", 0, kNumberMax)});
    } else if (word == "ok") {
        input.what = Given(GivenOk{});
    } else if (word == "cancel") {
        input.what = Given(GivenCancel{});
    } else {
        members.wrong(tr("неизвестный ответ «%1»", printable(word)));
    }
    if (members.fault().empty()) return input;
    return Malformed{input.id, tr("ответ на диалог: %1", members.fault())};
}

Read read_prepared(const json::Value& object, Input input, Currency currency) {
    Members members(object, currency);
    const std::string word = members.text("on");
    Prepared prepared;
    prepared.input = host::parse_input(word);
    prepared.cancel = members.flag("cancel");
    const bool is_choice = word == "choice";
    if (!prepared.input && !is_choice) {
        members.wrong(tr("неизвестный вид диалога «%1»", printable(word)));
    } else if (!prepared.cancel && is_choice) {
        prepared.index = members.number("index", 0, kNumberMax);
    } else if (!prepared.cancel) {
        prepared.text = members.text("text");
    }
    if (!members.fault().empty()) {
        return Malformed{input.id, tr("ответ заранее: %1", members.fault())};
    }
    input.what = std::move(prepared);
    return input;
}

}  // namespace

bool is_report(std::string_view name) {
    constexpr std::array<std::string_view, 4> kReports{"x", "z", "oplat", "queue"};
    return std::find(kReports.begin(), kReports.end(), name) != kReports.end();
}

bool has_finish(std::string_view word) {
    const CommandRow* row = find_command(word);
    return row != nullptr && row->has_finish;
}

Read read_input(std::string_view line, Currency currency) {
    const Result<json::Value> parsed = json::parse(line);
    if (!parsed) return Malformed{{}, tr("строка не разобрана: %1", parsed.error().text)};
    if (parsed->object() == nullptr) return Malformed{{}, tr("строка не объект JSON")};
    Input input;
    if (const json::Value* id = parsed->find("id")) input.id = *id;
    const bool commands = parsed->find("do") != nullptr;
    const bool answers = parsed->find("answer") != nullptr;
    const bool prepares = parsed->find("on") != nullptr;
    if (static_cast<int>(commands) + static_cast<int>(answers) + static_cast<int>(prepares) != 1) {
        return Malformed{input.id, tr("в строке должно быть одно из полей «do», «answer», «on»")};
    }
    if (commands) return read_command(*parsed, std::move(input), currency);
    if (answers) return read_answer(*parsed, std::move(input), currency);
    return read_prepared(*parsed, std::move(input), currency);
}

}  // namespace linuxcash::terminal
