// SPDX-License-Identifier: Apache-2.0
#include "terminal/screen_command.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/integer.h"
#include "base/printable.h"

namespace linuxcash::terminal {

namespace {

constexpr std::int64_t kNumberMax = 1'000'000;

// Splits what was typed into words, one after the other.
class Words {
public:
    explicit Words(std::string_view line) : rest_(line) {}

    std::string_view next() {
        skip();
        const std::size_t end = std::min(rest_.find(' '), rest_.size());
        const std::string_view word = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return word;
    }

    // Everything that is left.
    std::string rest() {
        skip();
        std::string text(std::exchange(rest_, {}));
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    }

private:
    void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

    std::string_view rest_;
};

std::string with_points(std::string_view text) {
    std::string copy(text);
    std::replace(copy.begin(), copy.end(), ',', '.');
    return copy;
}

Typed command(const char* word, Action action) {
    return Input{{}, Command{word, std::move(action)}};
}

NotUnderstood wrong(Text text) {
    return NotUnderstood{std::move(text)};
}

std::optional<int> number(std::string_view word) {
    const auto number = parse_integer(word);
    if (!number || *number < 1 || *number > kNumberMax) return std::nullopt;
    return static_cast<int>(*number);
}

Typed read_login(Words words, Currency) {
    std::string name = words.rest();
    if (name.empty()) return wrong(tr("укажите имя: вход Иванова"));
    return command("login", Login{std::move(name)});
}

Typed read_shift(Words words, Currency) {
    const std::string_view what = words.next();
    if (what == "открыть") return command("shift-open", ShiftOpen{});
    if (what == "закрыть") return command("shift-close", ShiftClose{});
    return wrong(tr("укажите: смена открыть или смена закрыть"));
}

Typed read_item(Words words, Currency currency) {
    Item item;
    item.code = words.next();
    const std::string amount = with_points(words.next());
    item.name = words.rest();
    const std::size_t star = amount.find('*');
    const auto price = Money::parse(amount.substr(0, star), currency);
    const std::string count = star == std::string::npos ? "1" : amount.substr(star + 1);
    const auto quantity = Decimal::parse(count);
    if (item.code.empty() || !price || !quantity) {
        return wrong(tr("укажите код, цену и количество, название: товар 1001 17.50*2 Молоко"));
    }
    if (item.name.empty()) item.name = item.code;
    item.price = *price;
    item.quantity = *quantity;
    item.discount = Money(0, currency);
    return command("item", std::move(item));
}

Typed read_storno(Words words, Currency) {
    const auto index = number(words.next());
    if (!index) return wrong(tr("укажите номер строки: сторно 1"));
    return command("storno", Storno{*index});
}

Typed read_pay(Words words, Currency currency) {
    const std::string_view type = words.next();
    if (type.empty()) return command("payment-types", PaymentTypes{});
    Pay pay;
    const auto valutcode = number(type);
    const std::string sum = with_points(words.next());
    if (!sum.empty()) pay.sum = Money::parse(sum, currency);
    if (!valutcode || (!sum.empty() && !pay.sum)) {
        return wrong(tr("укажите тип оплаты и, если надо, сумму: оплата 1 50.00"));
    }
    pay.valutcode = *valutcode;
    return command("pay", pay);
}

Typed read_payment_cancel(Words words, Currency) {
    PaymentCancel cancel;
    const std::string_view word = words.next();
    if (!word.empty()) cancel.payment = number(word);
    if (!word.empty() && !cancel.payment) {
        return wrong(tr("укажите номер оплаты: вернуть 1"));
    }
    return command("payment-cancel", cancel);
}

Typed read_annul(Words words, Currency) {
    Annul annul;
    const std::string_view word = words.next();
    if (!word.empty()) annul.receipt = number(word);
    if (!word.empty() && !annul.receipt) {
        return wrong(tr("укажите номер закрытого чека: аннулировать 17"));
    }
    return command("annul", annul);
}

Typed read_refund(Words words, Currency) {
    const std::string_view word = words.next();
    if (word == "без" && words.next() == "чека") return command("return-open", ReturnOpen{});
    const auto receipt = number(word);
    if (!receipt) {
        return wrong(tr("укажите номер чека продажи: возврат 17, или: возврат без чека"));
    }
    const std::string wish = words.rest();
    if (wish.empty()) return command("refund-look", RefundLook{*receipt});
    return read_refund_wish(wish, *receipt);
}

Typed read_refund_cancel(Words words, Currency) {
    const auto receipt = number(words.next());
    if (!receipt) return wrong(tr("укажите номер чека возврата: отменить 18"));
    return command("refund-cancel", RefundCancel{*receipt});
}

Typed read_reconcile(Words words, Currency) {
    Reconcile reconcile;
    const auto type = number(words.next());
    const std::string_view shift = words.next();
    if (!shift.empty()) reconcile.shift = number(shift);
    if (!type || (!shift.empty() && !reconcile.shift)) {
        return wrong(tr("укажите тип оплаты и, если надо, смену: сверка 20 3"));
    }
    reconcile.valutcode = *type;
    return command("reconcile", reconcile);
}

// The cashier's words for reports; the script's own are understood too.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kReports{{
    {"x", "x"},
    {"X", "x"},
    {"х", "x"},  // a Cyrillic letter that looks the same
    {"Х", "x"},
    {"z", "z"},
    {"Z", "z"},
    {"сверка", "oplat"},
    {"очередь", "queue"},
}};

Typed read_report(Words words, Currency) {
    const std::string_view name = words.next();
    const std::string_view shift = words.next();
    const auto* row = std::find_if(
        kReports.begin(), kReports.end(), [name](const auto& each) { return each.first == name; });
    const std::string_view known = row == kReports.end() ? name : row->second;
    Report report{std::string(known), {}};
    if (!shift.empty()) report.shift = number(shift);
    if (!is_report(known) || (!shift.empty() && !report.shift)) {
        return wrong(
            tr("укажите отчет и, если надо, смену: отчет x, отчет z 3, отчет сверка, отчет "
               "очередь"));
    }
    return command("report", std::move(report));
}

Typed read_reprint(Words words, Currency) {
    const std::string_view slip = words.next();
    Reprint reprint;
    if (!slip.empty()) reprint.slip = number(slip);
    if (!slip.empty() && !reprint.slip) {
        return wrong(tr("укажите номер слипа: копия 12; без номера - последний слип"));
    }
    return command("reprint", reprint);
}

Typed read_key(Words words, Currency) {
    const std::string_view key = words.next();
    if (key.empty()) return wrong(tr("укажите клавишу: клавиша F7"));
    return command("key", Key{std::string(key)});
}

Typed read_card(Words words, Currency) {
    if (words.next() == "убрать") return command("card-remove", CardRemove{});
    return wrong(tr("укажите: карта убрать; добавляет карту клавиша, на которую это назначено"));
}

// "1*2" and "3": a line of the sale with its quantity, or all of it.
std::optional<RefundLine> read_refund_line(std::string_view word) {
    const std::size_t star = word.find('*');
    const auto index = number(word.substr(0, star));
    if (!index) return std::nullopt;
    if (star == std::string_view::npos) return RefundLine{*index, std::nullopt};
    const auto quantity = Decimal::parse(with_points(word.substr(star + 1)));
    if (!quantity) return std::nullopt;
    return RefundLine{*index, *quantity};
}

// What terminals send for F1 … F12, as xterm and the console have them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kFunctionKeys{{
    {"\x1BOP", "F1"},
    {"\x1BOQ", "F2"},
    {"\x1BOR", "F3"},
    {"\x1BOS", "F4"},
    {"\x1B[[A", "F1"},
    {"\x1B[[B", "F2"},
    {"\x1B[[C", "F3"},
    {"\x1B[[D", "F4"},
    {"\x1B[[E", "F5"},
    {"\x1B[15~", "F5"},
    {"\x1B[17~", "F6"},
    {"\x1B[18~", "F7"},
    {"\x1B[19~", "F8"},
    {"\x1B[20~", "F9"},
    {"\x1B[21~", "F10"},
    {"\x1B[23~", "F11"},
    {"\x1B[24~", "F12"},
}};

struct TypedRow {
    std::string_view word;
    std::string_view brief;  // what may be typed instead
    Typed (*read)(Words, Currency);
};

constexpr std::array<TypedRow, 21> kWords{{
    {"вход", "в", read_login},
    {"смена", "см", read_shift},
    {"товар", "т", read_item},
    {"сторно", "с", read_storno},
    {"оплата", "о", read_pay},
    {"вернуть", "вр", read_payment_cancel},
    {"закрыть", "з", [](Words, Currency) { return command("close", Close{}); }},
    {"аннулировать", "а", read_annul},
    {"возврат", "вз", read_refund},
    {"отменить", "ов", read_refund_cancel},
    {"сверка", "св", read_reconcile},
    {"отчет", "отчёт", read_report},
    {"копия", "коп", read_reprint},
    {"клавиша", "кл", read_key},
    {"карта", "к", read_card},
    {"чек", "ч", [](Words, Currency) { return command("state", State{}); }},
    {"очередь", "оч", [](Words, Currency) { return command("queue", Queue{}); }},
    {"отправить", "от", [](Words, Currency) { return command("queue-push", QueuePush{}); }},
    {"помощь", "?", [](Words, Currency) -> Typed { return HelpWish{}; }},
    {"выход", "quit", [](Words, Currency) -> Typed { return ExitWish{}; }},
    {"отмена", "\x1B",
     [](Words, Currency) -> Typed {
         return Input{{}, Given(GivenCancel{})};
     }},
}};

}  // namespace

std::optional<std::string> function_key(std::string_view line) {
    Words words(line);
    const std::string_view word = words.next();
    const auto* sent = std::find_if(
        kFunctionKeys.begin(), kFunctionKeys.end(),
        [word](const auto& each) { return each.first == word || each.second == word; });
    if (sent == kFunctionKeys.end()) return std::nullopt;
    return std::string(sent->second);
}

Typed read_refund_wish(std::string_view line, std::int64_t receipt) {
    Refund refund;
    refund.receipt = receipt;
    bool all = false;
    Words words(line);
    for (std::string_view word = words.next(); !word.empty(); word = words.next()) {
        const auto row = read_refund_line(word);
        if (word == "тип") {
            refund.valutcode = number(words.next());
            if (!refund.valutcode) return wrong(tr("укажите тип оплаты: возврат 17 всё тип 20"));
        } else if (word == "всё" || word == "все") {
            all = true;
        } else if (row) {
            if (!refund.lines) refund.lines.emplace();
            refund.lines->push_back(*row);
        } else {
            return wrong(tr(
                "укажите «всё» или строки с количеством: 1*2 3; «%1» не понято", printable(word)));
        }
    }
    if (all == refund.lines.has_value()) {
        return wrong(tr("укажите или «всё», или строки с количеством: 1*2 3"));
    }
    return command("refund", std::move(refund));
}

Typed read_typed(std::string_view line, Currency currency) {
    if (const auto key = function_key(line)) return command("key", Key{*key});
    if (is_cancel(line)) return Input{{}, Given(GivenCancel{})};
    Words words(line);
    const std::string_view word = words.next();
    if (word.empty()) return NothingTyped{};
    const auto* row = std::find_if(kWords.begin(), kWords.end(), [word](const TypedRow& each) {
        return each.word == word || each.brief == word;
    });
    if (row != kWords.end()) return row->read(words, currency);
    return wrong(tr("нет команды «%1»: наберите «помощь»", printable(word)));
}

bool is_cancel(std::string_view line) {
    Words words(line);
    const std::string_view word = words.next();
    if (word == "отмена") return true;
    // A function key is no Cancel, though it begins like one.
    return line.find('\x1B') != std::string_view::npos && !function_key(line);
}

std::vector<HelpLine> help_lines() {
    return {
        {"вход ИМЯ", tr("зарегистрировать кассира")},
        {"смена открыть | смена закрыть", tr("начать и закончить смену")},
        {"товар КОД ЦЕНА*КОЛИЧЕСТВО НАЗВАНИЕ", tr("добавить товар: товар 1001 17.50*2 Молоко")},
        {"сторно СТРОКА", tr("убрать строку чека")},
        {"оплата", tr("показать типы оплаты")},
        {"оплата ТИП [СУММА]", tr("оплатить остаток или часть; 1 - наличные")},
        {"отмена, Ctrl-C или Esc и Enter", tr("прервать оплату или диалог")},
        {"вернуть [ОПЛАТА]", tr("отменить оплату открытого чека")},
        {"закрыть", tr("закрыть оплаченный чек")},
        {"аннулировать", tr("аннулировать открытый чек с его оплатами")},
        {"аннулировать ЧЕК", tr("аннулировать закрытый чек продажи этой смены")},
        {"возврат ЧЕК", tr("вернуть по чеку продажи: покажет, что осталось, и спросит")},
        {"возврат ЧЕК всё [тип ТИП]", tr("вернуть все, что осталось: возврат 17 всё")},
        {"возврат ЧЕК СТРОКА[*КОЛИЧЕСТВО]…", tr("вернуть часть: возврат 17 1*2 3")},
        {"возврат без чека", tr("чек возврата без чека продажи: дальше товар и оплата")},
        {"отменить ЧЕК", tr("отменить закрытый чек возврата")},
        {"сверка ТИП [СМЕНА]", tr("сверить итоги с платежной системой")},
        {"отчет x | z | сверка | очередь [СМЕНА]",
         tr("напечатать отчет: отчет x - открытая смена, отчет z 3 - закрытая смена 3")},
        {"копия [СЛИП]",
         tr("напечатать слип еще раз, без номера последний; ненапечатанный - впервые")},
        {"F7 | клавиша F7", tr("выполнить действие клавиши, например добавить карту")},
        {"карта убрать", tr("убрать карту лояльности из чека")},
        {"чек", tr("показать чек, смену и очередь")},
        {"очередь | отправить",
         tr("показать, какие отмены и возвраты ждут отправки; отправить их сейчас")},
        {"выход", tr("закончить работу; открытый чек сохранится")},
    };
}

}  // namespace linuxcash::terminal
