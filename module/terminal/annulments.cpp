// SPDX-License-Identifier: Apache-2.0
#include "terminal/annulments.h"

#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

Error wrong(Text text) {
    return Error{ErrorCode::InvalidInput, std::move(text)};
}

}  // namespace

Annulments::Annulments(Parts parts) : parts_(parts) {
}

// ---- The open receipt ----

void Annulments::annul_open(FlowThen then) {
    parts_.undos.undo_all(false, [this, then = std::move(then)](const FlowEnd& undone) {
        open_undone(undone, then);
    });
}

void Annulments::open_undone(const FlowEnd& undone, const FlowThen& then) {
    FlowEnd end;
    end.owed = undone.owed;
    if (has_money(*parts_.desk.receipt())) {
        end.reason = undone.reason;
        const Text why = tr("чек не аннулирован, оплата не отменена: %1", undone.text);
        return then(refused(parts_.announcer, why, std::move(end)));
    }
    if (const Result<> ended = parts_.desk.end(till::ReceiptState::Annulled); !ended) {
        return then(refused(parts_.announcer, ended.error().text, std::move(end)));
    }
    end.text = undone.text;
    parts_.desk.emit_receipt();
    then(end);
}

// ---- Closed receipts ----

Result<till::Receipt> Annulments::closed_receipt(std::int64_t number) {
    const till::Receipt* open = parts_.desk.receipt();
    if (open != nullptr) {
        return wrong(tr("есть открытый чек %1: закройте или аннулируйте его", open->number));
    }
    Result<std::optional<till::Receipt>> found = parts_.till.receipt(number);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::NotFound, tr("чека %1 в базе кассы нет", number)};
    if ((*found)->state == till::ReceiptState::Annulled) {
        return wrong(tr("чек %1 уже аннулирован", number));
    }
    return **found;
}

Result<till::Receipt> Annulments::sale_to_annul(std::int64_t number) {
    Result<till::Receipt> sale = closed_receipt(number);
    if (!sale) return sale;
    if (sale->type == core::ReceiptType::Refund) {
        return wrong(tr("чек %1 - чек возврата: отмените возврат", number));
    }
    const auto& shift = parts_.desk.shift();
    if (!shift || !shift->open) return wrong(tr("смена не открыта: откройте смену"));
    if (sale->shift != shift->number) {
        return wrong(
            tr("чек %1 закрыт в смене %2, аннулировать его нельзя: оформите возврат", number,
               sale->shift));
    }
    const Result<std::vector<till::Receipt>> refunds = parts_.till.refunds_of(sale->uid);
    if (!refunds) return refunds.error();
    if (!refunds->empty()) {
        return wrong(
            tr("по чеку %1 есть возврат %2, аннулировать его нельзя: верните остаток или отмените "
               "возврат",
               number, refunds->front().number));
    }
    return sale;
}

Result<till::Receipt> Annulments::refund_to_cancel(std::int64_t number) {
    Result<till::Receipt> refund = closed_receipt(number);
    if (!refund) return refund;
    if (refund->type != core::ReceiptType::Refund) {
        return wrong(tr("чек %1 - чек продажи: отменяется только чек возврата", number));
    }
    const auto& shift = parts_.desk.shift();
    if (!shift || !shift->open) return wrong(tr("смена не открыта: откройте смену"));
    return refund;
}

void Annulments::annul_closed(till::Receipt closed, FlowThen then) {
    parts_.announcer.log(tr("Аннулирование закрытого чека: %1", closed.number));
    parts_.desk.take_up(closed);
    parts_.undos.undo_all(
        false, [this, held = std::move(closed), then = std::move(then)](const FlowEnd& undone) {
            const FlowEnd end = closed_undone(held, undone);
            parts_.desk.put_down();
            then(end);
        });
}

FlowEnd Annulments::closed_undone(const till::Receipt& held, const FlowEnd& undone) {
    FlowEnd end = undone;
    const till::Receipt& receipt = *parts_.desk.receipt();
    if (has_money(receipt)) {
        const Text why = tr(
            "чек %1 не аннулирован, не все его деньги отменены: %2", receipt.number, undone.text);
        end = refused(parts_.announcer, why, std::move(end));
        end.outcome = undone.outcome;
        return end;
    }
    if (receipt.state == till::ReceiptState::Closed) {
        // It held no money at all.
        const Result<> stored = parts_.desk.edit([](till::Receipt& changed) -> Result<> {
            changed.state = till::ReceiptState::Annulled;
            return Done{};
        });
        if (!stored) return refused(parts_.announcer, stored.error().text, std::move(end));
    }
    parts_.announcer.log(tr("Чек аннулирован: %1", parts_.desk.receipt()->number));
    print_annulment(held);
    return end;
}

void Annulments::print_annulment(const till::Receipt& held) {
    parts_.slips.print({parts_.papers.receipt("annulment", held), held.uid, "receipt", false});
}

}  // namespace linuxcash::terminal
