// SPDX-License-Identifier: Apache-2.0
// Every word of the O!плати protocol in one place: a correction from the vendor changes only this
// table. Constants, no threads.
#pragma once

#include <cstddef>
#include <string_view>

namespace linuxcash::oplati::wire {

// ---- Steps: names of calls in logs, and for telling replies apart ----
inline constexpr const char* kTokensStep = "tokens";
inline constexpr const char* kSessionStep = "demandPayment";
inline constexpr const char* kReadyStep = "consumerStatus";
inline constexpr const char* kChargeStep = "payments";
inline constexpr const char* kQueryStep = "payment";
inline constexpr const char* kListStep = "paymentReports";
inline constexpr const char* kUndoStep = "technicalCancel";
inline constexpr const char* kRefundStep = "reversals";
inline constexpr const char* kProbeStep = "probe";

// ---- Paths, after the base address ----
inline constexpr const char* kTokensPath = "/tokens";
inline constexpr const char* kSessionPath = "/pos/demandPayment";
inline constexpr const char* kReadyPath = "/pos/consumerStatus";
inline constexpr const char* kPaymentsPath = "/pos/payments";
inline constexpr const char* kReversalsTail = "/reversals";
inline constexpr const char* kListPath = "/pos/paymentReports";

// ---- Headers; those of replies in lower case ----
inline constexpr const char* kRegNumHeader = "regNum";
inline constexpr const char* kPasswordHeader = "password";
inline constexpr const char* kTokenHeader = "token";
inline constexpr const char* kReplyTokenHeader = "token";

// ---- Values ----
inline constexpr int kStaticCodeMode = 1;  // paymentMode of a session
inline constexpr int kBuyersCodeMode = 2;
inline constexpr int kDynamicCodeMode = 3;
inline constexpr int kGoodsItem = 1;
inline constexpr int kServiceItem = 2;
inline constexpr int kDiscountModifier = 1;
inline constexpr int kSurchargeModifier = 2;
inline constexpr int kPaidByOplati = 1;
inline constexpr int kPaidByCard = 2;
inline constexpr int kPaidByCash = 3;
inline constexpr int kPaidByOther = 99;
inline constexpr int kSaleType = 1;  // paymentType
inline constexpr int kPurchaseType = 2;  // money to the buyer; we make none
inline constexpr int kReversalType = 3;

// ---- Loyalty: no public integration reads cards; README.md says how we do ----
inline constexpr const char* kCardsMember = "loyaltyCards";

// What an error reply calls a token that the server does not have for this register. No list of
// codes is public: these are our simulator's, and the beginning of the text that the vendor's
// server is known to show.
inline constexpr std::string_view kTokenMissingCode = "TOKEN_MISSING";
inline constexpr std::string_view kTokenMissingWords = "Необходимо получить новый токен";

// ---- Limits ----
inline constexpr std::size_t kTokenLimit = 1024;
inline constexpr std::size_t kAuthCodeLimit = 512;
inline constexpr std::size_t kOrderNumberLimit = 36;
inline constexpr std::size_t kShownTextLimit =
    300;  // bytes of a server's words on a screen or in a log
inline constexpr std::size_t kSessionIdLimit = 128;
inline constexpr std::size_t kPinLimit = 32;
inline constexpr std::size_t kCardNumberLimit = 64;
inline constexpr std::size_t kCardNameLimit = 100;  // bytes
inline constexpr std::size_t kCardsLimit = 32;
inline constexpr std::size_t kQrLimit =
    1024;  // what a code of a size that phones can read from a screen holds
inline constexpr int kReplyDepth = 32;

}  // namespace linuxcash::oplati::wire
