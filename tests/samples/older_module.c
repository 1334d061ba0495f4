/* SPDX-License-Identifier: Apache-2.0
 * The voucher as an older contract would have it: its table ends before `wait_fd`. */
#define linuxcash_paysystem voucher_module
#include "../../module/samples/smallest_module.c"
#undef linuxcash_paysystem

enum { kOlderSize = offsetof(lc_module, wait_fd) };

LC_EXPORT const lc_module* linuxcash_paysystem(void);
const lc_module* linuxcash_paysystem(void) {
    /* No byte more than the table has: who reads further, reads what is not there. */
    static lc_module* table;
    if (table == NULL) table = malloc(kOlderSize);
    if (table == NULL) return NULL;
    memcpy(table, voucher_module(), kOlderSize);
    table->size = kOlderSize;
    return table;
}
