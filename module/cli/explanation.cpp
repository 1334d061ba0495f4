// SPDX-License-Identifier: Apache-2.0
#include "cli/explanation.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "cli/operation_view.h"

namespace linuxcash::cli {

namespace {

using core::Operation;
using core::OperationKind;
using core::Outcome;
using journal::DebtTold;

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kMsPerSecond = 1000;

Text kind_word(OperationKind kind) {
    switch (kind) {
        case OperationKind::Pay:
            return tr("оплата");
        case OperationKind::Undo:
            return tr("отмена оплаты");
        case OperationKind::Refund:
            return tr("возврат");
        case OperationKind::RefundUndo:
            return tr("отмена возврата");
    }
    return {};
}

Text outcome_word(Outcome outcome) {
    switch (outcome) {
        case Outcome::Approved:
            return tr("выполнено");
        case Outcome::Declined:
            return tr("отказано");
        case Outcome::Cancelled:
            return tr("отменено");
        case Outcome::Refused:
            return tr("не начато");
        case Outcome::Unknown:
            return tr("исход неизвестен");
        case Outcome::Done:
            return tr("готово");
    }
    return {};
}

Text obligation_word(core::ObligationKind kind) {
    switch (kind) {
        case core::ObligationKind::Undo:
            return tr("отмена");
        case core::ObligationKind::Refund:
            return tr("возврат денег");
        case core::ObligationKind::Confirm:
            return tr("подтверждение чека");
    }
    return {};
}

// What one record tells.
struct FactSentence {
    Text operator()(const core::Intent& intent) const {
        return tr("начато: %1, кассир %2", kind_word(intent.kind), intent.cashier);
    }
    Text operator()(const core::Learned& learned) const {
        return tr("платёжная система дала номер %1", learned.payment_id);
    }
    Text operator()(const core::Ended& ended) const {
        if (ended.text.empty()) return outcome_word(ended.outcome);
        return tr("%1: «%2»", outcome_word(ended.outcome), ended.text);
    }
    Text operator()(const core::Owed& owed) const {
        if (owed.order_number.empty())
            return tr("поставлено в очередь: %1", obligation_word(owed.kind));
        return tr(
            "поставлено в очередь: %1, заказ %2", obligation_word(owed.kind), owed.order_number);
    }
    Text operator()(const core::Discharged& discharged) const {
        return tr("выполнено из очереди: %1", discharged.how);
    }
    Text operator()(const core::HostSettled& settled) const {
        return settled.settled == core::Settled::Kept ? tr("касса записала деньги в чек")
                                                      : tr("касса вычеркнула деньги из чека");
    }
};

Text why_owed(const Operation& operation) {
    const bool refund = operation.intent.kind == OperationKind::Refund;
    if (operation.owed->kind == core::ObligationKind::Confirm)
        return tr("чек закрыт, а сервер об этом ещё не знает");
    if (operation.owed->kind == core::ObligationKind::Refund)
        return tr("отменить оплату уже нельзя, поэтому деньги возвращаются покупателю, один раз");
    if (!operation.ended)
        return tr("касса остановилась, не узнав исхода, поэтому отменяет то, что могло пройти");
    switch (operation.ended->outcome) {
        case Outcome::Approved:
            return refund ? tr("возврат прошёл, но касса от него отказалась")
                          : tr("деньги получены, но касса от этой оплаты отказалась");
        case Outcome::Unknown:
            return refund ? tr("исход возврата неизвестен: деньги могли уйти, а в чек он не вошёл")
                          : tr(
                              "исход оплаты неизвестен: деньги могли быть списаны, а в чек они не "
                              "вошли");
        case Outcome::Declined:
        case Outcome::Cancelled:
        case Outcome::Refused:
        case Outcome::Done:
            break;
    }
    return tr("деньги прошли уже после того, как касса показала отказ");
}

std::vector<Text> history(const Situation& situation) {
    std::vector<Text> lines;
    for (const core::Record& record : situation.listed.records)
        lines.push_back(
            tr("%1  %2", moment(record.at_ms), std::visit(FactSentence{}, record.fact)));
    for (const Operation& each : situation.about)
        lines.push_back(
            tr("%1  связано: %2 на %3, %4, операция %5", moment(each.began_at_ms),
               kind_word(each.intent.kind), each.intent.sum.str(),
               each.ended ? outcome_word(each.ended->outcome) : tr("ещё идёт"), each.id.brief()));
    return lines;
}

// What the running register said of this one.
const DebtTold* debt_of(const Situation& situation) {
    const auto found =
        std::ranges::find(situation.debts, situation.listed.operation.id, &DebtTold::operation);
    return found == situation.debts.end() ? nullptr : &*found;
}

Text tries_line(const Situation& situation) {
    if (!situation.running) return tr("касса не запущена: попыток сейчас никто не делает");
    if (!situation.answered)
        return tr("работающая касса не ответила; её попытки записаны в terminal.log");
    const DebtTold* debt = debt_of(situation);
    if (debt == nullptr || debt->tries == 0) return tr("с запуска кассы попыток ещё не было");
    if (debt->last_error.empty()) return tr("попыток с запуска кассы: %1", debt->tries);
    return tr(
        "попыток с запуска кассы: %1, последняя не удалась: %2", debt->tries, debt->last_error);
}

Text blocks_line(const Situation& situation) {
    const Operation& operation = situation.listed.operation;
    if (!operation.ended && !operation.owes())
        return tr("новые операции через %1 ждут, пока исход не выяснен", situation.title);
    if (operation.owed->kind == core::ObligationKind::Confirm)
        return tr("продажи это не останавливает");
    const DebtTold* debt = debt_of(situation);
    if (debt == nullptr)
        return tr(
            "пока это не выполнено, касса может не принимать оплату через %1", situation.title);
    return debt->blocks ? tr(
               "пока это не выполнено, оплата и возврат через %1 не принимаются", situation.title)
                        : tr("продажи это не останавливает");
}

// For an administrator who will not wait any longer.
std::optional<Text> last_resort(const Situation& situation) {
    const Operation& operation = situation.listed.operation;
    if (!operation.owes() || situation.now_ms - operation.owed_at_ms < kDayMs) return std::nullopt;
    return tr(
        "ждёт больше суток: найдите в личном кабинете заказ %1 и сообщите его номер поддержке "
        "платёжной системы; если денег там уже нет, касса убедится в этом сама при следующей "
        "попытке",
        operation.intent.order_number);
}

Text step_of_unfinished(const Situation& situation) {
    const std::string& system = situation.system;
    if (situation.token_trouble) return *situation.token_trouble;
    if (!situation.listed.operation.owes()) {
        return situation.running ? tr("ничего: касса выясняет исход сама")
                                 : tr("запустите кассу: она выяснит исход сама");
    }
    if (!situation.running)
        return tr(
            "запустите кассу: она выполнит это сама; без кассы: paysysctl queue push %1", system);
    const DebtTold* debt = debt_of(situation);
    if (debt != nullptr && !debt->last_error.empty())
        return tr(
            "устраните последнюю ошибку (связь с сервером, токен: paysysctl token status %1), "
            "затем: paysysctl queue push %1",
            system);
    return tr("ничего: касса повторяет попытки сама; поторопить: paysysctl queue push %1", system);
}

}  // namespace

bool is_unfinished(const Operation& operation) {
    if (operation.owes()) return true;
    const OperationKind kind = operation.intent.kind;
    const bool moves_money = kind == OperationKind::Pay || kind == OperationKind::Refund;
    return moves_money && !operation.ended;
}

Text heading(const Situation& situation) {
    const Operation& operation = situation.listed.operation;
    const core::Intent& intent = operation.intent;
    const std::string sum = intent.sum.str() + " " + std::string(intent.sum.currency().code());
    const auto about = [&](const Text& what) {
        return tr("%1: %2, %3, чек %4", situation.title, what, sum, intent.receipt_number);
    };
    if (!operation.owes()) {
        if (is_unfinished(operation))
            return about(tr("выясняется исход (%1)", kind_word(intent.kind)));
        return about(kind_word(intent.kind));
    }
    if (operation.owed->kind != core::ObligationKind::Undo)
        return about(tr("в очереди %1", obligation_word(operation.owed->kind)));
    return about(
        intent.kind == OperationKind::Refund ? tr("в очереди отмена возврата")
                                             : tr("в очереди отмена оплаты"));
}

Text next_step(const Situation& situation) {
    const Operation& operation = situation.listed.operation;
    if (is_unfinished(operation)) return step_of_unfinished(situation);
    if (operation.unclaimed())
        return tr("запустите кассу: она спросит кассира, записать ли эти деньги в чек");
    return tr("ничего: по этой операции ничего не осталось");
}

std::vector<Text> explanation(const Situation& situation) {
    const Operation& operation = situation.listed.operation;
    const core::Intent& intent = operation.intent;
    const std::string gateway_id = operation.payment_id.empty() ? "-" : operation.payment_id;
    std::vector<Text> lines{
        tr("операция %1, система %2", operation.id.hex(), situation.system),
        tr("заказ %1, номер платёжной системы %2, смена %3", intent.order_number, gateway_id,
           intent.shift_label)};
    if (intent.target) lines.push_back(tr("относится к операции %1", intent.target->hex()));
    for (Text& line : history(situation))
        lines.push_back(std::move(line));
    if (operation.owes()) {
        lines.push_back(tr("почему: %1", why_owed(operation)));
        lines.push_back(
            tr("ждёт с %1, то есть %2", moment(operation.owed_at_ms),
               duration(situation.now_ms - operation.owed_at_ms)));
        lines.push_back(tries_line(situation));
    }
    if (is_unfinished(operation)) lines.push_back(blocks_line(situation));
    if (auto more = last_resort(situation)) lines.push_back(*std::move(more));
    lines.push_back(tr("что делать: %1", next_step(situation)));
    return lines;
}

json::Value document_of(
    const Situation& situation, const std::function<std::string(const Text&)>& translated) {
    const Operation& operation = situation.listed.operation;
    json::Value document = document_of(situation.system, operation);
    document.set("running", situation.running);
    document.set("next", translated(next_step(situation)));
    if (!operation.owes()) return document;
    document.set("why", translated(why_owed(operation)));
    document.set("owed_since", moment(operation.owed_at_ms));
    document.set(
        "age", std::max<std::int64_t>(0, situation.now_ms - operation.owed_at_ms) / kMsPerSecond);
    document.set("refund_order", operation.owed->order_number);
    const DebtTold* debt = debt_of(situation);
    if (debt == nullptr) return document;
    document.set("tries", debt->tries).set("last_error", debt->last_error);
    document.set("blocks", debt->blocks);
    return document;
}

}  // namespace linuxcash::cli
