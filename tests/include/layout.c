/* SPDX-License-Identifier: Apache-2.0
 *
 * The layout of the frozen part on 64-bit machines, byte for byte: a change that moves a member of
 * a released struct, or renumbers a constant, does not compile. Appending is allowed: then only the
 * SIZE line changes.
 */
#include <linuxcash/paysystem.h>
#include <linuxcash/printer.h>

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), "size of " #type)
#define AT(type, member, bytes) \
    _Static_assert(offsetof(type, member) == (bytes), "place of " #member " in " #type)
#define IS(constant, value) _Static_assert((constant) == (value), "value of " #constant)

_Static_assert(sizeof(void*) == 8, "these are the places on 64-bit machines");

SIZE(lc_id, 16);
AT(lc_id, bytes, 0);

SIZE(lc_money, 16);
AT(lc_money, minor, 0);
AT(lc_money, currency, 8);

SIZE(lc_event, 16);
AT(lc_event, size, 0);
AT(lc_event, kind, 4);
AT(lc_event, number, 8);

SIZE(lc_event_show, 48);
AT(lc_event_show, event, 0);
AT(lc_event_show, text, 16);
AT(lc_event_show, qr, 24);
AT(lc_event_show, where, 32);
AT(lc_event_show, seconds_left, 36);
AT(lc_event_show, masked, 40);

SIZE(lc_event_tell, 48);
AT(lc_event_tell, event, 0);
AT(lc_event_tell, level, 16);
AT(lc_event_tell, title, 24);
AT(lc_event_tell, text, 32);
AT(lc_event_tell, blocks, 40);

SIZE(lc_event_ask, 72);
AT(lc_event_ask, event, 0);
AT(lc_event_ask, accepts, 16);
AT(lc_event_ask, masked, 20);
AT(lc_event_ask, max_length, 24);
AT(lc_event_ask, title, 32);
AT(lc_event_ask, text, 40);
AT(lc_event_ask, initial, 48);
AT(lc_event_ask, min, 56);
AT(lc_event_ask, max, 64);

SIZE(lc_event_choose, 48);
AT(lc_event_choose, event, 0);
AT(lc_event_choose, look, 16);
AT(lc_event_choose, initial, 20);
AT(lc_event_choose, title, 24);
AT(lc_event_choose, text, 32);
AT(lc_event_choose, options, 40);

SIZE(lc_event_print, 40);
AT(lc_event_print, event, 0);
AT(lc_event_print, required, 16);
AT(lc_event_print, target, 24);
AT(lc_event_print, slip, 32);

SIZE(lc_event_edit, 32);
AT(lc_event_edit, event, 0);
AT(lc_event_edit, revision, 16);
AT(lc_event_edit, edits, 24);

SIZE(lc_event_finished, 104);
AT(lc_event_finished, event, 0);
AT(lc_event_finished, outcome, 16);
AT(lc_event_finished, owed, 20);
AT(lc_event_finished, level, 24);
AT(lc_event_finished, text, 32);
AT(lc_event_finished, reason, 40);
AT(lc_event_finished, sum, 48);
AT(lc_event_finished, gateway_id, 64);
AT(lc_event_finished, slip, 72);
AT(lc_event_finished, report_info, 80);
AT(lc_event_finished, note, 88);
AT(lc_event_finished, details, 96);

SIZE(lc_answer, 40);
AT(lc_answer, size, 0);
AT(lc_answer, kind, 4);
AT(lc_answer, event, 8);
AT(lc_answer, index, 16);
AT(lc_answer, entered_by, 20);
AT(lc_answer, text, 24);
AT(lc_answer, document, 32);

SIZE(lc_conversation, 40);
AT(lc_conversation, size, 0);
AT(lc_conversation, next, 8);
AT(lc_conversation, answer, 16);
AT(lc_conversation, cancel, 24);
AT(lc_conversation, release, 32);

SIZE(lc_request, 64);
AT(lc_request, size, 0);
AT(lc_request, flags, 4);
AT(lc_request, id, 8);
AT(lc_request, type, 24);
AT(lc_request, cashier, 32);
AT(lc_request, receipt, 40);
AT(lc_request, note, 48);
AT(lc_request, custom_data, 56);

SIZE(lc_pay_request, 80);
AT(lc_pay_request, request, 0);
AT(lc_pay_request, sum, 64);

SIZE(lc_undo_request, 80);
AT(lc_undo_request, request, 0);
AT(lc_undo_request, target, 64);

SIZE(lc_refund_request, 104);
AT(lc_refund_request, request, 0);
AT(lc_refund_request, target, 64);
AT(lc_refund_request, sum, 80);
AT(lc_refund_request, gateway_id, 96);

SIZE(lc_refund_free_request, 80);
AT(lc_refund_free_request, request, 0);
AT(lc_refund_free_request, sum, 64);

SIZE(lc_payment_1, 48);
AT(lc_payment_1, size, 0);
AT(lc_payment_1, pay, 8);
AT(lc_payment_1, undo, 16);
AT(lc_payment_1, refund, 24);
AT(lc_payment_1, refund_undo, 32);
AT(lc_payment_1, refund_free, 40);

SIZE(lc_queue_1, 24);
AT(lc_queue_1, size, 0);
AT(lc_queue_1, list, 8);
AT(lc_queue_1, push, 16);

SIZE(lc_notice, 40);
AT(lc_notice, size, 0);
AT(lc_notice, level, 4);
AT(lc_notice, topic, 8);
AT(lc_notice, text, 16);
AT(lc_notice, operation, 24);
AT(lc_notice, slip, 32);

SIZE(lc_host, 40);
AT(lc_host, size, 0);
AT(lc_host, root, 8);
AT(lc_host, desk, 16);
AT(lc_host, currency, 24);
AT(lc_host, language, 32);

SIZE(lc_module, 96);
AT(lc_module, size, 0);
AT(lc_module, abi_major, 4);
AT(lc_module, abi_minor, 8);
AT(lc_module, describe, 16);
AT(lc_module, create, 24);
AT(lc_module, start, 32);
AT(lc_module, destroy, 40);
AT(lc_module, ability, 48);
AT(lc_module, conversation, 56);
AT(lc_module, unclaimed, 64);
AT(lc_module, settle, 72);
AT(lc_module, notice, 80);
AT(lc_module, wait_fd, 88);

IS(LC_OK, 0);
IS(LC_TIMEOUT, 1);
IS(LC_END, 2);
IS(LC_BUSY, 3);
IS(LC_CONFLICT, 4);
IS(LC_STALE, 5);
IS(LC_NOT_FOUND, 6);
IS(LC_UNSUPPORTED, 7);
IS(LC_INVALID, 8);
IS(LC_WRONG_PROCESS, 9);
IS(LC_NOT_STARTED, 10);
IS(LC_NOT_CONFIGURED, 11);
IS(LC_FAILED, 12);
IS(LC_OUTCOME_APPROVED, 1);
IS(LC_OUTCOME_DECLINED, 2);
IS(LC_OUTCOME_CANCELLED, 3);
IS(LC_OUTCOME_REFUSED, 4);
IS(LC_OUTCOME_UNKNOWN, 5);
IS(LC_OUTCOME_DONE, 6);
IS(LC_LEVEL_INFO, 1);
IS(LC_LEVEL_WARNING, 2);
IS(LC_LEVEL_ERROR, 3);
IS(LC_EVENT_SHOW, 1);
IS(LC_EVENT_TELL, 2);
IS(LC_EVENT_ASK, 3);
IS(LC_EVENT_CHOOSE, 4);
IS(LC_EVENT_PRINT, 5);
IS(LC_EVENT_EDIT, 6);
IS(LC_EVENT_FINISHED, 7);
IS(LC_WHERE_CASHIER, 1);
IS(LC_WHERE_CUSTOMER, 2);
IS(LC_ACCEPT_TEXT, 1);
IS(LC_ACCEPT_NUMBER, 2);
IS(LC_ACCEPT_DECIMAL, 4);
IS(LC_ACCEPT_PHONE, 8);
IS(LC_ACCEPT_SCAN, 16);
IS(LC_ACCEPT_CARD, 32);
IS(LC_CHOICE_ITEMS, 1);
IS(LC_CHOICE_BUTTONS, 2);
IS(LC_ANSWER_OK, 1);
IS(LC_ANSWER_VALUE, 2);
IS(LC_ANSWER_CHOICE, 3);
IS(LC_ANSWER_CANCEL, 4);
IS(LC_ANSWER_PRINTED, 5);
IS(LC_ANSWER_FAILED, 6);
IS(LC_ANSWER_OWED, 7);
IS(LC_ANSWER_APPLIED, 8);
IS(LC_ANSWER_REFUSED, 9);
IS(LC_ANSWER_UNSUPPORTED, 10);
IS(LC_FLAG_SILENT, 1);
IS(LC_FLAG_TRAINING, 2);
IS(LC_SETTLED_KEPT, 1);
IS(LC_SETTLED_UNDONE, 2);
IS(LC_ABI_MAJOR, 1);
IS(LC_NOTE_LIMIT, 32768);

/* ---- printer.h ---- */

SIZE(lc_printer_host, 24);
AT(lc_printer_host, root, 8);
AT(lc_printer_host, language, 16);

SIZE(lc_print_job, 32);
AT(lc_print_job, number, 8);
AT(lc_print_job, target, 16);
AT(lc_print_job, slip, 24);

SIZE(lc_printer_event, 40);
AT(lc_printer_event, kind, 4);
AT(lc_printer_event, job, 8);
AT(lc_printer_event, target, 16);
AT(lc_printer_event, result, 24);
AT(lc_printer_event, state, 28);
AT(lc_printer_event, text, 32);

SIZE(lc_printer_driver, 96);
AT(lc_printer_driver, abi_major, 4);
AT(lc_printer_driver, abi_minor, 8);
AT(lc_printer_driver, describe, 16);
AT(lc_printer_driver, create, 24);
AT(lc_printer_driver, start, 32);
AT(lc_printer_driver, destroy, 40);
AT(lc_printer_driver, columns, 48);
AT(lc_printer_driver, print, 56);
AT(lc_printer_driver, open_drawer, 64);
AT(lc_printer_driver, check, 72);
AT(lc_printer_driver, next, 80);
AT(lc_printer_driver, wait_fd, 88);

IS(LC_JOB_PRINTED, 1);
IS(LC_JOB_SENT, 2);
IS(LC_JOB_NOT_PRINTED, 3);
IS(LC_JOB_IN_DOUBT, 4);
IS(LC_JOB_REFUSED, 5);
IS(LC_PRINTER_UNKNOWN, 0);
IS(LC_PRINTER_READY, 1);
IS(LC_PRINTER_PAPER_NEAR_END, 2);
IS(LC_PRINTER_PAPER_OUT, 3);
IS(LC_PRINTER_COVER_OPEN, 4);
IS(LC_PRINTER_OFFLINE, 5);
IS(LC_PRINTER_CUTTER, 6);
IS(LC_PRINTER_FAULT, 7);
IS(LC_PRINTER_UNREACHABLE, 8);
IS(LC_PRINTER_EVENT_JOB, 1);
IS(LC_PRINTER_EVENT_STATE, 2);
IS(LC_PRINTER_ABI_MAJOR, 1);
