/* SPDX-License-Identifier: Apache-2.0
 * A module that only describes itself: settings of every type, two payment systems behind it. Built
 * twice: as "shop", a register with a token, and as "kiosk", which knows none. */
#include <linuxcash/paysystem.h>

#ifdef KIOSK
#define NAME "kiosk"
#define REGISTER ""
#else
#define NAME "shop"
#define REGISTER                                                                     \
    "{\"section\":\"Main\",\"key\":\"regNum\",\"type\":\"string\",\"default\":\"\"," \
    "\"secret\":false,\"file\":\"settings\",\"doc\":\"Register\"},"
#endif

static const char* describe(void) {
    return "{\"name\":\"" NAME
           "\",\"title\":\"Shop\",\"version\":\"1\","
           "\"types\":[{\"key\":\"ONE\",\"title\":\"One\"},{\"key\":\"TWO\",\"title\":\"Two\"}],"
           "\"currencies\":[\"BYN\"],\"abilities\":[\"payment/1\"],\"operations\":[\"pay\"],"
           "\"settings\":[" REGISTER
           "{\"section\":\"Main\",\"key\":\"url\",\"type\":\"url\",\"default\":\"\","
           "\"secret\":false,\"file\":\"settings\",\"doc\":\"Address\"},"
           "{\"section\":\"Main\",\"key\":\"timeout\",\"type\":\"integer\",\"default\":\"10\","
           "\"min\":1,\"max\":120,\"secret\":false,\"file\":\"settings\",\"doc\":\"Timeout\"},"
           "{\"section\":\"Main\",\"key\":\"mode\",\"type\":\"choice\",\"default\":\"0\","
           "\"choices\":[{\"value\":\"0\",\"doc\":\"a\"},{\"value\":\"2\",\"doc\":\"b\"}],"
           "\"secret\":false,\"file\":\"settings\",\"doc\":\"Mode\"},"
           "{\"section\":\"Main\",\"key\":\"password\",\"type\":\"string\",\"default\":\"\","
           "\"secret\":true,\"file\":\"secrets\",\"doc\":\"Password\"},"
           "{\"section\":\"Log\",\"key\":\"level\",\"type\":\"string\",\"default\":\"info\","
           "\"secret\":false,\"file\":\"settings\",\"doc\":\"Level\"},"
           "{\"section\":\"Wire\",\"key\":\"level\",\"type\":\"string\",\"default\":\"warning\","
           "\"secret\":false,\"file\":\"settings\",\"doc\":\"Level\"}]}";
}

static lc_status create(const lc_host* host, lc_instance** made, char* error, size_t size) {
    (void)host;
    if (size > 0) error[0] = '\0';
    *made = NULL;
    return LC_FAILED;
}
static lc_status start(lc_instance* instance, char* error, size_t size) {
    (void)instance;
    if (size > 0) error[0] = '\0';
    return LC_FAILED;
}
static void destroy(lc_instance* instance) {
    (void)instance;
}
static const void* ability(lc_instance* instance, const char* id) {
    (void)instance;
    (void)id;
    return NULL;
}
static lc_status unclaimed(lc_instance* instance, const char** document) {
    (void)instance;
    *document = "[]";
    return LC_OK;
}
static lc_status settle(lc_instance* instance, const lc_id* id, int32_t settled) {
    (void)instance;
    (void)id;
    (void)settled;
    return LC_NOT_FOUND;
}
static lc_status notice(lc_instance* instance, const lc_notice** told) {
    (void)instance;
    *told = NULL;
    return LC_END;
}
static int wait_fd(lc_instance* instance) {
    (void)instance;
    return -1;
}
static lc_status next(lc_operation* operation, int32_t timeout_ms, const lc_event** event) {
    (void)operation;
    (void)timeout_ms;
    *event = NULL;
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

const lc_module* linuxcash_paysystem(void) {
    static const lc_conversation talk = {sizeof talk, next, answer, cancel, release};
    static const lc_module table = {sizeof table, LC_ABI_MAJOR, LC_ABI_MINOR, describe, create,
                                    start,        destroy,      ability,      &talk,    unclaimed,
                                    settle,       notice,       wait_fd};
    return &table;
}
