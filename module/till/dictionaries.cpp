// SPDX-License-Identifier: Apache-2.0
// Payment types, card groups and keys: what an administrator sets up.
#include <array>
#include <utility>

#include "base/utf8.h"
#include "json/json.h"
#include "till/body.h"
#include "till/query.h"
#include "till/till.h"

namespace linuxcash::till {
namespace {

constexpr int kCodeMax = 9'999;
constexpr std::size_t kNameLimit = 200;  // bytes
constexpr std::size_t kPatternLimit = 500;  // bytes
constexpr int kInputmaskMax = 255;

Error wrong(Text text) {
    return {ErrorCode::InvalidInput, std::move(text)};
}

// One line of text for screens: not empty, not endless, nothing that moves a cursor.
bool is_name(std::string_view text, std::size_t limit) {
    if (text.empty() || text.size() > limit || !is_utf8(text)) return false;
    for (const char each : text) {
        if ((each >= 0 && each < ' ') || each == '\x7f') return false;
    }
    return true;
}

bool is_word(std::string_view text) {
    constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return !text.empty() && text.size() <= kNameLimit
           && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool is_system(const PaymentType& type) {
    if (type.system.empty()) return true;
    const bool has_key = type.system.find(':') != std::string::npos;
    return is_word(type.module()) && (!has_key || is_word(type.system_key()));
}

constexpr const char* kTypeColumns = "SELECT valcode, system, name, kkm, kind, fiscal FROM valut ";

Result<PaymentType> type_of(const store::Statement& row) {
    PaymentType type;
    type.valutcode = static_cast<int>(row.integer(0));
    type.system = row.text(1);
    type.name = row.text(2);
    type.kkm = static_cast<int>(row.integer(3));
    const auto kind = parse_payment_kind(row.text(4));
    if (!kind) return damaged(tr("вид типа оплаты %1 не читается", type.valutcode));
    type.kind = *kind;
    type.fiscal = row.integer(5) != 0;
    return type;
}

Result<std::vector<PaymentType>> types_of(Query query) {
    std::vector<PaymentType> types;
    const auto read = query.each([&](const store::Statement& row) -> Result<> {
        auto type = type_of(row);
        if (!type) return type.error();
        types.push_back(std::move(*type));
        return Done{};
    });
    if (!read) return read.error();
    return types;
}

Result<> check_type(const PaymentType& type) {
    if (type.valutcode < kCashValutcode || type.valutcode > kCodeMax) {
        return wrong(tr("номер типа оплаты %1 не от 1 до %2", type.valutcode, kCodeMax));
    }
    if (!is_name(type.name, kNameLimit)) {
        return wrong(tr("у типа оплаты %1 нужно название в одну строку", type.valutcode));
    }
    if (type.valutcode == kCashValutcode
        && (!type.system.empty() || type.kind != core::PaymentKind::Cash || type.kkm != 0)) {
        return wrong(tr("тип оплаты 1 - наличные: без платёжной системы и без номера в ККМ"));
    }
    if (!is_system(type)) {
        return wrong(tr("платёжная система \"%1\" не вида oplati или webmoney:SBP", type.system));
    }
    if (type.kkm != 0 && (type.kkm < kKkmMin || type.kkm > kKkmMax)) {
        return wrong(tr("номер в ККМ %1 не от %2 до %3", type.kkm, kKkmMin, kKkmMax));
    }
    return Done{};
}

// The number asked for if it is free; else the one that the type has; else the first free one.
Result<int> choose_kkm(const PaymentType& wanted, const std::vector<PaymentType>& known) {
    if (wanted.valutcode == kCashValutcode) return 0;
    std::array<int, kKkmMax + 1> holders{};
    for (const PaymentType& each : known) {
        if (each.valutcode == wanted.valutcode && wanted.kkm == 0 && each.kkm != 0) return each.kkm;
        if (each.valutcode != wanted.valutcode && each.kkm >= kKkmMin && each.kkm <= kKkmMax) {
            holders.at(static_cast<std::size_t>(each.kkm)) = each.valutcode;
        }
    }
    if (wanted.kkm != 0) {
        const int holder = holders.at(static_cast<std::size_t>(wanted.kkm));
        if (holder == 0) return wanted.kkm;
        return wrong(tr("номер в ККМ %1 уже занят типом оплаты %2", wanted.kkm, holder));
    }
    for (int kkm = kKkmMin; kkm <= kKkmMax; ++kkm) {
        if (holders.at(static_cast<std::size_t>(kkm)) == 0) return kkm;
    }
    return Error{
        ErrorCode::TooLarge,
        tr("все номера в ККМ от %1 до %2 заняты: назначьте номер другого типа оплаты", kKkmMin,
           kKkmMax)};
}

std::string parameters_document(const std::map<std::string, std::string>& parameters) {
    json::Value document(json::Object{});
    for (const auto& [key, value] : parameters)
        document.set(key, value);
    return document.str();
}

Result<Action> action_of(const store::Statement& row) {
    Action action;
    action.key = row.text(0);
    action.command = row.text(1);
    const auto parsed = json::parse(row.text(2));
    const json::Object* members = parsed ? parsed->object() : nullptr;
    if (members == nullptr) return damaged(tr("параметры клавиши %1 не читаются", action.key));
    for (const auto& [key, value] : *members)
        action.parameters[key] = value.string().value_or("");
    return action;
}

Result<std::vector<Action>> actions_of(Query query) {
    std::vector<Action> actions;
    const auto read = query.each([&](const store::Statement& row) -> Result<> {
        auto action = action_of(row);
        if (!action) return action.error();
        actions.push_back(std::move(*action));
        return Done{};
    });
    if (!read) return read.error();
    return actions;
}

}  // namespace

std::string_view PaymentType::module() const {
    return std::string_view(system).substr(0, system.find(':'));
}

std::string_view PaymentType::system_key() const {
    const std::size_t colon = system.find(':');
    return colon == std::string::npos ? std::string_view()
                                      : std::string_view(system).substr(colon + 1);
}

Result<std::vector<PaymentType>> Till::payment_types() {
    return types_of(Query(body_->database, std::string(kTypeColumns) + "ORDER BY valcode"));
}

Result<PaymentType> Till::payment_type(int valutcode) {
    Query query(body_->database, std::string(kTypeColumns) + "WHERE valcode = ?");
    query.with(valutcode);
    auto types = types_of(std::move(query));
    if (!types) return types.error();
    if (types->empty()) return Error{ErrorCode::NotFound, tr("типа оплаты %1 нет", valutcode)};
    return std::move(types->front());
}

Result<PaymentType> Till::put_payment_type(const PaymentType& type) {
    if (auto checked = check_type(type); !checked) return checked.error();
    return body_->in_transaction([&]() -> Result<PaymentType> {
        const auto known = payment_types();
        if (!known) return known.error();
        const auto kkm = choose_kkm(type, *known);
        if (!kkm) return kkm.error();
        PaymentType numbered = type;
        numbered.kkm = *kkm;
        const auto stored =
            Query(
                body_->database,
                "INSERT INTO valut (valcode, system, name, kkm, kind, fiscal) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (valcode) DO UPDATE SET "
                "system = excluded.system, name = excluded.name, kkm = excluded.kkm, "
                "kind = excluded.kind, fiscal = excluded.fiscal")
                .with(numbered.valutcode)
                .with(numbered.system)
                .with(numbered.name)
                .with(numbered.kkm == 0 ? std::nullopt : std::optional(numbered.kkm))
                .with(name(numbered.kind))
                .with(numbered.fiscal)
                .run();
        if (!stored) return stored.error();
        return numbered;
    });
}

Result<std::vector<CardGroup>> Till::card_groups() {
    std::vector<CardGroup> groups;
    const auto read = Query(
                          body_->database,
                          "SELECT idcardgroup, name, inputmask, pattern FROM cardgroup "
                          "ORDER BY idcardgroup")
                          .each([&](const store::Statement& row) -> Result<> {
                              groups.push_back(
                                  {static_cast<int>(row.integer(0)), row.text(1),
                                   static_cast<int>(row.integer(2)), row.text(3)});
                              return Done{};
                          });
    if (!read) return read.error();
    return groups;
}

Result<> Till::put_card_group(const CardGroup& group) {
    if (group.code < 1 || group.code > kCodeMax) {
        return wrong(tr("код группы карт %1 не от 1 до %2", group.code, kCodeMax));
    }
    if (!is_name(group.name, kNameLimit)) {
        return wrong(tr("у группы карт %1 нужно название в одну строку", group.code));
    }
    if (group.inputmask < 0 || group.inputmask > kInputmaskMax) {
        return wrong(tr("маска способа ввода %1 не от 0 до %2", group.inputmask, kInputmaskMax));
    }
    if (!group.pattern.empty() && !is_name(group.pattern, kPatternLimit)) {
        return wrong(tr("шаблон номера группы карт %1 не в одну строку", group.code));
    }
    return Query(
               body_->database,
               "INSERT INTO cardgroup (idcardgroup, name, inputmask, pattern) VALUES (?, ?, ?, ?) "
               "ON CONFLICT (idcardgroup) DO UPDATE SET name = excluded.name, "
               "inputmask = excluded.inputmask, pattern = excluded.pattern")
        .with(group.code)
        .with(group.name)
        .with(group.inputmask)
        .with(group.pattern)
        .run();
}

Result<std::vector<Action>> Till::actions() {
    return actions_of(
        Query(body_->database, "SELECT keyname, command, parameters FROM action ORDER BY keyname"));
}

Result<Action> Till::action(std::string_view key) {
    Query query(
        body_->database, "SELECT keyname, command, parameters FROM action WHERE keyname = ?");
    query.with(key);
    auto actions = actions_of(std::move(query));
    if (!actions) return actions.error();
    if (actions->empty()) {
        return Error{ErrorCode::NotFound, tr("на клавишу %1 ничего не назначено", key)};
    }
    return std::move(actions->front());
}

Result<> Till::put_action(const Action& action) {
    if (!is_name(action.key, kNameLimit))
        return wrong(tr("название клавиши пусто или не в одну строку"));
    if (!is_word(action.command)) {
        return wrong(tr("команда \"%1\" не вида COMMAND_CARD", action.command));
    }
    for (const auto& [key, value] : action.parameters) {
        if (!is_word(key) || (!value.empty() && !is_name(value, kNameLimit))) {
            return wrong(tr("параметр \"%1\" клавиши %2 не вида имя=значение", key, action.key));
        }
    }
    return Query(
               body_->database,
               "INSERT INTO action (keyname, command, parameters) VALUES (?, ?, ?) "
               "ON CONFLICT (keyname) DO UPDATE SET command = excluded.command, "
               "parameters = excluded.parameters")
        .with(action.key)
        .with(action.command)
        .with(parameters_document(action.parameters))
        .run();
}

}  // namespace linuxcash::till
