/* SPDX-License-Identifier: Apache-2.0
 *
 * DRAFT of the ability lifecycle/1: what happens to a payment item and a receipt before and after
 * the money moves. It may change without notice until a module that offers it is released; it then
 * moves beside paysystem.h under the same id.
 *
 * Threads, memory, text, sizes and time: as paysystem.h says for every call.
 */
#ifndef LINUXCASH_DRAFT_LIFECYCLE_H
#define LINUXCASH_DRAFT_LIFECYCLE_H

#include <linuxcash/paysystem.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LC_ABILITY_LIFECYCLE_1 "lifecycle/1"

/* A payment item of the receipt that is not processed yet. */
typedef struct lc_item_request {
    lc_request request;
    lc_id payment; /* id that its pay operation has or will have */
    lc_money sum; /* what stands on the item now; zero: not known yet */
    int32_t prepay; /* 1: it will be processed at once, before the receipt is closed */
} lc_item_request;

/* The fiscal receipt (or its virtual double) is about to be printed, or was tried. */
typedef struct lc_cheque_request {
    lc_request request;
    const char* cheque; /* document: what is printed; after_cheque: with the device's numbers */
    int32_t printed; /* after_cheque: 1 if it came out */
    const char* message; /* after_cheque: the device's words when it did not; else empty */
} lc_cheque_request;

/* Each begins an operation, with the results of payment/1's. A null member: the module does not
 * care, and the host goes on as if the operation had ended in DONE.
 *
 * - collect, before the item is added: asks, keeps a note by LC_EVENT_EDIT. DONE: add it;
 *   CANCELLED: do not, silently; REFUSED: do not, and show the text.
 * - added, after it was added: may edit the receipt. Its end changes nothing, remove_payment does.
 * - editing, the cashier wants another sum. DONE: the host's own editor may open; else it may not.
 * - deleting, the cashier deletes the item. DONE: delete it; anything else: it stays.
 * - before_cheque. DONE: print, with the slip of `finished` if there is one; anything else: do not.
 * - after_cheque tells the module how it went. Its end changes nothing.
 * - before_payment_screen. DONE: open it; anything else: do not.
 * - can_silent: may this payment run with LC_FLAG_SILENT? DONE: yes. Sends nothing, ends at once.
 */
typedef struct lc_lifecycle_1 {
    uint32_t size;
    lc_status (*collect)(lc_instance*, const lc_item_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*added)(lc_instance*, const lc_item_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*editing)(lc_instance*, const lc_item_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*deleting)(lc_instance*, const lc_item_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*before_cheque)(lc_instance*, const lc_cheque_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*after_cheque)(lc_instance*, const lc_cheque_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*before_payment_screen)(lc_instance*, const lc_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*can_silent)(lc_instance*, const lc_item_request*, lc_operation**) LC_NOEXCEPT;
} lc_lifecycle_1;

#ifdef __cplusplus
}
#endif

#endif
