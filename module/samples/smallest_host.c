/* SPDX-License-Identifier: Apache-2.0
 * The smallest host: makes one payment through any module and talks to the cashier by lines.
 * smallest_host MODULE.so ROOT KOPECKS RECEIPT; exit code 0: paid, 1: not paid, 3: not known. */
#include <dlfcn.h>
#include <fcntl.h>
#include <linuxcash/paysystem.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

/* The other side may be older: does its table reach to that member, and is the member there? */
#define HAS(table, member)                                                                 \
    ((size_t)((const char*)(&(table)->member + 1) - (const char*)(table)) <= (table)->size \
     && (table)->member != NULL)

struct sale {
    lc_id id;
    int64_t minor;
};

/* The id is on the disk before the payment begins. If the last run died in the middle, its sale is
 * still there and begins again under the same id: the module goes on with it, or tells its end. */
static int remember(const char* path, struct sale* sale) {
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (read(fd, sale, sizeof *sale) == sizeof *sale) return close(fd);
    if (getrandom(&sale->id, sizeof sale->id, 0) != sizeof sale->id) return -1;
    const int stored = pwrite(fd, sale, sizeof *sale, 0) == sizeof *sale && fsync(fd) == 0;
    return close(fd) == 0 && stored ? 0 : -1;
}

/* Shows what the module tells, reads the cashier's choice by its index; gives the outcome. */
static int converse(const lc_conversation* talk, lc_operation* operation) {
    const lc_event* event = NULL;
    lc_status status = LC_OK;
    while ((status = talk->next(operation, 1000, &event)) == LC_OK || status == LC_TIMEOUT) {
        if (status == LC_TIMEOUT) continue;
        lc_answer answer = {sizeof answer, LC_ANSWER_UNSUPPORTED, event->number, 0, 0, NULL, NULL};
        if (event->kind == LC_EVENT_FINISHED) {
            puts(((const lc_event_finished*)event)->text);
            return ((const lc_event_finished*)event)->outcome;
        }
        if (event->kind == LC_EVENT_SHOW) {
            const lc_event_show* show = (const lc_event_show*)event;
            printf("%s %s\n", show->text, show->qr != NULL ? show->qr : "");
            continue;
        }
        if (event->kind == LC_EVENT_TELL) {
            puts(((const lc_event_tell*)event)->text);
            answer.kind = LC_ANSWER_OK;
        } else if (event->kind == LC_EVENT_CHOOSE) {
            const lc_event_choose* choose = (const lc_event_choose*)event;
            printf("%s %s\n", choose->text, choose->options);
            const int read = scanf("%d", &answer.index);
            answer.kind = read == 1 ? LC_ANSWER_CHOICE : LC_ANSWER_CANCEL;
        }
        talk->answer(operation, &answer);
    }
    return LC_OUTCOME_UNKNOWN;
}

static int sell(const lc_module* module, lc_instance* instance, char** argv) {
    char path[4096];
    struct sale sale = {.minor = strtoll(argv[3], NULL, 10)};
    lc_operation* operation = NULL;
    const lc_payment_1* payment = module->ability(instance, LC_ABILITY_PAYMENT_1);
    snprintf(path, sizeof path, "%s/smallest_host.sale", argv[2]);
    if (payment == NULL || !HAS(payment, pay) || remember(path, &sale) != 0) return 1;
    const lc_pay_request request = {
        {sizeof request, 0, sale.id, 20, "Кассир", argv[4], NULL, NULL}, {sale.minor, "BYN"}};
    if (payment->pay(instance, &request, &operation) != LC_OK) return 1;
    const int outcome = converse(module->conversation, operation);
    module->conversation->release(operation);
    const int paid = outcome == LC_OUTCOME_APPROVED;
    module->settle(instance, &sale.id, paid ? LC_SETTLED_KEPT : LC_SETTLED_UNDONE);
    unlink(path);
    return paid ? 0 : outcome == LC_OUTCOME_UNKNOWN ? 3 : 1;
}

int main(int argc, char** argv) {
    const lc_module* (*entry)(void) = NULL;
    char error[256] = "";
    lc_instance* instance = NULL;
    void* library = argc == 5 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library != NULL) *(void**)&entry = dlsym(library, LC_ENTRY_NAME);
    const lc_module* module = entry != NULL ? entry() : NULL;
    if (module == NULL || module->abi_major != LC_ABI_MAJOR || !HAS(module, wait_fd)) {
        fputs(argc == 5 ? "no module of this contract\n" : "usage: see the first lines\n", stderr);
        if (library != NULL) dlclose(library);
        return 2;
    }
    const lc_host host = {sizeof host, argv[2], "1", "BYN", "ru"};
    lc_status status = module->create(&host, &instance, error, sizeof error);
    if (status == LC_OK) status = module->start(instance, error, sizeof error);
    if (status != LC_OK) fprintf(stderr, "%s\n", error);
    const int code = status == LC_OK ? sell(module, instance, argv) : 1;
    module->destroy(instance);
    return code;
}
