/* SPDX-License-Identifier: Apache-2.0
 *
 * The ability reconcile/1: compares what the register believes with what the gateway booked.
 *
 * Threads, memory, text, sizes and time: as paysystem.h says for every call.
 */
#ifndef LINUXCASH_RECONCILE_H
#define LINUXCASH_RECONCILE_H

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
    const char* totals; /* document `totals`: what the host holds of that shift through this
                           module */
} lc_totals_request;

/* Begins an operation, with the results of payment/1's. It moves no money and may be repeated at
 * will. DONE: the comparison was made; `details` of `finished` is the document `comparison`, its
 * slip names every difference with its remedy, and the level is a warning if there is any.
 * REFUSED: it could not be made, which the text says. */
typedef struct lc_reconcile_1 {
    uint32_t size;
    lc_status (*totals)(lc_instance*, const lc_totals_request*, lc_operation**) LC_NOEXCEPT;
} lc_reconcile_1;

#ifdef __cplusplus
}
#endif

#endif
