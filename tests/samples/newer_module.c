/* SPDX-License-Identifier: Apache-2.0
 * The voucher as a newer contract would have it: tables and events with members that nobody knows
 * yet. */
#define linuxcash_paysystem voucher_module
#include "../../module/samples/smallest_module.c"
#undef linuxcash_paysystem

struct newer_conversation {
    lc_conversation known;
    lc_status (*later)(lc_operation*);
};
struct newer_module {
    lc_module known;
    lc_status (*later)(lc_instance*);
};
struct newer_question {
    lc_event_choose known;
    const char* later;
};

static lc_status newer_next(lc_operation* self, int32_t timeout_ms, const lc_event** event) {
    static struct newer_question question;
    const lc_status status = next(self, timeout_ms, event);
    if (status != LC_OK || (*event)->kind != LC_EVENT_CHOOSE) return status;
    question = (struct newer_question){.known = self->ask, .later = "later"};
    question.known.event.size = sizeof question;
    *event = &question.known.event;
    return LC_OK;
}

LC_EXPORT const lc_module* linuxcash_paysystem(void);
const lc_module* linuxcash_paysystem(void) {
    static struct newer_conversation talk;
    static struct newer_module table;
    talk.known = kTalk;
    talk.known.size = sizeof talk;
    talk.known.next = newer_next;
    table.known = *voucher_module();
    table.known.size = sizeof table;
    table.known.abi_minor = LC_ABI_MINOR + 1;
    table.known.conversation = &talk.known;
    return &table.known;
}
