/* SPDX-License-Identifier: Apache-2.0
 *
 * DRAFT of the ability shift/1: what a module does when a shift opens and closes. It may change
 * without notice until a module that offers it is released; it then moves beside paysystem.h under
 * the same id.
 *
 * Threads, memory, text, sizes and time: as paysystem.h says for every call.
 */
#ifndef LINUXCASH_DRAFT_SHIFT_H
#define LINUXCASH_DRAFT_SHIFT_H

#include <linuxcash/paysystem.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LC_ABILITY_SHIFT_1 "shift/1"

typedef struct lc_shift_request {
    lc_request request; /* type is 0, receipt is the empty document {} */
    int64_t shift; /* number of the shift that opens or closes */
    const char* shift_date; /* YYYY-MM-DD: the day on which it was opened */
} lc_shift_request;

/* Each begins an operation, with the results of payment/1's. A null member: the module does not
 * care.
 *
 * The shift opens or closes whatever the end is. A failure is counted, logged and shown, and the
 * module is called again the next time. */
typedef struct lc_shift_1 {
    uint32_t size;
    lc_status (*opening)(lc_instance*, const lc_shift_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*closing)(lc_instance*, const lc_shift_request*, lc_operation**) LC_NOEXCEPT;
} lc_shift_1;

#ifdef __cplusplus
}
#endif

#endif
