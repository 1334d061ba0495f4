/* SPDX-License-Identifier: Apache-2.0
 *
 * DRAFT of the ability loyalty/1: cards, discounts and bonuses of a receipt. It may change without
 * notice until a module that offers it is released; it then moves beside paysystem.h under the same
 * id.
 *
 * Threads, memory, text, sizes and time: as paysystem.h says for every call.
 */
#ifndef LINUXCASH_DRAFT_LOYALTY_H
#define LINUXCASH_DRAFT_LOYALTY_H

#include <linuxcash/paysystem.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LC_ABILITY_LOYALTY_1 "loyalty/1"

/* Somebody presented a loyalty card or named a phone. */
typedef struct lc_card_request {
    lc_request request;
    int32_t entered_by; /* one of LC_ACCEPT_…: how the number came in; LC_ACCEPT_PHONE says that it
                           is a phone */
    const char* number; /* as it was read or typed; empty: the module asks */
} lc_card_request;

/* The buyer pays a part of the receipt with bonuses. */
typedef struct lc_bonus_request {
    lc_request request;
    lc_money sum; /* above zero; zero: the module asks */
} lc_bonus_request;

/* Takes back the bonus payment `target` of a receipt that is not closed. */
typedef struct lc_bonus_undo_request {
    lc_request request;
    lc_id target; /* id of the bonus operation */
} lc_bonus_undo_request;

/* The receipt is closed. The host stores `request.id` in the same commit, so a confirm that never
 * began is begun at the next start, and one that began is attached to. */
typedef struct lc_confirm_request {
    lc_request request; /* receipt: as it was closed, with all its payments */
    const char* cheque; /* document: numbers of the fiscal receipt, or null if there was none */
} lc_confirm_request;

/* Each begins an operation, with the results of payment/1's. A null member: the module has no such
 * operation.
 *
 * What they change in the receipt (card, discounts, note) they ask for with LC_EVENT_EDIT; once
 * money has moved the host refuses edits of lines, card and discounts. All of them move no goods
 * payment: they end in DONE or tell why not. A `confirm` that cannot be delivered ends in DONE with
 * `owed` set, and the module delivers it by itself. */
typedef struct lc_loyalty_1 {
    uint32_t size;
    lc_status (*card)(lc_instance*, const lc_card_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*calculate)(lc_instance*, const lc_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*bonus)(lc_instance*, const lc_bonus_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*bonus_undo)(lc_instance*, const lc_bonus_undo_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*confirm)(lc_instance*, const lc_confirm_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*balance)(lc_instance*, const lc_card_request*, lc_operation**) LC_NOEXCEPT;
} lc_loyalty_1;

#ifdef __cplusplus
}
#endif

#endif
