// SPDX-License-Identifier: Apache-2.0
#include "terminal/cards.h"

#include <algorithm>
#include <optional>
#include <regex>
#include <utility>

#include "base/integer.h"
#include "base/secret.h"
#include "terminal/documents.h"
#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

using host::Outcome;

constexpr int kFromProcessing = 5;  // cardNumberType of COMMAND_CARD
constexpr int kProcessingBit = 32;  // of a card group's inputmask
constexpr std::size_t kNumberLimit = 64;  // bytes: no card is longer

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

bool from_processing(const till::CardGroup& group) {
    return (group.inputmask & kProcessingBit) != 0;
}

Result<std::int64_t> number_of(const RunAction& action, const std::string& name) {
    const auto found = action.parameters.find(name);
    if (found == action.parameters.end()) {
        return wrong(tr("у действия %1 не задан параметр %2", action.command, name));
    }
    const auto number = parse_integer(found->second);
    if (number) return *number;
    return wrong(
        tr("параметр %2 действия %1 не целое число: %3", action.command, name, found->second));
}

// Whether the whole number is one of the group's; the error names a pattern that is none.
Result<bool> is_of(const till::CardGroup& group, const std::string& number) {
    if (group.pattern.empty()) return true;
    try {
        return std::regex_match(number, std::regex(group.pattern));
    } catch (const std::regex_error&) {
        return wrong(
            tr("шаблон номера группы карт %1 не регулярное выражение: исправьте pattern в таблице "
               "Cardgroup",
               group.code));
    }
}

// What a list of edits asks for; the register makes no others here.
struct CardEdits {
    std::optional<std::string> number;
    std::optional<std::string> note;
};

Result<CardEdits> read_edits(const json::Value& document) {
    CardEdits edits;
    const json::Array* items = document.array();
    if (items == nullptr || items->empty()) return wrong(tr("в правке чека ничего нет"));
    for (const json::Value& each : *items) {
        const std::string kind = each.string("edit").value_or("");
        if (kind == "set_card") {
            edits.number = each.string("number").value_or("");
        } else if (kind == "set_note") {
            edits.note = each.string("note").value_or("");
        } else {
            return wrong(tr("касса не умеет правку чека %1", kind));
        }
    }
    return edits;
}

}  // namespace

Cards::Cards(Parts parts) : parts_(std::move(parts)) {
}

// ---- The action ----

Result<till::PaymentType> Cards::type_of(const RunAction& action) {
    const Result<std::int64_t> kind = number_of(action, "cardNumberType");
    if (!kind) return kind.error();
    if (*kind != kFromProcessing) {
        return wrong(
            tr("cardNumberType = %1 эта касса не умеет: карту добавляет платежная система при "
               "cardNumberType = %2",
               *kind, kFromProcessing));
    }
    const Result<std::int64_t> valutcode = number_of(action, "valutcode");
    if (!valutcode) return valutcode.error();
    const Result<std::vector<till::PaymentType>> types = parts_.till.payment_types();
    if (!types) return types.error();
    const auto type = std::find_if(
        types->begin(), types->end(),
        [&valutcode](const till::PaymentType& each) { return each.valutcode == *valutcode; });
    if (type == types->end()) return wrong(tr("нет типа оплаты %1", *valutcode));
    if (type->system.empty()) {
        return wrong(tr("у типа оплаты %1 нет платежной системы: карту читать нечем", *valutcode));
    }
    const Result<host::Instance*> instance = parts_.systems.instance(type->module());
    if (!instance) return instance.error();
    if (!parts_.systems.has_operation(type->module(), "card")) {
        return wrong(tr(
            "платежная система %1 не добавляет карты лояльности", parts_.systems.title_of(*type)));
    }
    const Result<std::vector<till::CardGroup>> groups = parts_.till.card_groups();
    if (!groups) return groups.error();
    if (std::any_of(groups->begin(), groups->end(), from_processing)) return *type;
    return wrong(
        tr("ни у одной группы карт не включен способ ввода «Получение данных от процессинга»: "
           "задайте в таблице Cardgroup inputmask = %1",
           kProcessingBit));
}

Result<> Cards::may_change() const {
    const till::Receipt* receipt = parts_.desk.receipt();
    if (receipt == nullptr) return Done{};
    if (receipt->type != core::ReceiptType::Sale) {
        return wrong(tr("карту добавляют в чек продажи, а открыт чек возврата"));
    }
    if (!has_money(*receipt)) return Done{};
    return wrong(tr("в чеке уже есть оплата: сначала отмените ее, потом меняйте карту"));
}

Result<> Cards::remove() {
    const till::Receipt* receipt = parts_.desk.receipt();
    if (receipt == nullptr) return wrong(tr("нет открытого чека"));
    if (receipt->card.empty()) return wrong(tr("в чеке нет карты"));
    if (const Result<> allowed = may_change(); !allowed) return allowed;
    return parts_.desk.edit([](till::Receipt& changed) -> Result<> {
        changed.card.clear();
        return Done{};
    });
}

// ---- Reading ----

void Cards::read(const till::PaymentType& type, FlowThen then) {
    FlowEnd end;
    end.valutcode = type.valutcode;
    Result<> allowed = may_change();
    const till::Receipt* at_hand = parts_.desk.receipt();
    if (allowed && at_hand != nullptr && !at_hand->card.empty()) {
        allowed = wrong(tr("в чеке уже есть карта %1: сначала уберите ее", masked(at_hand->card)));
    }
    // The module gets the receipt by name, so that a payment can go on where the card began.
    const Result<till::Receipt> receipt =
        allowed ? parts_.desk.receipt_or_next_sale() : Result<till::Receipt>(allowed.error());
    const Result<OperationId> id = receipt ? parts_.new_id() : Result<OperationId>(receipt.error());
    if (!id) return then(refused(parts_.announcer, id.error().text, std::move(end)));
    host::CardRequest request;
    request.id = *id;
    request.type = type.valutcode;
    request.cashier = parts_.desk.cashier();
    request.receipt = receipt_document(*receipt, *parts_.desk.shift(), std::nullopt).str();
    const std::string module(type.module());
    const auto note = receipt->notes.find(module);
    if (note != receipt->notes.end()) request.note = note->second;
    const Result<host::Instance*> instance = parts_.systems.instance(module);
    if (!instance) return then(refused(parts_.announcer, instance.error().text, std::move(end)));
    Result<host::Conversation> conversation = (*instance)->card(request);
    if (!conversation) {
        return then(refused(parts_.announcer, conversation.error().text, std::move(end)));
    }
    parts_.announcer.log(tr("Карта лояльности: тип %1", type.valutcode));
    Dialogue::About about{parts_.systems.title_of(type), receipt->uid, {}};
    about.editor = [this, module](const host::Edit& edit) { return apply(module, edit); };
    parts_.dialogue.start(
        std::move(*conversation), std::move(about),
        [this, module, end,
         then = std::move(then)](const Result<host::Finished>& finished) mutable {
            if (!finished) {
                return then(refused(parts_.announcer, finished.error().text, std::move(end)));
            }
            take_over(end, *finished);
            if (end.outcome == Outcome::Approved) end.outcome = Outcome::Done;
            if (end.outcome == Outcome::Done) keep_note(module, *finished);
            then(end);
        });
}

Result<> Cards::check_number(const std::string& number) {
    if (number.empty()) return wrong(tr("платежная система не дала номера карты"));
    const Result<std::vector<till::CardGroup>> groups = parts_.till.card_groups();
    if (!groups) return groups.error();
    if (number.size() > kNumberLimit) return wrong(tr("номер карты слишком длинный"));
    for (const till::CardGroup& group : *groups) {
        if (!from_processing(group)) continue;
        const Result<bool> fits = is_of(group, number);
        if (!fits) return fits.error();
        if (*fits) return Done{};
    }
    return wrong(tr("карта %1 не подходит ни к одной группе карт из процессинга", masked(number)));
}

host::Answer Cards::apply(const std::string& system, const host::Edit& edit) {
    const auto refuse = [this](const Text& why) {
        parts_.announcer.log_warning(tr("Правка чека отклонена: %1", why));
        return host::Answer(host::EditRefused{parts_.announcer.say(why)});
    };
    const Result<CardEdits> edits = read_edits(edit.edits);
    if (!edits) return refuse(edits.error().text);
    const Result<till::Receipt> receipt = parts_.desk.receipt_or_next_sale();
    if (!receipt) return refuse(receipt.error().text);
    if (receipt->revision != edit.revision) return refuse(tr("чек с тех пор изменился"));
    if (const Result<> allowed = may_change(); !allowed) return refuse(allowed.error().text);
    if (edits->note && edits->note->size() > till::kNoteLimit) {
        return refuse(tr("заметка модуля длиннее %1 байт", till::kNoteLimit));
    }
    if (edits->number) {
        if (const Result<> fits = check_number(*edits->number); !fits) {
            return refuse(fits.error().text);
        }
    }
    const Result<> stored = parts_.desk.edit([&](till::Receipt& changed) -> Result<> {
        if (edits->number) changed.card = *edits->number;
        if (edits->note) changed.notes[system] = *edits->note;
        return Done{};
    });
    if (!stored) return refuse(stored.error().text);
    if (edits->number) parts_.announcer.log(tr("Карта в чеке: %1", masked(*edits->number)));
    return host::Applied{
        receipt_document(*parts_.desk.receipt(), *parts_.desk.shift(), std::nullopt).str()};
}

// What the module wants back with the payment of this receipt.
void Cards::keep_note(const std::string& system, const host::Finished& end) {
    const till::Receipt* receipt = parts_.desk.receipt();
    if (receipt == nullptr || !end.note || end.note->size() > till::kNoteLimit) return;
    const auto known = receipt->notes.find(system);
    if (known != receipt->notes.end() && known->second == *end.note) return;
    const Result<> stored = parts_.desk.edit([&](till::Receipt& changed) -> Result<> {
        changed.notes[system] = *end.note;
        return Done{};
    });
    if (!stored) {
        parts_.announcer.log_warning(tr("заметка модуля не записана: %1", stored.error().text));
    }
}

}  // namespace linuxcash::terminal
