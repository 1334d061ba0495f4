/* SPDX-License-Identifier: Apache-2.0
 *
 * DRAFT of the ability reconcile/1: compares what the register believes with what the gateway
 * booked. It may change without notice until a module that offers it is released; it then moves
 * beside paysystem.h under the same id.
 *
 * Threads, memory, text, sizes and time: as paysystem.h says for every call.
 */
#ifndef LINUXCASH_DRAFT_RECONCILE_H
#define LINUXCASH_DRAFT_RECONCILE_H

#include <linuxcash/paysystem.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LC_ABILITY_RECONCILE_1 "reconcile/1"

typedef struct lc_totals_request {
    lc_request
        request; /* type: the payment type that is compared; receipt is the empty document {} */
    int64_t shift; /* number of the shift that is compared; may be closed long ago */
    const char* shift_date; /* YYYY-MM-DD: the day on which it was opened */
    const char* totals; /* document: the host's own sums of that shift for this payment type */
} lc_totals_request;

/* Begins an operation, with the results of payment/1's. It moves no money. DONE: the comparison was
 * made, and the slip of `finished` names every difference; REFUSED: it could not be made, which the
 * text says. */
typedef struct lc_reconcile_1 {
    uint32_t size;
    lc_status (*totals)(lc_instance*, const lc_totals_request*, lc_operation**) LC_NOEXCEPT;
} lc_reconcile_1;

#ifdef __cplusplus
}
#endif

#endif
