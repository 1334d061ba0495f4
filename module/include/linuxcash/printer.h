/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract between a POS program (the host) and a printer driver: one exported symbol, slips
 * go in, what became of them comes out. The rules on threads, memory, texts, documents, sizes and
 * time are those of paysystem.h; a slip is the document `slip` of documents.md.
 *
 * Every job ends in exactly one event. Whether a slip is owed is the host's to decide and to store:
 * it keeps each slip durably before `print`, and prints again what did not end in
 * LC_JOB_PRINTED or LC_JOB_SENT. So each slip is on paper at least once, whatever happens.
 */
#ifndef LINUXCASH_PRINTER_H
#define LINUXCASH_PRINTER_H

#include "linuxcash/paysystem.h"

#ifdef __cplusplus
extern "C" {
#endif

#define LC_PRINTER_ABI_MAJOR 1u
#define LC_PRINTER_ABI_MINOR 0u

/* The one symbol that a driver exports, and its name for dlsym(). */
#define LC_PRINTER_ENTRY_NAME "linuxcash_printer"

/* How a job ended. */
enum {
    LC_JOB_PRINTED = 1, /* the printer says that it is on paper */
    LC_JOB_SENT = 2, /* the printer took it and never says more: counts as printed */
    LC_JOB_NOT_PRINTED = 3, /* nothing of it is on paper */
    LC_JOB_IN_DOUBT = 4, /* a part may be on paper */
    LC_JOB_REFUSED = 5 /* this printer cannot print it, now or later; nothing was sent */
};

/* What is known of a printer. */
enum {
    LC_PRINTER_UNKNOWN = 0, /* never asked, or it does not tell */
    LC_PRINTER_READY = 1,
    LC_PRINTER_PAPER_NEAR_END = 2, /* prints, but not for long */
    LC_PRINTER_PAPER_OUT = 3,
    LC_PRINTER_COVER_OPEN = 4,
    LC_PRINTER_OFFLINE = 5, /* it says so itself */
    LC_PRINTER_CUTTER = 6, /* the cutter is stuck */
    LC_PRINTER_FAULT = 7, /* any other fault that it tells */
    LC_PRINTER_UNREACHABLE = 8 /* not plugged in, switched off, no network, no right, in use */
};

typedef struct lc_printer lc_printer;

typedef struct lc_printer_host {
    uint32_t size;
    const char* root; /* the folder that stands for /linuxcash; absolute */
    const char* language; /* "ru", "en" */
} lc_printer_host;

typedef struct lc_print_job {
    uint32_t size;
    uint64_t number; /* the host's own; names the job in its event; above zero */
    const char* target; /* "receipt" or the name of a print group: the printer it begins on. A name
                           that the settings do not know is the receipt printer */
    const char* slip; /* document */
} lc_print_job;

enum {
    LC_PRINTER_EVENT_JOB = 1, /* job, target, result, state, text */
    LC_PRINTER_EVENT_STATE = 2 /* target, state, text: a printer's state is another than before */
};

typedef struct lc_printer_event {
    uint32_t size;
    int32_t kind; /* LC_PRINTER_EVENT_… */
    uint64_t job; /* its number; 0: of no job */
    const char* target; /* "receipt" or the name of a print group */
    int32_t result; /* LC_JOB_…; 0: of no job */
    int32_t state; /* LC_PRINTER_… of that printer, as last seen */
    const char* text; /* what is wrong and what to do about it, for the cashier; may be empty */
} lc_printer_event;

typedef struct lc_printer_driver {
    uint32_t size;
    uint32_t abi_major; /* LC_PRINTER_ABI_MAJOR of the header that the driver was built with */
    uint32_t abi_minor;

    /* document: name, title, version. Needs no instance; good for ever. */
    const char* (*describe)(void)LC_NOEXCEPT;

    /* Reads the settings, opens no device. On failure *printer is null and `error` holds a text
     * for people, cut to error_size bytes with its zero. LC_NOT_CONFIGURED, LC_INVALID,
     * LC_FAILED. */
    lc_status (*create)(
        const lc_printer_host* host, lc_printer** printer, char* error,
        size_t error_size) LC_NOEXCEPT;

    /* Starts the threads; each printer has its own, so that none waits for another. Once. */
    lc_status (*start)(lc_printer*, char* error, size_t error_size) LC_NOEXCEPT;

    /* Null is allowed. Stops what is being printed within a second; jobs whose event was not
     * pulled are to be taken as in doubt. */
    void (*destroy)(lc_printer*) LC_NOEXCEPT;

    /* How many characters of usual size a line of that target's printer holds; 0: wrong printer. */
    int32_t (*columns)(lc_printer*, const char* target) LC_NOEXCEPT;

    /* Queues a slip; returns at once, whatever the printer does. LC_INVALID: no slip, or a number
     * that is under way. Where too many wait, the job's event says so. */
    lc_status (*print)(lc_printer*, const lc_print_job* job) LC_NOEXCEPT;

    /* Opens the cash drawer at that target's printer, behind what is queued; its event comes as for
     * a job with this number. LC_UNSUPPORTED: there is none. */
    lc_status (*open_drawer)(lc_printer*, const char* target, uint64_t number) LC_NOEXCEPT;

    /* Asks every printer how it is: one LC_PRINTER_EVENT_STATE each, changed or not. */
    lc_status (*check)(lc_printer*) LC_NOEXCEPT;

    /* The next event, waiting for it at most timeout_ms (0: not at all): LC_OK or LC_TIMEOUT. The
     * event and all it points to are good until the next `next` or `destroy`. */
    lc_status (*next)(lc_printer*, int32_t timeout_ms, const lc_printer_event** event) LC_NOEXCEPT;

    /* A descriptor for poll(): readable while an event waits. The driver owns it; never read from
     * it. -1 before `start`. */
    int (*wait_fd)(lc_printer*) LC_NOEXCEPT;
} lc_printer_driver;

/* Good as long as the library is loaded. Never fails. */
LC_EXPORT const lc_printer_driver* linuxcash_printer(void) LC_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
