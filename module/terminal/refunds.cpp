// SPDX-License-Identifier: Apache-2.0
#include "terminal/refunds.h"

#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

using host::Outcome;

namespace {

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

Money sum_of(const std::vector<till::Line>& lines, Currency currency) {
    Money sum(0, currency);
    for (const till::Line& line : lines)
        sum = sum + line.total;
    return sum;
}

Result<std::vector<RefundPart>> parts_of(
    const SaleRest& rest, const Refund& wish, const Money& total) {
    if (total.is_zero()) return std::vector<RefundPart>();
    if (wish.valutcode) return refund_parts(rest, {{*wish.valutcode, total}});
    if (wish.payments.empty()) return refund_parts(rest, total);
    Money sum(0, total.currency());
    for (const RefundPayment& each : wish.payments)
        sum = sum + each.sum;
    if (total < sum) {
        return wrong(tr("оплаты на %1 больше суммы возврата %2", sum.str(), total.str()));
    }
    if (sum < total && !wish.hold) {
        return wrong(
            tr("оплаты на %1 меньше суммы возврата %2: такой чек можно только оставить открытым",
               sum.str(), total.str()));
    }
    return refund_parts(rest, wish.payments);
}

}  // namespace

Refunds::Refunds(Parts parts) : parts_(parts) {
}

Result<till::Receipt> Refunds::sale_to_refund(std::int64_t number) {
    Result<std::optional<till::Receipt>> found = parts_.till.receipt(number);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::NotFound, tr("чека %1 в базе кассы нет", number)};
    const till::Receipt& sale = **found;
    if (sale.type != core::ReceiptType::Sale) {
        return wrong(tr("чек %1 - чек возврата: вернуть можно только продажу", number));
    }
    if (sale.state == till::ReceiptState::Annulled) {
        return wrong(tr("чек %1 аннулирован: возвращать по нему нечего", number));
    }
    if (sale.state == till::ReceiptState::Open) {
        return wrong(tr("чек %1 еще не закрыт: его можно аннулировать, а не вернуть", number));
    }
    if (sale.currency != parts_.desk.currency()) {
        return wrong(tr("чек %1 в другой валюте: %2", number, sale.currency.code()));
    }
    return sale;
}

Result<SaleRest> Refunds::rest_of_sale(const till::Receipt& sale) {
    return parts_.give_backs.rest_of_sale(sale);
}

Result<Refunds::Plan> Refunds::plan(const Refund& wish) {
    if (const Result<> allowed = parts_.desk.may_open_receipt(); !allowed) return allowed.error();
    const Result<till::Receipt> sale = sale_to_refund(wish.receipt);
    if (!sale) return sale.error();
    const Result<SaleRest> rest = rest_of_sale(*sale);
    if (!rest) return rest.error();
    Result<std::vector<till::Line>> lines = refund_lines(*rest, wish.lines);
    if (!lines) return lines.error();
    Plan plan{*sale, std::move(*lines), Money(), {}, wish.hold, wish.silent};
    plan.total = sum_of(plan.lines, sale->currency);
    Result<std::vector<RefundPart>> parts = parts_of(*rest, wish, plan.total);
    if (!parts) return parts.error();
    plan.parts = std::move(*parts);
    return plan;
}

void Refunds::refund(Plan plan, FlowThen then) {
    FlowEnd nothing;
    nothing.sum = plan.total;
    if (const Result<> possible = parts_.give_backs.check(plan.parts); !possible) {
        return then(refused(parts_.announcer, possible.error().text, std::move(nothing)));
    }
    parts_.announcer.log(
        tr("Возврат по чеку продажи %1: сумма %2", plan.sale.number, plan.total.str()));
    const Result<> opened = parts_.desk.open_refund([&plan](till::Receipt& refund) -> Result<> {
        refund.sale_uid = plan.sale.uid;
        refund.lines = plan.lines;
        refund.held = plan.hold;
        return Done{};
    });
    if (!opened) return then(refused(parts_.announcer, opened.error().text, std::move(nothing)));
    parts_.give_backs.give(
        plan.parts, plan.silent,
        [this, hold = plan.hold, then = std::move(then)](const FlowEnd& end) {
            given(hold, end, then);
        });
}

void Refunds::given(bool hold, const FlowEnd& end, const FlowThen& then) {
    if (end.outcome != Outcome::Approved) return roll_back(hold, end, then);
    if (hold) return then(end);
    parts_.closing.close_if_paid(end, [this, hold, then](const FlowEnd& closed) {
        // The fiscal step failed, and everything was taken back: the refund did not happen.
        annul_empty(hold);
        then(closed);
    });
}

// One part was not given: the others do not stay.
void Refunds::roll_back(bool hold, FlowEnd end, FlowThen then) {
    parts_.undos.undo_all(
        true, [this, hold, end = std::move(end), then = std::move(then)](const FlowEnd& undone) {
            FlowEnd told = end;
            told.owed = told.owed || undone.owed;
            if (has_money(*parts_.desk.receipt())) {
                told.outcome = Outcome::Refused;
                told.text = parts_.announcer.say(
                    tr("Возврат не закончен: %1. Часть денег уже возвращена и не отменена: %2. "
                       "Чек возврата остался открытым",
                       end.text, undone.text));
                parts_.announcer.tell(host::Level::Error, "", told.text);
            }
            annul_empty(hold);
            then(told);
        });
}

void Refunds::annul_empty(bool hold) {
    const till::Receipt* refund = parts_.desk.receipt();
    if (refund == nullptr || hold || has_money(*refund)) return;
    if (const Result<> ended = parts_.desk.end(till::ReceiptState::Annulled); !ended) {
        parts_.announcer.error(
            tr("чек возврата не аннулирован, сделайте это еще раз: %1", ended.error().text));
    }
    parts_.desk.emit_receipt();
}

}  // namespace linuxcash::terminal
