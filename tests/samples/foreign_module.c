/* SPDX-License-Identifier: Apache-2.0
 * The voucher as a contract with another major number would have it: not for this host. */
#define linuxcash_paysystem voucher_module
#include "../../module/samples/smallest_module.c"
#undef linuxcash_paysystem

LC_EXPORT const lc_module* linuxcash_paysystem(void);
const lc_module* linuxcash_paysystem(void) {
    static lc_module table;
    table = *voucher_module();
    table.abi_major = LC_ABI_MAJOR + 1;
    return &table;
}
