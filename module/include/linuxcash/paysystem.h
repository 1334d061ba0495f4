/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract between a cash register's POS program (the host) and a payment or loyalty module:
 * one exported symbol, tables that begin with their size, operations that are conversations of
 * events and answers.
 *
 * THREADS. Unless a comment says otherwise, a call may come from any thread, but only one call at a
 * time on one instance (and on the operations of that instance). `cancel` may come from any thread
 * at any moment. A module starts its own threads in `start`, blocks all signals in them, and has
 * joined them when `destroy` returns. After fork() the child gets LC_WRONG_PROCESS from every call
 * and must not use what the parent created.
 *
 * MEMORY. The caller owns what it passes, and may free it when the call returns. What a module
 * returns belongs to the module; each comment says how long the pointer is good. Nobody frees what
 * the other side allocated.
 *
 * TEXT is UTF-8, ends with a zero byte, and is never null unless a comment allows it. DOCUMENTS
 * (`receipt`, `slip`, …) are UTF-8 JSON; documents.md beside this file describes them; unknown
 * members are ignored by both sides.
 *
 * SIZES. Every struct begins with `size` = sizeof(the struct) as its maker knows it. New members
 * are only appended; a reader reads no further than the smaller of both sizes, and treats what is
 * missing as zero or null.
 *
 * Nothing thrown, no signal, no exit, no changed locale or signal mask crosses this border. A
 * module never writes to the standard streams.
 *
 * TIME. Nothing here blocks on the network. `create`, `start`, `unclaimed` and `settle` may wait
 * for the disk; `next` waits as long as it is told; `destroy` waits at most for the deadline of one
 * exchange under way (a request that may move money is never torn off); everything else returns at
 * once.
 */
#ifndef LINUXCASH_PAYSYSTEM_H
#define LINUXCASH_PAYSYSTEM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define LC_NOEXCEPT noexcept
#else
#define LC_NOEXCEPT
#endif

#if defined(__GNUC__)
#define LC_EXPORT __attribute__((visibility("default")))
#else
#define LC_EXPORT
#endif

/* A major number breaks, a minor one only appends. A host refuses another major number. */
#define LC_ABI_MAJOR 1u
#define LC_ABI_MINOR 0u

/* The one symbol that a module exports, and its name for dlsym(). */
#define LC_ENTRY_NAME "linuxcash_paysystem"

/* ---- Results ---- */

/* What a call may answer. Business refusals are no status: they arrive as the event `finished`. */
typedef int32_t lc_status;
enum {
    LC_OK = 0,
    LC_TIMEOUT = 1, /* next: nothing to pull yet */
    LC_END = 2, /* next: `finished` was pulled before; notice: none waits */
    LC_BUSY = 3, /* another money operation runs here, or another process owns the data */
    LC_CONFLICT = 4, /* the id is known with another sum, receipt or kind */
    LC_STALE = 5, /* the answer belongs to an event that has passed; nothing happened */
    LC_NOT_FOUND = 6, /* no such operation */
    LC_UNSUPPORTED = 7, /* this module has no such operation */
    LC_INVALID = 8, /* a null pointer, a wrong document, a number out of range */
    LC_WRONG_PROCESS = 9, /* called in a child of fork() */
    LC_NOT_STARTED = 10, /* before start, or after a failed one */
    LC_NOT_CONFIGURED = 11, /* settings are missing or wrong; the error text says which */
    LC_FAILED = 12 /* disk, memory or a bug; the error text says what */
};

/* ---- Values ---- */

/* Names an operation for ever. The host makes 16 random bytes and stores them with the receipt
 * before it begins. */
typedef struct lc_id {
    uint8_t bytes[16];
} lc_id;

/* A count of minor units (kopecks) and an ISO 4217 code, e.g. 2450 and "BYN". */
typedef struct lc_money {
    int64_t minor;
    char currency[4];
} lc_money;

/* How an operation ended. Only APPROVED adds a payment line to a receipt. */
enum {
    LC_OUTCOME_APPROVED = 1, /* money moved as asked */
    LC_OUTCOME_DECLINED = 2, /* proven: it did not move, the buyer or the gateway said no */
    /* somebody cancelled, and proven: it did not move, or nothing that can move it was sent */
    LC_OUTCOME_CANCELLED = 3,
    LC_OUTCOME_REFUSED = 4, /* nothing that can move money was sent, and nothing is owed */
    /* anything else: not paid for the receipt, the module owes an undo and will deliver it */
    LC_OUTCOME_UNKNOWN = 5,
    LC_OUTCOME_DONE = 6 /* an operation without money did its work */
};

enum { LC_LEVEL_INFO = 1, LC_LEVEL_WARNING = 2, LC_LEVEL_ERROR = 3 };

/* ---- Events: what an operation tells or asks ---- */

enum {
    LC_EVENT_SHOW = 1,
    LC_EVENT_TELL = 2,
    LC_EVENT_ASK = 3,
    LC_EVENT_CHOOSE = 4,
    LC_EVENT_PRINT = 5,
    LC_EVENT_EDIT = 6,
    LC_EVENT_FINISHED = 7
};

/* The head of every event. `kind` says which struct it is: cast the pointer. A host answers kinds
 * that it does not know with LC_ANSWER_UNSUPPORTED. `number` grows within an operation, from 1. */
typedef struct lc_event {
    uint32_t size;
    int32_t kind;
    uint64_t number;
} lc_event;

enum { LC_WHERE_CASHIER = 1, LC_WHERE_CUSTOMER = 2 };

/* Stays on the screen until the next show or finished. No answer. */
typedef struct lc_event_show {
    lc_event event;
    const char* text;
    const char* qr; /* what to draw as a QR code, unchanged; null if there is none */
    int32_t where; /* LC_WHERE_… of the QR */
    int32_t seconds_left; /* until the module gives up by itself; -1: no limit */
    int32_t masked; /* 1: the text holds a code for one buyer: show it, keep it out of logs */
} lc_event_show;

/* A message. Answer LC_ANSWER_OK when it was shown (the host need not wait for the cashier). */
typedef struct lc_event_tell {
    lc_event event;
    int32_t level; /* LC_LEVEL_… */
    const char* title;
    const char* text;
    const char* blocks; /* document: styled blocks of the text; null if there are none */
} lc_event_tell;

enum {
    LC_ACCEPT_TEXT = 1,
    LC_ACCEPT_NUMBER = 2, /* digits, leading zeros kept */
    LC_ACCEPT_DECIMAL = 4,
    LC_ACCEPT_PHONE = 8,
    LC_ACCEPT_SCAN = 16, /* a bar or QR code */
    LC_ACCEPT_CARD = 32 /* a card's number or track */
};

/* Asks for one value. Answer LC_ANSWER_VALUE or LC_ANSWER_CANCEL. */
typedef struct lc_event_ask {
    lc_event event;
    int32_t accepts; /* any of LC_ACCEPT_… */
    int32_t masked; /* 1: show *, keep out of logs */
    int32_t max_length; /* in characters; 0: no limit */
    const char* title;
    const char* text;
    const char* initial; /* never null */
    const char* min; /* decimal string, or null */
    const char* max; /* decimal string, or null */
} lc_event_ask;

enum { LC_CHOICE_ITEMS = 1, LC_CHOICE_BUTTONS = 2 };

/* One of several; yes and no are two of them. Answer LC_ANSWER_CHOICE or LC_ANSWER_CANCEL. */
typedef struct lc_event_choose {
    lc_event event;
    int32_t look; /* LC_CHOICE_… */
    int32_t initial; /* index of the item to start on */
    const char* title;
    const char* text;
    const char* options; /* document: array of strings */
} lc_event_choose;

/* A slip. Answer LC_ANSWER_PRINTED, _FAILED (nothing usable came out) or _OWED (the host will print
 * it later). */
typedef struct lc_event_print {
    lc_event event;
    int32_t required; /* 1: the operation cannot go on without it; 0: it may be owed */
    const char* target; /* "receipt", or a print group's name */
    const char* slip; /* document */
} lc_event_print;

/* Changes to the receipt, all or none. Answer LC_ANSWER_APPLIED with the new receipt (the host may
 * have cut to its limits; the snapshot is the truth) or LC_ANSWER_REFUSED with a reason. */
typedef struct lc_event_edit {
    lc_event event;
    int64_t revision; /* of the receipt that the edits were made for */
    const char* edits; /* document: array of edits */
} lc_event_edit;

/* The last event of every operation. */
typedef struct lc_event_finished {
    lc_event event;
    int32_t outcome; /* LC_OUTCOME_… */
    int32_t owed; /* 1: the module owes something for this operation and delivers it by itself */
    int32_t level; /* LC_LEVEL_… of the text */
    const char* text; /* what the cashier reads; empty: show nothing */
    const char*
        reason; /* a word for programs, documents.md lists them; empty for approved and done */
    lc_money sum; /* what was moved; as asked, unless an edit changed it */
    const char* gateway_id; /* the gateway's own number of the payment; empty if unknown */
    const char* slip; /* document to print with the receipt, or null */
    const char* report_info; /* document: text and card_type for reports, or null */
    const char* note; /* document: the module's note for this receipt, at most LC_NOTE_LIMIT bytes,
                         or null */
    const char* details; /* document: what the operation found out, as its ability says; or null */
} lc_event_finished;

#define LC_NOTE_LIMIT 32768

/* ---- Answers ---- */

enum {
    LC_ANSWER_OK = 1,
    LC_ANSWER_VALUE = 2, /* text, entered_by */
    LC_ANSWER_CHOICE = 3, /* index */
    LC_ANSWER_CANCEL = 4,
    LC_ANSWER_PRINTED = 5,
    LC_ANSWER_FAILED = 6, /* text: why */
    LC_ANSWER_OWED = 7,
    LC_ANSWER_APPLIED = 8, /* document: the new receipt */
    LC_ANSWER_REFUSED = 9, /* text: why */
    LC_ANSWER_UNSUPPORTED = 10 /* always legal; the operation then ends `refused`, it never hangs */
};

typedef struct lc_answer {
    uint32_t size;
    int32_t kind; /* LC_ANSWER_… */
    uint64_t event; /* number of the event that is answered */
    int32_t index; /* of a choice */
    int32_t entered_by; /* one of LC_ACCEPT_…: how the value came in */
    const char* text; /* may be null */
    const char* document; /* may be null */
} lc_answer;

/* ---- The conversation ---- */

typedef struct lc_instance lc_instance;
typedef struct lc_operation lc_operation;

typedef struct lc_conversation {
    uint32_t size;

    /* The next event, waiting for it at most timeout_ms (0: not at all). LC_OK, LC_TIMEOUT, or
     * LC_END when `finished` has been pulled before. The event and all it points to are good until
     * the next `next` or `release`. */
    lc_status (*next)(lc_operation* operation, int32_t timeout_ms, const lc_event** event)
        LC_NOEXCEPT;

    /* Reacts to an event. LC_OK; LC_STALE is harmless; LC_INVALID if the event takes no such
     * answer. */
    lc_status (*answer)(lc_operation* operation, const lc_answer* answer) LC_NOEXCEPT;

    /* The cashier gives up. Any thread, any moment; returns at once. `finished` follows within 100
     * ms; what still has to be settled with the gateway goes on without the conversation. */
    lc_status (*cancel)(lc_operation* operation) LC_NOEXCEPT;

    /* Gives the handle back; before `finished` was pulled it means cancel. The handle is dead
     * afterwards. */
    void (*release)(lc_operation* operation) LC_NOEXCEPT;
} lc_conversation;

/* ---- Requests ---- */

enum {
    LC_FLAG_SILENT = 1, /* nobody is there to answer: a question ends the operation `refused` */
    /* nothing may leave the register: the operation ends `refused` if it cannot be played */
    LC_FLAG_TRAINING = 2
};

/* The head of every request. */
typedef struct lc_request {
    uint32_t size; /* of the whole request struct */
    uint32_t flags; /* LC_FLAG_… */
    lc_id id; /* of this operation */
    int32_t type; /* number of the payment type (valutcode) */
    const char* cashier; /* name */
    const char* receipt; /* document: the receipt as it stands */
    const char* note; /* what the module gave for this receipt before; null if nothing */
    const char* custom_data; /* from whoever started the operation; null if nothing */
} lc_request;

typedef struct lc_pay_request {
    lc_request request;
    lc_money sum; /* above zero */
} lc_pay_request;

/* Takes back the payment or refund `target`: of a receipt that is not closed, or of one that is
 * annulled. */
typedef struct lc_undo_request {
    lc_request request;
    lc_id target; /* id of the pay (or refund) operation */
} lc_undo_request;

/* Gives back money for a closed receipt, whole or in part. */
typedef struct lc_refund_request {
    lc_request request; /* receipt: the refund receipt, with the lines that come back */
    lc_id target; /* id of the pay operation */
    lc_money sum; /* above zero, at most what the payment still holds */
    const char* gateway_id; /* of the sale's payment, as `finished` gave it; used when the module
                               does not know `target` (a journal was lost); null or empty: none */
} lc_refund_request;

/* Gives money without a sale. */
typedef struct lc_refund_free_request {
    lc_request request;
    lc_money sum;
} lc_refund_free_request;

/* ---- Ability payment/1 ---- */

#define LC_ABILITY_PAYMENT_1 "payment/1"

/* Each begins an operation and gives its handle. A null member: the module has no such operation.
 *
 * `begin` with an id that the module knows never starts anew: it attaches to the running operation,
 * or replays its `finished`; with another sum, receipt or kind it is LC_CONFLICT. While one money
 * operation runs on an instance another one is LC_BUSY. LC_INVALID for a wrong request;
 * LC_NOT_STARTED; LC_WRONG_PROCESS. */
typedef struct lc_payment_1 {
    uint32_t size;
    lc_status (*pay)(lc_instance*, const lc_pay_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*undo)(lc_instance*, const lc_undo_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*refund)(lc_instance*, const lc_refund_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*refund_undo)(lc_instance*, const lc_undo_request*, lc_operation**) LC_NOEXCEPT;
    lc_status (*refund_free)(lc_instance*, const lc_refund_free_request*, lc_operation**)
        LC_NOEXCEPT;
} lc_payment_1;

/* ---- Ability queue/1: what the module owes ---- */

#define LC_ABILITY_QUEUE_1 "queue/1"

typedef struct lc_queue_1 {
    uint32_t size;

    /* *document: array of obligations. Good until the next `list` on this instance or its
     * `destroy`. */
    lc_status (*list)(lc_instance*, const char** document) LC_NOEXCEPT;

    /* Tries everything that is owed now instead of at its next turn; returns at once. */
    lc_status (*push)(lc_instance*) LC_NOEXCEPT;
} lc_queue_1;

/* ---- Notices: what a module says outside operations ---- */

typedef struct lc_notice {
    uint32_t size;
    int32_t level; /* LC_LEVEL_… */
    const char* topic; /* a word for programs: "recovered", "queue", "delivered", "warning";
                          documents.md lists them */
    const char* text;
    const char* operation; /* 32 hexadecimal digits of the operation it is about; empty if none */
    const char* slip; /* document of a slip that came late, or null */
} lc_notice;

/* ---- The module ---- */

/* What a host says of itself. Good for the call only. */
typedef struct lc_host {
    uint32_t size;
    const char* root; /* the folder that stands for /linuxcash; absolute */
    const char* desk; /* the register's number, 1 to 8 letters or digits */
    const char* currency; /* ISO code of the receipts */
    const char*
        language; /* "ru", "en": language of texts; the module translates with its own catalogue */
} lc_host;

enum { LC_SETTLED_KEPT = 1, LC_SETTLED_UNDONE = 2 };

typedef struct lc_module {
    uint32_t size;
    uint32_t abi_major; /* LC_ABI_MAJOR of the header that the module was built with */
    uint32_t abi_minor;

    /* document: name, title, version, payment types, abilities, settings schema. Needs no instance;
     * good for ever. */
    const char* (*describe)(void)LC_NOEXCEPT;

    /* Reads settings, opens the journal, starts nothing. On failure *instance is null and `error`
     * holds a text for people, cut to error_size bytes with its zero. LC_NOT_CONFIGURED, LC_BUSY,
     * LC_INVALID, LC_FAILED. */
    lc_status (*create)(const lc_host* host, lc_instance** instance, char* error, size_t error_size)
        LC_NOEXCEPT;

    /* Starts the threads; recovery and the queue begin to work. Once. */
    lc_status (*start)(lc_instance*, char* error, size_t error_size) LC_NOEXCEPT;

    /* Every operation handle must have been released. Null is allowed. What was owed stays in the
     * journal. */
    void (*destroy)(lc_instance*) LC_NOEXCEPT;

    /* The table of an ability such as LC_ABILITY_PAYMENT_1, or null. Good as long as the library is
     * loaded. */
    const void* (*ability)(lc_instance*, const char* id)LC_NOEXCEPT;

    const lc_conversation* conversation;

    /* *document: array of the operations with money or doubt that nobody settled. Good until the
     * next `unclaimed` on this instance or its `destroy`. A host asks after `start` and offers each
     * to its receipt. */
    lc_status (*unclaimed)(lc_instance*, const char** document) LC_NOEXCEPT;

    /* The host's durable word on a money operation: `kept` when the payment stands in a stored
     * receipt, `undone` when it stands in none. Final; a second, different word is LC_CONFLICT.
     * Never undoes a payment by itself. */
    lc_status (*settle)(lc_instance*, const lc_id* id, int32_t settled) LC_NOEXCEPT;

    /* The oldest notice: LC_OK, or LC_END when there is none. Good until the next `notice`. */
    lc_status (*notice)(lc_instance*, const lc_notice** notice) LC_NOEXCEPT;

    /* A descriptor for poll(): readable while an event or a notice waits to be pulled. The module
     * owns it; never read from it. -1 before `start`. */
    int (*wait_fd)(lc_instance*) LC_NOEXCEPT;
} lc_module;

/* Good as long as the library is loaded. Never fails. */
LC_EXPORT const lc_module* linuxcash_paysystem(void) LC_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
