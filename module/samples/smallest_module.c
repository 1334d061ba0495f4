/* SPDX-License-Identifier: Apache-2.0
 * The smallest payment module: a paper voucher, paid when the cashier says that it is in the till.
 * It keeps no journal: the paper is the money, and it does not get lost when the power fails. */
#include <linuxcash/paysystem.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
struct lc_operation {
    int fd; /* readable while an event waits to be pulled */
    int held; /* the host has the handle */
    _Atomic int outcome; /* 0 while the question is open */
    lc_id id;
    lc_event_choose ask;
    lc_event_finished end; /* was pulled, once its kind is set */
};
struct lc_instance {
    lc_operation last; /* one at a time: the host settles it before it begins another */
};
static const char* describe(void) {
    return "{\"name\":\"voucher\",\"title\":\"Ваучер\",\"version\":\"1\",\"currencies\":[\"BYN\"],"
           "\"types\":[{\"key\":\"\",\"title\":\"Ваучер\"}],\"abilities\":[\"payment/1\"],"
           "\"operations\":[\"pay\"],\"settings\":[]}";
}
static lc_status create(const lc_host* host, lc_instance** made, char* error, size_t size) {
    *made = calloc(1, sizeof **made);
    if (*made != NULL) (*made)->last.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return *made != NULL ? LC_OK : LC_FAILED;
}
static lc_status start(lc_instance* self, char* error, size_t size) {
    return self->last.fd >= 0 ? LC_OK : LC_FAILED;
}
static void destroy(lc_instance* self) {
    if (self != NULL && self->last.fd >= 0) close(self->last.fd);
    free(self);
}
static lc_status pay(lc_instance* self, const lc_pay_request* asked, lc_operation** begun) {
    lc_operation* last = &self->last;
    if (asked->request.size < sizeof *asked || asked->sum.minor <= 0) return LC_INVALID;
    if (last->held) return LC_BUSY;
    if (memcmp(&last->id, &asked->request.id, sizeof(lc_id)) != 0) {
        *last = (lc_operation){.fd = last->fd, .id = asked->request.id, .end.sum = asked->sum};
        if (asked->request.flags != 0) last->outcome = LC_OUTCOME_REFUSED; /* nobody to ask */
    } else if (last->end.sum.minor != asked->sum.minor) {
        return LC_CONFLICT;
    }
    last->held = 1, last->end.event.kind = 0; /* a known id is told its end again */
    *begun = last;
    return eventfd_write(last->fd, 1) == 0 ? LC_OK : LC_FAILED;
}
static lc_status next(lc_operation* self, int32_t timeout_ms, const lc_event** event) {
    lc_event_choose* ask = &self->ask;
    lc_event_finished* end = &self->end;
    if (end->event.kind != 0) return LC_END;
    if (poll(&(struct pollfd){self->fd, POLLIN, 0}, 1, timeout_ms) < 1) return LC_TIMEOUT;
    eventfd_read(self->fd, &(eventfd_t){0});
    end->outcome = self->outcome;
    *event = end->outcome == 0 ? &ask->event : &end->event;
    ask->event = (lc_event){sizeof *ask, LC_EVENT_CHOOSE, 1};
    ask->look = LC_CHOICE_BUTTONS, ask->options = "[\"Да\",\"Нет\"]";
    ask->title = "Ваучер", ask->text = "Покупатель отдал ваучер?";
    if (end->outcome == 0) return LC_OK;
    const int paid = end->outcome == LC_OUTCOME_APPROVED;
    end->event = (lc_event){sizeof *end, LC_EVENT_FINISHED, 2};
    end->level = LC_LEVEL_INFO, end->text = paid ? "" : "Ваучер не принят";
    end->reason = paid ? "" : "cancelled_by_cashier", end->gateway_id = "";
    return LC_OK;
}
static lc_status end_with(lc_operation* self, int outcome) {
    const int first = atomic_compare_exchange_strong(&self->outcome, &(int){0}, outcome);
    return first && eventfd_write(self->fd, 1) == 0 ? LC_OK : LC_STALE;
}
static lc_status answer(lc_operation* self, const lc_answer* given) {
    if (given->event != 1) return LC_STALE;
    const int yes = given->kind == LC_ANSWER_CHOICE && given->index == 0;
    return end_with(self, yes ? LC_OUTCOME_APPROVED : LC_OUTCOME_CANCELLED);
}
static lc_status cancel(lc_operation* self) { return end_with(self, LC_OUTCOME_CANCELLED), LC_OK; }
static void release(lc_operation* self) {
    cancel(self);
    eventfd_read(self->fd, &(eventfd_t){0});
    self->held = 0;
}
static const void* ability(lc_instance* self, const char* id) {
    static const lc_payment_1 payment = {.size = sizeof payment, .pay = pay};
    return strcmp(id, LC_ABILITY_PAYMENT_1) == 0 ? &payment : NULL;
}
static lc_status unclaimed(lc_instance* self, const char** out) { return *out = "[]", LC_OK; }
static lc_status settle(lc_instance* self, const lc_id* id, int32_t word) {
    return memcmp(&self->last.id, id, sizeof *id) == 0 ? LC_OK : LC_NOT_FOUND;
}
static lc_status notice(lc_instance* self, const lc_notice** told) { return *told = NULL, LC_END; }
static int wait_fd(lc_instance* self) { return self->last.fd; }
static const lc_conversation kTalk = {sizeof kTalk, next, answer, cancel, release};
static const lc_module kModule = {sizeof kModule, LC_ABI_MAJOR, LC_ABI_MINOR, describe, create,
                                  start,          destroy,      ability,      &kTalk,   unclaimed,
                                  settle,         notice,       wait_fd};
const lc_module* linuxcash_paysystem(void) { return &kModule; }
