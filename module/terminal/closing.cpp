// SPDX-License-Identifier: Apache-2.0
#include "terminal/closing.h"

#include <utility>

#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

using host::Outcome;

namespace {

Text failure_text(const till::Receipt& receipt, const Text& why, const std::string& undone) {
    const bool sale = receipt.type == core::ReceiptType::Sale;
    if (has_money(receipt)) {
        return sale ? tr("Чек не закрыт: %1. Не все оплаты удалось отменить: %2", why, undone)
                    : tr(
                        "Чек возврата не закрыт: %1. Не все возвраты удалось отменить: %2", why,
                        undone);
    }
    return sale ? tr("Чек не закрыт: %1. Оплаты отменены, чек остался открытым", why)
                : tr("Чек возврата не закрыт: %1. Возвраты отменены", why);
}

}  // namespace

Closing::Closing(Parts parts) : parts_(parts) {
}

void Closing::close_if_paid(FlowEnd end, FlowThen then) {
    if (!is_paid(*parts_.desk.receipt())) return then(end);
    close([this, end = std::move(end), then = std::move(then)](const FlowEnd& closing) mutable {
        if (closing.outcome == Outcome::Done) return then(end);
        end.text = closing.text;
        const till::Receipt* receipt = parts_.desk.receipt();
        const bool still_paid = receipt != nullptr && is_paid(*receipt);
        if (!still_paid) {
            end.outcome = closing.outcome;
            end.owed = closing.owed;
            end.reason = closing.reason;
        }
        then(end);
    });
}

void Closing::close(FlowThen then) {
    const Result<core::slip::Slip> slip = parts_.fiscal.register_receipt(*parts_.desk.receipt());
    if (!slip) return failed(slip.error().text, std::move(then));
    forget_undos();
    const std::string uid = parts_.desk.receipt()->uid;
    const bool cash = has_cash(*parts_.desk.receipt());
    if (const Result<> ended = parts_.desk.end(till::ReceiptState::Closed); !ended) {
        FlowEnd end;
        end.reason = "journal";
        const Text why =
            tr("чек оплачен, но не записан, закройте его еще раз: %1", ended.error().text);
        return then(refused(parts_.announcer, why, std::move(end)));
    }
    if (cash) parts_.slips.open_drawer();
    parts_.slips.print({*slip, uid, "receipt", false});
    parts_.desk.emit_receipt();
    then(FlowEnd{});
}

// The goods go with every payment that stands in a closed receipt: a wish to undo one that has not
// ended is over. So an undo without a word that a start finds on a closed receipt annuls it.
void Closing::forget_undos() {
    const Result<std::vector<till::Operation>> open = parts_.till.open_operations();
    if (!open) return;  // closing says it itself when the till cannot be used
    for (const till::Operation& each : *open) {
        const bool undo =
            each.kind == core::OperationKind::Undo || each.kind == core::OperationKind::RefundUndo;
        if (!undo || each.word || each.receipt_uid != parts_.desk.receipt()->uid) continue;
        if (each.payment == 0) continue;  // of money that never stood in the receipt
        parts_.desk.record_word({each.system, {each.id, core::Settled::Undone}});
    }
}

void Closing::failed(const Text& why, FlowThen then) {
    parts_.announcer.log_error(tr("Чек не закрыт, оплаты отменяются: %1", why));
    parts_.undos.undo_all(false, [this, why, then = std::move(then)](const FlowEnd& undone) {
        FlowEnd end;
        const till::Receipt& receipt = *parts_.desk.receipt();
        end.outcome = undone.owed ? Outcome::Unknown : Outcome::Cancelled;
        if (has_money(receipt)) end.outcome = Outcome::Refused;
        end.owed = undone.owed;
        end.text = parts_.announcer.say(failure_text(receipt, why, undone.text));
        parts_.announcer.tell(host::Level::Error, "", end.text);
        then(end);
    });
}

}  // namespace linuxcash::terminal
