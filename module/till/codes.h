// SPDX-License-Identifier: Apache-2.0
// The codes that documents, goods and money have in the till's tables and in exports: those of the
// register that this one stands in for. Pure, any thread.
#pragma once

#include "till/receipt.h"

namespace linuxcash::till {

// doctype of `document`
inline constexpr int kSaleDocument = 1;
inline constexpr int kReturnDocument = 2;  // without a sale
inline constexpr int kReturnBySaleDocument = 25;
inline constexpr int kCancelledReturnDocument = 7;
inline constexpr int kCancelledSaleDocument = 8;

// opcode of `goodsitem` and `moneyitem`. A payment that holds no money (added, cancelled) has none,
// so that sums by opcode are right without knowing our states.
inline constexpr int kSaleLine = 50;
inline constexpr int kReturnLine = 58;
inline constexpr int kSalePayment = 70;
inline constexpr int kSaleChange = 72;
inline constexpr int kReturnPayment = 74;
inline constexpr int kReturnChange = 76;
inline constexpr int kReturnBySalePayment = 100;
inline constexpr int kReturnBySaleChange = 101;

// An annulled receipt, too, says what it was to be.
[[nodiscard]] int document_type(const Receipt& receipt);
[[nodiscard]] int line_code(const Receipt& receipt);
// Of money of this receipt that was paid (given back), and of its change.
[[nodiscard]] int payment_code(const Receipt& receipt);
[[nodiscard]] int change_code(const Receipt& receipt);
// Whether the payment's money stands in its receipt: also when another receipt gave it back.
[[nodiscard]] bool holds_money(const Payment& payment);

}  // namespace linuxcash::till
