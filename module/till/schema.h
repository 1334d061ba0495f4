// SPDX-License-Identifier: Apache-2.0
// The tables of the till's database, by version. Pure constants and one function; one thread.
#pragma once

#include "base/result.h"
#include "store/database.h"

namespace linuxcash::till {

inline constexpr int kSchemaVersion = 2;

// Creates what is missing, and brings an older version up to this one. Unsupported: written by a
// newer version. Damaged: another program's database.
[[nodiscard]] Result<> prepare_schema(store::Database& database);

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

}  // namespace linuxcash::till
