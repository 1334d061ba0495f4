// SPDX-License-Identifier: Apache-2.0
#include "terminal/recovery_texts.h"

namespace linuxcash::terminal::recovery_texts {

namespace {

// Whether money goes out, or such a going out is undone.
bool of_refund(const till::Operation& operation) {
    return operation.kind == core::OperationKind::Refund
           || operation.kind == core::OperationKind::RefundUndo;
}

}  // namespace

Text still_unknown(const till::Operation& operation, const Text& why) {
    const auto number = operation.receipt_number;
    return of_refund(operation)
               ? tr(
                   "Исход возврата в чеке %1 неизвестен, не возвращайте деньги еще раз: %2", number,
                   why)
               : tr("Исход оплаты в чеке %1 неизвестен, не платите еще раз: %2", number, why);
}

Text did_not_happen(const till::Operation& operation, const std::string& why) {
    const auto number = operation.receipt_number;
    if (why.empty()) {
        return of_refund(operation) ? tr("Прерванный возврат не состоялся, чек %1", number)
                                    : tr("Прерванная оплата не состоялась, чек %1", number);
    }
    return of_refund(operation) ? tr("Прерванный возврат в чеке %1: %2", number, why)
                                : tr("Прерванная оплата в чеке %1: %2", number, why);
}

Text of_unknown_receipt(const till::Operation& operation) {
    const auto number = operation.receipt_number;
    const std::string sum = operation.sum.str();
    return of_refund(operation)
               ? tr(
                   "Есть возврат неизвестного чека %1 на %2: решите, что с ним делать", number, sum)
               : tr(
                   "Есть оплата неизвестного чека %1 на %2: решите, что с ней делать", number, sum);
}

Text runs_for_unknown_receipt(const till::Operation& operation) {
    const auto number = operation.receipt_number;
    return of_refund(operation) ? tr("Возврат неизвестного чека %1 еще выполняется", number)
                                : tr("Оплата неизвестного чека %1 еще выполняется", number);
}

Text is_followed(const till::Operation& operation) {
    const auto number = operation.receipt_number;
    return of_refund(operation) ? tr("Возврат проверяется после перезапуска, чек %1", number)
                                : tr("Оплата проверяется после перезапуска, чек %1", number);
}

Text claimed(const till::Operation& operation) {
    const auto number = operation.receipt_number;
    const std::string sum = operation.sum.str();
    return of_refund(operation) ? tr("Прерванный возврат прошел и стоит в чеке %1: %2", number, sum)
                                : tr("Прерванная оплата прошла и стоит в чеке %1: %2", number, sum);
}

Text is_taken_back(const till::Operation& operation) {
    const auto number = operation.receipt_number;
    const std::string sum = operation.sum.str();
    return of_refund(operation)
               ? tr(
                   "Возврат прошел, когда чек возврата %1 был уже закончен, и отменяется: %2",
                   number, sum)
               : tr("Оплата прошла после закрытия чека %1 и отменяется: %2", number, sum);
}

Text undo_not_finished(const till::Operation& undo, const Text& why) {
    const auto number = undo.receipt_number;
    return of_refund(undo) ? tr("Отмена возврата в чеке %1 не завершена: %2", number, why)
                           : tr("Отмена оплаты в чеке %1 не завершена: %2", number, why);
}

Text undo_done(const till::Operation& undo) {
    const auto number = undo.receipt_number;
    return of_refund(undo) ? tr("Отмена возврата после перезапуска выполнена, чек %1", number)
                           : tr("Отмена оплаты после перезапуска выполнена, чек %1", number);
}

Text undo_failed(const till::Operation& undo) {
    const auto number = undo.receipt_number;
    return of_refund(undo) ? tr("Отмена возврата после перезапуска не удалась, чек %1", number)
                           : tr("Отмена оплаты после перезапуска не удалась, чек %1", number);
}

Text half_annulled(const till::Receipt& receipt) {
    const auto number = receipt.number;
    const std::string left = receipt.paid().str();
    return receipt.type == core::ReceiptType::Sale
               ? tr(
                   "Чек %1 аннулирован не до конца, осталось %2: повторите аннулирование", number,
                   left)
               : tr(
                   "Возврат по чеку %1 отменен не до конца, осталось %2: повторите отмену", number,
                   left);
}

}  // namespace linuxcash::terminal::recovery_texts
