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

struct TypedRow {
    std::string_view word;
    std::string_view brief;  // what may be typed instead
    Typed (*read)(Words, Currency);
};

constexpr std::array<TypedRow, 14> kWords{{
    {"вход", "в", read_login},
    {"смена", "см", read_shift},
    {"товар", "т", read_item},
    {"сторно", "с", read_storno},
    {"оплата", "о", read_pay},
    {"вернуть", "вр", read_payment_cancel},
    {"закрыть", "з", [](Words, Currency) { return command("close", Close{}); }},
    {"аннулировать", "а", [](Words, Currency) { return command("annul", Annul{}); }},
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

Typed read_typed(std::string_view line, Currency currency) {
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
    return word == "отмена" || line.find('\x1B') != std::string_view::npos;
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
        {"чек", tr("показать чек, смену и очередь")},
        {"очередь | отправить", tr("показать долги модулей; отправить их сейчас")},
        {"выход", tr("закончить работу; открытый чек сохранится")},
    };
}

}  // namespace linuxcash::terminal
