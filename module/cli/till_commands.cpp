// SPDX-License-Identifier: Apache-2.0
#include "cli/till_commands.h"

#include <algorithm>
#include <limits>

#include "base/integer.h"
#include "cli/assignments.h"
#include "cli/module_access.h"
#include "cli/settings_file.h"
#include "json/json.h"
#include "till/till.h"

namespace linuxcash::cli {

namespace {

constexpr std::string_view kNone = "none";

// A whole number that fits an int; its range is the till's business.
std::optional<int> small_number(const std::string& text) {
    const auto number = parse_integer(text);
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(*number);
}

// "oplati", "webmoney:SBP": the module is there, and has such a payment system.
Result<> check_system(const Places& places, const till::PaymentType& type) {
    const auto description = describe_module(places, std::string(type.module()));
    if (!description) return description.error();
    std::string known;
    for (const host::SystemType& one : description->types) {
        if (one.key == type.system_key()) return Done{};
        known += (known.empty() ? "" : ", ") + description->name;
        if (!one.key.empty()) known += ":" + one.key;
    }
    return Error{ErrorCode::NotFound, tr("нет платёжной системы %1; есть: %2", type.system, known)};
}

// Words and options as a payment type; nullopt: said what was wrong.
std::optional<till::PaymentType> read_type(const Invocation& invocation, Console& console) {
    till::PaymentType type;
    const auto number = small_number(invocation.words[0]);
    const auto kkm = small_number(invocation.option("kkm").value_or("0"));
    const auto kind = till::parse_payment_kind(invocation.option("kind").value_or("other"));
    const std::string fiscal = invocation.option("fiscal").value_or("yes");
    if (!number || !kkm) {
        console.wrong(tr("номер типа оплаты и номер в ККМ — целые числа"));
        return std::nullopt;
    }
    if (!kind || (fiscal != "yes" && fiscal != "no")) {
        console.wrong(tr("допустимо --kind cash, card или other, --fiscal yes или no"));
        return std::nullopt;
    }
    type.valutcode = *number;
    type.system = invocation.words[1] == kNone ? "" : invocation.words[1];
    type.name = invocation.words[2];
    type.kkm = *kkm;
    type.kind = *kind;
    type.fiscal = fiscal == "yes";
    return type;
}

json::Value document_of(const till::PaymentType& type) {
    return json::object(
        {{"valutcode", type.valutcode},
         {"name", type.name},
         {"system", type.system},
         {"kkm", type.kkm},
         {"kind", till::name(type.kind)},
         {"fiscal", type.fiscal}});
}

std::string line_of(const till::PaymentType& type) {
    std::string line = std::to_string(type.valutcode) + "\t" + type.name + "\t";
    line += (type.system.empty() ? std::string(kNone) : type.system) + "\t";
    line += std::to_string(type.kkm) + "\t" + std::string(till::name(type.kind));
    return line + (type.fiscal ? "\tyes" : "\tno");
}

}  // namespace

Result<till::Till> open_till(const Places& places) {
    if (const auto tree = check_tree(places); !tree) return tree.error();
    return till::Till::open(places, till::Access::Guest, tree_owner(places));
}

Exit put_payment_type(const Invocation& invocation, Console& console) {
    const auto type = read_type(invocation, console);
    if (!type) return Exit::WrongUse;
    auto till = open_till(invocation.places);
    if (!till) return console.failed(till.error());
    if (!type->system.empty()) {
        const auto known = check_system(invocation.places, *type);
        if (!known) return console.failed(known.error());
    }
    const auto stored = till->put_payment_type(*type);
    return stored ? Exit::Done : console.failed(stored.error());
}

Exit list_payment_types(const Invocation& invocation, Console& console) {
    auto till = open_till(invocation.places);
    if (!till) return console.failed(till.error());
    const auto types = till->payment_types();
    if (!types) return console.failed(types.error());
    json::Value document = json::Array{};
    for (const till::PaymentType& type : *types)
        document.push(document_of(type));
    if (invocation.has("json")) console.result(document.str());
    for (const till::PaymentType& type : *types)
        if (!invocation.has("json")) console.result(line_of(type));
    return Exit::Done;
}

Exit put_card_group(const Invocation& invocation, Console& console) {
    const auto code = small_number(invocation.words[0]);
    const auto mask = small_number(invocation.option("inputmask").value_or("0"));
    if (!code || !mask) return console.wrong(tr("номер группы карт и inputmask — целые числа"));
    auto till = open_till(invocation.places);
    if (!till) return console.failed(till.error());
    const auto stored = till->put_card_group(
        {*code, invocation.words[1], *mask, invocation.option("pattern").value_or("")});
    return stored ? Exit::Done : console.failed(stored.error());
}

Exit put_action(const Invocation& invocation, Console& console) {
    till::Action action;
    action.key = invocation.words[0];
    action.command = invocation.words[1];
    for (std::size_t index = 2; index < invocation.words.size(); ++index) {
        const auto parameter = parse_assignment(invocation.words[index]);
        if (!parameter)
            return console.wrong(tr("%1-е значение: ожидается ПАРАМЕТР=ЗНАЧЕНИЕ", index - 1));
        action.parameters[parameter->key] = parameter->value;
    }
    auto till = open_till(invocation.places);
    if (!till) return console.failed(till.error());
    const auto stored = till->put_action(action);
    return stored ? Exit::Done : console.failed(stored.error());
}

}  // namespace linuxcash::cli
