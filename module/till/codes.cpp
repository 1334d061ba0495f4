// SPDX-License-Identifier: Apache-2.0
#include "till/codes.h"

namespace linuxcash::till {
namespace {

bool by_sale(const Receipt& receipt) {
    return !receipt.sale_uid.empty();
}

}  // namespace

int document_type(const Receipt& receipt) {
    const bool sale = receipt.type == core::ReceiptType::Sale;
    if (receipt.state == ReceiptState::Annulled) {
        return sale ? kCancelledSaleDocument : kCancelledReturnDocument;
    }
    if (sale) return kSaleDocument;
    return by_sale(receipt) ? kReturnBySaleDocument : kReturnDocument;
}

int line_code(const Receipt& receipt) {
    return receipt.type == core::ReceiptType::Sale ? kSaleLine : kReturnLine;
}

int payment_code(const Receipt& receipt) {
    if (receipt.type == core::ReceiptType::Sale) return kSalePayment;
    return by_sale(receipt) ? kReturnBySalePayment : kReturnPayment;
}

int change_code(const Receipt& receipt) {
    if (receipt.type == core::ReceiptType::Sale) return kSaleChange;
    return by_sale(receipt) ? kReturnBySaleChange : kReturnChange;
}

bool holds_money(const Payment& payment) {
    return payment.state == PaymentState::Processed || payment.state == PaymentState::Refunded;
}

}  // namespace linuxcash::till
