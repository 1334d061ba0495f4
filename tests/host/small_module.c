/* SPDX-License-Identifier: Apache-2.0
 * A module that does nothing, built in several shapes to see what the loader makes of them: the
 * shape is chosen with SHAPE_… macros, the name with MODULE_NAME. */
#include <stdlib.h>

#include "linuxcash/paysystem.h"

#ifndef MODULE_NAME
#define MODULE_NAME "good"
#endif

static const char* describe(void) {
    return "{\"name\":\"" MODULE_NAME "\",\"title\":\"Good\"}";
}

static lc_status create(const lc_host* host, lc_instance** instance, char* error, size_t size) {
    (void)host;
    if (size > 0) error[0] = '\0';
    *instance = (lc_instance*)calloc(1, 1);
    return *instance == NULL ? LC_FAILED : LC_OK;
}

static lc_status start(lc_instance* instance, char* error, size_t size) {
    (void)instance;
    (void)error;
    (void)size;
    return LC_OK;
}

static void destroy(lc_instance* instance) {
    free(instance);
}

static const void* ability(lc_instance* instance, const char* id) {
    (void)instance;
    (void)id;
    return NULL;
}

static lc_status next(lc_operation* operation, int32_t timeout_ms, const lc_event** event) {
    (void)operation;
    (void)timeout_ms;
    (void)event;
    return LC_END;
}

static lc_status answer(lc_operation* operation, const lc_answer* given) {
    (void)operation;
    (void)given;
    return LC_STALE;
}

static lc_status cancel(lc_operation* operation) {
    (void)operation;
    return LC_OK;
}

static void release(lc_operation* operation) {
    (void)operation;
}

#if defined(SHAPE_SHORT)
/* Stands where a reader of a short table must not look. */
static lc_status trap(lc_instance* instance, const char** document) {
    (void)instance;
    (void)document;
    abort();
}
#endif

static const lc_conversation conversation = {
    sizeof(lc_conversation), next, answer, cancel, release};

struct longer_table {
    lc_module known;
    void (*unheard_of)(void);
};

static const struct longer_table table = {
    {
#if defined(SHAPE_SHORT)
        offsetof(lc_module, unclaimed),
#elif defined(SHAPE_INCOMPLETE)
        offsetof(lc_module, create),
#elif defined(SHAPE_STUMP)
        sizeof(uint32_t),
#elif defined(SHAPE_LONG)
        sizeof(struct longer_table),
#else
        sizeof(lc_module),
#endif
#if defined(SHAPE_NEXT_MAJOR)
        LC_ABI_MAJOR + 1,
#else
        LC_ABI_MAJOR,
#endif
        LC_ABI_MINOR, describe, create, start, destroy, ability, &conversation,
#if defined(SHAPE_SHORT)
        trap,
#else
        NULL,
#endif
        NULL, NULL, NULL},
    NULL};

#if defined(SHAPE_NO_ENTRY)
LC_EXPORT const lc_module* another_entry(void);
const lc_module* another_entry(void) {
    return &table.known;
}
#else
const lc_module* linuxcash_paysystem(void) {
    return &table.known;
}
#endif
