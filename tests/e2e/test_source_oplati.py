# SPDX-License-Identifier: Apache-2.0
"""O!плати as its source document describes it: the settings, the three modes, and each text in each situation."""

import hashlib
import json
import os
import re
import subprocess
import time
import unittest
import urllib.request

from harness import BIN, BUILD, PASSWORD, PATIENCE_S, REGNUM, SOURCE, Process, Shop, run

# The queue's own pauses: 5, 10, 30 s and so on.
BACKGROUND_S = 2 * PATIENCE_S + 60

SCAN_THE_BUYER = "Отсканируйте QR-код с телефона покупателя"
SHOW_THE_QR = "Отсканируйте QR-код для оплаты"
TOKEN_EXISTS = "Токен уже существует или касса работает в режиме пароля"
TOKEN_MISSING = ("Необходимо получить новый токен в кассовом ПО либо касса не зарегистрирована в личном кабинете "
                 "юр. лица")
SERVER_ERROR = "Ошибка обращения к серверу"
# The first letter of the name is a Latin one, as prescribed.
UNAVAILABLE = 'Возможность проведения операций с использованием платежной системы "O!плати" временно недоступна'
QUEUED = ("Ошибка соединения с сервером. Операция отмены в очереди будет выполнена после восстановления связи с "
          "сервером")


class Source(Shop):
    @property
    def folder_of_module(self):
        return self.root / "cash" / "paysystems" / "oplati"

    @property
    def settings_file(self):
        return self.folder_of_module / "oplati.conf"

    @property
    def token_file(self):
        return self.folder_of_module / "token.conf"

    def buyer(self, **behaviour):
        self.simulator.ask("buyer", behaviour)

    def charges(self):
        return [json.loads(one["body"]) for one in self.requests("charge")]

    def discharged(self):
        return any(kind == "discharged" for _, kind, _ in self.journal())

    def port(self, state):
        self.relay.ask("port", {"open": state == "open"})

    def told(self, register, text, level="error"):
        """The dialog that the cashier reads."""
        return register.expect("dialog", kind="tell", text=text, level=level)

    def pay_once(self, register, outcome="approved"):
        register.pay(sum="1.00")
        return register.paid(outcome)


class Settings(Source):
    # Names, order, defaults and values, as the document's table has them.
    TABLE = [("url", "http://localhost"), ("timeout", "10"), ("regNum", ""), ("mode", "0")]

    def test_are_shipped_in_their_section_with_their_names_and_defaults(self):
        for file in (SOURCE / "conf" / "oplati.conf", self.shipped()):
            text = file.read_text(encoding="utf-8")
            self.assertEqual(re.findall(r"^\[(.*)\]$", text, re.M), ["Main"])
            keys = re.findall(r"^;(\w+) =(.*)$", text, re.M)
            self.assertEqual([(key, value.strip()) for key, value in keys][:4], self.TABLE)
            self.assertEqual(re.findall(r"^; (\d) - ", text.partition(";mode =")[0], re.M), ["0", "1", "2"])

    def shipped(self):
        """The file in a root that nobody has configured."""
        fresh = self.folder / "fresh"
        run(SOURCE / "scripts" / "make-root", fresh, env={**os.environ, "LINUXCASH_BUILD": str(BUILD)})
        return fresh / "cash" / "paysystems" / "oplati" / "oplati.conf"

    def test_that_are_not_set_have_their_defaults(self):
        self.settings_file.write_text("[Main]\n", encoding="utf-8")
        for key, value in self.TABLE:
            self.assertEqual(self.paysysctl("get", "oplati", key).strip(), value, key)

    def test_stand_in_main_and_nowhere_else(self):
        text = self.settings_file.read_text(encoding="utf-8")
        self.settings_file.write_text(text.replace("[Main]", "[Other]"), encoding="utf-8")
        register = self.open_register()
        register.sell()
        self.assertEqual(self.pay_once(register, "refused")["owed"], False)
        register.close()
        self.assertEqual(self.requests(), [])

    def test_give_the_mode_three_values(self):
        for value in "012":
            self.paysysctl("set", "oplati", f"mode={value}")
        with self.assertRaises(AssertionError):
            self.paysysctl("set", "oplati", "mode=3")
        self.assertEqual(self.paysysctl("get", "oplati", "mode").strip(), "2")

    def test_name_the_desk_in_every_request(self):
        register = self.open_register()
        register.sell()
        self.pay_once(register)
        register.close()
        self.assertEqual({one["headers"]["regnum"] for one in self.requests()}, {REGNUM})

    def test_limit_the_wait_for_a_reply(self):
        self.configure(timeout="1")
        self.simulator.ask("rules", [{"on": "demand", "fault": "silence"}])
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid("refused", patience=8)
        register.close()
        line = next(one for one in self.log().splitlines() if "demandPayment" in one)
        waited = int(re.search(r"(\d+) (?:ms|мс)", line).group(1))
        self.assertGreaterEqual(waited, 1000)
        self.assertLess(waited, 2000)


class PaymentType(Source):
    def test_is_there_once_it_was_configured(self):
        self.paysysctl("payment-type", "21", "oplati", "Ещё один")
        offered = json.loads(self.paysysctl("payment-types", "--json"))
        self.assertEqual([one["valutcode"] for one in offered if one["system"] == "oplati"], [20, 21])

    def test_has_the_number_that_was_chosen(self):
        self.paysysctl("payment-type", "37", "oplati", "Кошелёк")
        register = self.open_register()
        register.sell()
        register.do("payment-types")
        offered = {one["valutcode"]: one["name"] for one in register.expect("payment-types")["types"]}
        self.assertEqual((offered[20], offered[37]), ("О!плати", "Кошелёк"))
        register.pay(valutcode=37)
        register.expect("show", text=SHOW_THE_QR)
        register.paid("approved", valutcode=37)
        register.close()
        self.check_books()

    def test_is_the_only_one_that_asks_the_gateway(self):
        self.paysysctl("payment-type", "30", "none", "Сертификат")
        register = self.open_register()
        register.sell("24.50")
        register.pay(valutcode=1, sum="4.50")
        register.paid()
        register.pay(valutcode=30, sum="10.00")
        register.paid()
        self.assertEqual(self.requests("demand") + self.requests("charge"), [])
        register.pay()
        register.paid("approved", sum="10.00")
        register.close()
        self.assertEqual([one["sum"] for one in self.charges()], [10])
        self.check_books()


class BuyersCode(Source):
    """Mode 0: the cashier scans the code on the buyer's phone."""

    def configure(self, **settings):
        super().configure(mode="0", **settings)

    def ask(self, register):
        register.pay()
        return register.expect("dialog", kind="ask", text=SCAN_THE_BUYER)

    def test_is_scanned_by_the_cashier_and_charged(self):
        register = self.open_register()
        register.sell()
        self.assertIn("scan", self.ask(register)["accept"])
        register.answer("value", text="Abc/12+З==", by="scanner")
        register.paid("approved")
        register.last("receipt", state="closed")
        register.close()
        (charge,) = self.charges()
        self.assertEqual(charge["authCode"], "sha256:" + hashlib.sha256(b"Abc/12+P==").hexdigest())
        self.assertNotIn("sessionId", charge)
        self.assertNotIn("Abc/12", self.log())
        self.check_books()

    def test_is_waited_for_before_anything_is_charged(self):
        register = self.open_register()
        register.sell()
        self.ask(register)
        register.answer("cancel")
        register.paid("cancelled", owed=False)
        register.close()
        self.assertEqual(self.charges(), [])
        self.check_books()

    def test_may_be_read_again_when_nothing_was_read(self):
        register = self.open_register()
        register.sell()
        self.ask(register)
        register.answer("value", text="  ", by="scanner")
        register.paid("refused", owed=False)
        self.ask(register)
        register.answer("value", text="12345", by="scanner")
        register.paid("approved")
        register.close()
        self.check_books()

    def test_may_belong_to_a_buyer_who_declines(self):
        self.buyer(answer="declines")
        register = self.open_register()
        register.sell()
        self.ask(register)
        register.answer("value", text="12345", by="scanner")
        register.paid("declined", owed=False)
        register.close()
        self.check_books()


class StaticCode(Source):
    """Mode 1: the buyer scans the sign at the till, and enters the code that the cashier tells him."""

    def configure(self, **settings):
        super().configure(mode="1", **settings)

    def test_is_shown_to_the_cashier_until_the_buyer_has_entered_it(self):
        self.buyer(joins=False)
        register = self.open_register()
        register.sell()
        register.pay()
        shown = register.expect("show")
        self.assertRegex(shown["text"], r"^Сообщите покупателю код подтверждения: \d\d$")
        self.assertFalse(shown.get("qr"))
        self.assertNotEqual(shown.get("where"), "customer")
        self.wait_for("some polls", lambda: len(self.requests("consumer")) > 3)
        self.assertEqual(self.charges(), [])

        mark = len(register.seen)
        self.simulator.ask("act", {"do": "joins"})
        register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
        self.assertEqual([one["event"] for one in register.seen[mark:-1] if one["event"] != "closed"], [])
        register.paid("approved")
        register.last("receipt", state="closed")
        register.close()
        self.assertEqual([one["body"] for one in self.requests("demand")], ['{"paymentMode":1}'])
        self.check_books()

    def test_is_that_of_the_gateway_and_stays_out_of_the_log(self):
        self.simulator.ask("rules", [{"on": "demand", "reply": {"pin": "47"}}])
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show", text="Сообщите покупателю код подтверждения: 47")
        register.paid("approved")
        register.close()
        self.assertNotRegex(self.log(), r"подтверждения: 47")
        self.check_books()

    def test_that_nobody_enters_costs_nothing(self):
        self.buyer(joins=False)
        self.configure(session_wait_s="5")
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show")
        register.answer("cancel")
        register.paid("cancelled", owed=False)
        register.close()
        self.assertEqual(self.charges(), [])
        self.check_books()


class DynamicCode(Source):
    """Mode 2: the buyer scans a code on a screen, and confirms in the application."""

    def test_is_shown_with_its_words_and_confirmed_by_the_buyer(self):
        self.buyer(joins=False, answer="ignores")
        register = self.open_register()
        register.sell()
        register.pay()
        shown = register.expect("show", text=SHOW_THE_QR)
        self.assertEqual(shown["where"], "customer")
        self.assertTrue(shown["qr"])
        self.simulator.ask("act", {"do": "joins"})
        register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
        self.wait_for("charge", self.charges)
        self.simulator.ask("act", {"do": "pays"})
        register.paid("approved")
        register.last("receipt", state="closed")
        register.close()
        self.assertEqual([one["body"] for one in self.requests("demand")], ['{"paymentMode":3}'])
        self.check_books()


class Token(Source):
    RELAY = True
    BUYER_MS = 0

    def lose_a_reply(self, register):
        """The gateway rotates the token, and the reply with the new one never comes."""
        self.relay.ask("rules", [{"do": "reset-after", "match": "POST /ms-pay/pos/demandPayment "}])
        self.pay_once(register, "refused")

    def valid_token(self):
        events = [json.loads(line) for line in self.ledger_file.read_text().splitlines()]
        return [event["token"] for event in events if event["event"] == "token"][-1]

    def test_file_is_made_at_the_first_contact_and_closed_to_others(self):
        register = self.open_register()
        register.sell("24.50")
        self.assertFalse(self.token_file.exists())
        self.pay_once(register)
        self.assertEqual(self.token_file.stat().st_mode & 0o777, 0o600)
        self.assertIn(self.valid_token(), self.token_file.read_text())
        register.close()
        self.check_books()

    def test_out_of_step_stops_payments_until_the_cabinet_has_reset_it(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.lose_a_reply(register)
        for _ in range(2):
            register.pay(sum="1.00")
            self.told(register, TOKEN_EXISTS)
            register.paid("refused", owed=False, text=TOKEN_EXISTS)
        register.close()
        register = self.register()
        register.pay(sum="1.00")
        self.told(register, TOKEN_EXISTS)
        register.paid("refused")
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.pay_once(register)
        register.close()
        self.check_books()

    def test_reset_in_the_cabinet_needs_its_file_deleted_and_the_program_started_again(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        register.pay(sum="1.00")
        self.told(register, TOKEN_MISSING)
        register.paid("refused", owed=False, text=TOKEN_MISSING)
        register.close()
        register = self.register()
        register.pay(sum="1.00")
        self.told(register, TOKEN_MISSING)
        register.paid("refused")
        register.close()
        self.token_file.unlink()
        register = self.register()
        self.pay_once(register)
        register.close()
        self.check_books()


class Link(Source):
    # A lost reply takes the next token with it: here it is about the link.
    PASSWORD_MODE = True
    RELAY = True

    def test_that_fails_at_a_payment_is_told_and_the_second_attempt_is_refused(self):
        register = self.open_register()
        register.sell()
        self.port("closed")
        register.pay()
        self.told(register, SERVER_ERROR)
        register.paid("refused", owed=False, text=SERVER_ERROR)
        for _ in range(2):
            register.pay()
            self.told(register, UNAVAILABLE)
            register.paid("refused", owed=False, text=UNAVAILABLE)
        self.port("open")
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def owe_an_undo(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        self.port("closed")
        register.do("payment-cancel", payment=1)
        self.told(register, QUEUED, "warning")
        register.expect("finished", do="payment-cancel", outcome="unknown", owed=True, text=QUEUED)
        return register

    def test_that_fails_at_a_cancel_queues_it_and_payments_wait_for_its_delivery(self):
        register = self.owe_an_undo()
        register.pay()
        self.told(register, UNAVAILABLE)
        register.paid("refused", owed=False, text=UNAVAILABLE)
        self.port("open")
        self.wait_for("delivery in the background", self.discharged, BACKGROUND_S)
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_that_is_back_opens_payments_only_when_the_cancel_is_done(self):
        register = self.owe_an_undo()
        self.simulator.ask("rules", [{"on": "cancel", "http": 503, "times": -1}])
        self.port("open")
        register.pay()
        self.told(register, UNAVAILABLE)
        register.paid("refused", owed=False, text=UNAVAILABLE)
        self.assertEqual(len(register.state()["queue"]["obligations"]), 1)
        self.simulator.ask("clear", {})
        self.wait_for("delivery in the background", self.discharged, BACKGROUND_S)
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_that_fails_keeps_the_cancel_over_a_restart(self):
        register = self.owe_an_undo()
        register.kill()
        register = self.register()
        register.pay()
        self.told(register, UNAVAILABLE)
        register.paid("refused", owed=False, text=UNAVAILABLE)
        self.port("open")
        self.wait_for("delivery in the background", self.discharged, BACKGROUND_S)
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_that_fails_at_the_annulment_of_a_receipt_queues_the_cancel(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        self.port("closed")
        register.do("annul")
        self.told(register, QUEUED, "warning")
        register.expect("finished", do="annul", owed=True)
        register.last("receipt", state="annulled")
        self.port("open")
        self.wait_for("delivery in the background", self.discharged, BACKGROUND_S)
        register.close()
        self.check_books()


class Closed(Source):
    """A sale for 35.00 by O!плати that is closed: two litres of milk."""

    BUYER_MS = 0
    NO_REFUND_ALONE = "Оплата чеков возврата через платежную систему О!плати не доступна"

    def sale(self, register, price="17.50", quantity="2"):
        register.sell(price, quantity=quantity)
        register.pay()
        register.paid("approved")
        return register.last("receipt", state="closed")["number"]

    def refund(self, register, number, outcome="approved", **fields):
        register.do("refund", receipt=number, **fields)
        return register.expect("finished", do="refund", outcome=outcome)

    def kept(self):
        return sum(self.captured(order) - self.given_back(order) for order in self.ledger())

    def sums(self):
        """What the gateway's ledger says, in kopecks: (captured, given back)."""
        events = [one for facts in self.ledger().values() for one in facts]
        return (sum(amount for event, amount in events if event == "captured"),
                sum(amount for event, amount in events if event == "refunded"))


class Refund(Closed):
    def test_by_the_sales_receipt_gives_the_money_back(self):
        register = self.open_register()
        number = self.sale(register)
        self.refund(register, number)
        receipt = register.last("receipt", type="refund", state="closed")
        self.assertEqual(receipt["total"], "35.00")
        self.assertEqual([(one["valutcode"], one["sum"]) for one in receipt["payments"]], [(20, "35.00")])
        register.close()
        self.assertEqual(self.sums(), (3500, 3500))

    def test_goes_in_parts_up_to_the_sale_and_no_further(self):
        register = self.open_register()
        number = self.sale(register)
        self.refund(register, number, lines=[{"index": 1, "quantity": "0.5"}])
        self.refund(register, number, lines=[{"index": 1, "quantity": "1"}])
        self.assertEqual(self.sums(), (3500, 875 + 1750))
        self.refund(register, number, "refused", lines=[{"index": 1, "quantity": "0.6"}])
        self.refund(register, number)
        self.assertEqual(self.sums(), (3500, 3500))
        self.refund(register, number, "refused")
        register.close()
        self.assertEqual(self.sums(), (3500, 3500))

    def test_works_after_a_restart_and_in_a_later_shift(self):
        register = self.open_register()
        number = self.sale(register)
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.close()
        register = self.open_register()
        self.refund(register, number, lines=[{"index": 1, "quantity": "1"}])
        register.close()
        register = self.register()
        self.refund(register, number)
        register.close()
        self.assertEqual(self.sums(), (3500, 3500))

    def test_without_a_sale_is_refused_in_its_words(self):
        register = self.open_register()
        register.do("return-open")
        register.sell()
        register.pay()
        self.told(register, self.NO_REFUND_ALONE)
        register.paid("refused", owed=False, text=self.NO_REFUND_ALONE)
        register.pay(valutcode=1)
        register.paid("approved")
        register.close()
        self.assertEqual(self.requests(), [])

    def test_of_a_sale_paid_in_two_ways_gives_back_each_its_part(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(valutcode=1, sum="4.50")
        register.paid()
        register.pay()
        register.paid("approved")
        number = register.last("receipt", state="closed")["number"]
        self.refund(register, number)
        receipt = register.last("receipt", type="refund", state="closed")
        self.assertEqual(sorted((one["valutcode"], one["sum"]) for one in receipt["payments"]),
                         [(1, "4.50"), (20, "20.00")])
        register.close()
        self.assertEqual(self.sums(), (2000, 2000))


class RefundCancel(Closed):
    def test_gives_the_sale_its_remainder_back(self):
        register = self.open_register()
        number = self.sale(register)
        self.refund(register, number)
        refund = register.last("receipt", type="refund", state="closed")["number"]
        register.do("refund-cancel", receipt=refund)
        register.expect("finished", do="refund-cancel", outcome="approved", owed=False)
        register.state()
        self.assertEqual(self.simulator.ask("ledger")["totals"]["kept"], "35.00")
        self.refund(register, number)
        register.close()
        self.assertEqual(self.simulator.ask("ledger")["totals"]["kept"], "0.00")

    def test_in_an_open_refund_receipt_takes_the_refund_back(self):
        register = self.open_register()
        number = self.sale(register)
        self.refund(register, number, hold=True)
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", outcome="approved", owed=False)
        self.assertEqual(self.simulator.ask("ledger")["totals"]["kept"], "35.00")
        register.do("annul")
        register.expect("finished", do="annul")
        self.refund(register, number)
        register.close()
        self.assertEqual(self.simulator.ask("ledger")["totals"]["kept"], "0.00")


class Annul(Closed):
    def test_of_a_closed_sale_gives_the_money_back(self):
        register = self.open_register()
        number = self.sale(register)
        register.do("annul", receipt=number)
        register.expect("finished", do="annul", outcome="done", owed=False)
        register.last("receipt", number=number, state="annulled")
        register.close()
        self.assertEqual(self.simulator.ask("ledger")["totals"]["kept"], "0.00")


class RefundLink(Closed):
    PASSWORD_MODE = True
    RELAY = True

    def port(self, state):
        self.relay.ask("port", {"open": state == "open"})

    def test_that_fails_is_told_and_the_second_attempt_is_refused(self):
        register = self.open_register()
        number = self.sale(register)
        self.port("closed")
        register.do("refund", receipt=number)
        self.told(register, SERVER_ERROR)
        register.expect("finished", do="refund", outcome="refused", owed=False, text=SERVER_ERROR)
        self.annul_what_is_open(register)
        register.do("refund", receipt=number)
        self.told(register, UNAVAILABLE)
        register.expect("finished", do="refund", outcome="refused", owed=False, text=UNAVAILABLE)
        self.annul_what_is_open(register)
        self.port("open")
        self.refund(register, number)
        register.close()
        self.assertEqual(self.sums(), (3500, 3500))

    def annul_what_is_open(self, register):
        if register.state()["receipt"]["state"] == "open":
            register.do("annul")
            register.expect("finished", do="annul")

    def test_that_fails_at_the_cancel_of_a_refund_queues_it_and_blocks(self):
        register = self.open_register()
        number = self.sale(register)
        self.refund(register, number)
        refund = register.last("receipt", type="refund", state="closed")["number"]
        self.port("closed")
        register.do("refund-cancel", receipt=refund)
        self.told(register, QUEUED, "warning")
        register.expect("finished", do="refund-cancel", owed=True, text=QUEUED)
        register.sell("1.00")
        register.pay()
        self.told(register, UNAVAILABLE)
        register.paid("refused", owed=False, text=UNAVAILABLE)
        self.port("open")
        self.wait_for("delivery in the background", self.discharged, BACKGROUND_S)
        self.assertEqual(self.simulator.ask("ledger")["totals"]["kept"], "35.00")
        register.pay()
        register.paid("approved")
        register.close()


class Reconcile(Closed):
    PASSWORD_MODE = True

    def reconcile(self, register):
        mark = len(register.seen)
        register.do("reconcile", valutcode=20)
        finished = register.expect("finished", do="reconcile")
        slips = [line for one in register.seen[mark:] if one["event"] == "slip" for line in one["lines"]]
        return finished, " ".join(" ".join(slips + [finished["text"]]).lower().split())

    def test_finds_agreement_and_prints_it(self):
        register = self.open_register()
        self.sale(register)
        self.refund(register, self.sale(register, "10.00", "1"))
        finished, printed = self.reconcile(register)
        self.assertEqual(finished["outcome"], "done")
        self.assertIn("расхождений нет", printed)
        self.assertIn("оплат: 2 45.00 возвратов: 1 10.00 итого 35.00", printed)
        register.close()

    def test_names_a_payment_that_the_gateway_took_back_or_lost(self):
        register = self.open_register()
        self.sale(register)
        order = next(iter(self.ledger()))
        self.cancel_at_the_gateway(order)
        finished, printed = self.reconcile(register)
        self.assertEqual(finished["outcome"], "done")
        self.assertIn("в журнале проведена, у о!плати", printed)
        self.assertIn(order.lower() + " 35.00", printed)
        self.assertIn("сравните с личным кабинетом о!плати", printed)
        self.simulator.ask("rules", [{"on": "report", "body": "[]"}])
        _, printed = self.reconcile(register)
        self.assertIn("есть в журнале, нет у о!плати", printed)
        register.close()

    def cancel_at_the_gateway(self, order):
        """Somebody else who knows the desk's password."""
        address = f"http://{self.simulator.address}/ms-pay/pos/payments/{order}"
        request = urllib.request.Request(address, method="DELETE", headers={"regNum": REGNUM, "password": PASSWORD})
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as reply:
            self.assertEqual(reply.status, 200)

    def test_that_fails_is_told_and_can_be_repeated_also_for_an_earlier_shift(self):
        register = self.open_register()
        self.sale(register)
        self.simulator.ask("rules", [{"on": "report", "http": 503, "times": -1}])
        finished, printed = self.reconcile(register)
        self.assertEqual(finished["outcome"], "refused")
        self.assertIn("не проведена", printed)
        register.do("shift-close")
        register.expect("finished", do="shift-close", outcome="done")
        register.last("shift", number=1, state="closed")
        register.open_shift()
        self.simulator.ask("clear", {})
        register.do("reconcile", valutcode=20, shift=1)
        register.expect("finished", do="reconcile", outcome="done")
        register.close()

    def test_names_a_difference_and_does_not_hinder_the_shift(self):
        register = self.open_register()
        self.sale(register)
        self.simulator.ask("rules", [{"on": "report", "body": "[]", "times": -1}])
        _, printed = self.reconcile(register)
        self.assertIn("есть в журнале, нет у о!плати", printed)
        register.do("shift-close")
        register.expect("finished", do="shift-close", outcome="done")
        register.last("shift", number=1, state="closed")
        register.close()


class Card(Source):
    BUYER_MS = 0
    NUMBER = "9070000000001000"

    def configure(self, **settings):
        super().configure(**settings)
        self.paysysctl("card-group", "5", "Карты О!плати", "--inputmask", "32", "--pattern", "[0-9]*")
        self.paysysctl("action", "F7", "COMMAND_CARD", "valutcode=20", "cardNumberType=5")

    def bring(self, number=NUMBER):
        self.buyer(loyaltyCards=[{"number": number, "name": "Карта"}])

    def press(self, register):
        register.do("key", key="F7")

    def test_lands_in_the_receipt_by_the_key_and_the_payment_follows_in_its_session(self):
        self.bring()
        register = self.open_register()
        register.sell()
        self.press(register)
        register.expect("show", text=SHOW_THE_QR)
        register.expect("finished", do="key", outcome="done")
        self.assertEqual(register.state()["receipt"]["card"], self.NUMBER)
        register.pay()
        register.paid("approved")
        self.assertEqual(register.last("receipt", state="closed")["card"], self.NUMBER)
        register.close()
        self.assertEqual(len(self.requests("demand")), 1)
        self.assertNotIn(self.NUMBER, self.log())
        self.check_books()

    def test_is_asked_of_the_type_that_the_key_names(self):
        self.bring()
        self.paysysctl("payment-type", "30", "none", "Сертификат")
        for key, valutcode, words in [("F8", 30, "30"), ("F9", 77, "77")]:
            self.paysysctl("action", key, "COMMAND_CARD", f"valutcode={valutcode}", "cardNumberType=5")
            register = self.open_register() if key == "F8" else self.register()
            register.do("key", key=key)
            self.assertIn(words, register.expect("finished", do="key", outcome="refused")["text"])
            register.close()
        self.assertEqual(self.requests(), [])

    def test_of_another_way_of_input_does_not_ask_the_gateway(self):
        self.bring()
        self.paysysctl("action", "F8", "COMMAND_CARD", "valutcode=20", "cardNumberType=1")
        register = self.open_register()
        register.sell()
        register.do("key", key="F8")
        self.assertIn("cardNumberType", register.expect("finished", do="key", outcome="refused")["text"])
        register.close()
        self.assertEqual(self.requests(), [])

    def test_of_a_group_that_does_not_take_it_is_refused(self):
        self.bring()
        self.paysysctl("card-group", "5", "Карты О!плати", "--inputmask", "31", "--pattern", "[0-9]*")
        register = self.open_register()
        register.sell()
        self.press(register)
        self.assertIn("inputmask", register.expect("finished", do="key", outcome="refused")["text"])
        self.assertEqual(self.requests(), [])
        self.assertNotIn("card", {key for key, value in register.state()["receipt"].items() if value})
        register.pay()
        register.paid("approved")
        register.close()

    def test_of_a_number_that_no_group_knows_is_refused_and_the_sale_goes_on(self):
        self.bring("ABC")
        register = self.open_register()
        register.sell()
        self.press(register)
        register.expect("finished", do="key", outcome="refused")
        register.pay()
        register.paid("approved")
        self.assertFalse(register.last("receipt", state="closed").get("card"))
        register.close()
        self.check_books()

    def test_is_not_there_and_the_sale_goes_on(self):
        register = self.open_register()
        register.sell()
        self.press(register)
        finished = register.expect("finished", do="key", outcome="refused")
        self.assertIn("не передала карту лояльности", finished["text"])
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_is_read_in_each_mode(self):
        self.bring()
        register = self.open_register()
        register.close()
        for mode in "012":
            with self.subTest(mode):
                self.paysysctl("set", "oplati", f"mode={mode}")
                register = self.register()
                register.sell()
                self.press(register)
                if mode == "0":
                    register.expect("dialog", kind="ask", text=SCAN_THE_BUYER)
                    register.answer("value", text="12345", by="scanner")
                register.expect("finished", do="key", outcome="done")
                self.assertEqual(register.state()["receipt"]["card"], self.NUMBER)
                shown = " ".join(one["text"] for one in register.events("show"))
                self.assertEqual("код подтверждения" in shown, mode == "1")
                self.assertEqual(SHOW_THE_QR in shown, mode == "2")
                register.pay()
                register.paid("approved")
                self.assertEqual(register.events("show")[-1].get("text"),
                                 "Ожидается подтверждение оплаты покупателем в приложении О!плати")
                self.assertEqual(len([one for one in register.events("dialog") if one["kind"] == "ask"]), mode == "0")
                register.close()
        self.check_books()

    def test_is_impossible_while_the_token_is_out_of_step(self):
        self.bring()
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        register.close()
        # As after a lost reply: the gateway has rotated, the register has not.
        former = self.token_file.read_bytes()
        register = self.register()
        self.pay_once(register)
        register.do("annul")
        register.expect("finished", do="annul")
        register.close()
        self.token_file.write_bytes(former)
        register = self.register()
        register.sell()
        self.press(register)
        self.told(register, TOKEN_EXISTS)
        register.expect("finished", do="key", outcome="refused", text=TOKEN_EXISTS)
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.press(register)
        register.expect("finished", do="key", outcome="done")
        register.close()


class Screen(Source):
    """The same texts, letter for letter, where a cashier types and reads."""

    PASSWORD_MODE = True
    RELAY = True

    def see(self, text):
        """Reads the screen up to that text, however it is broken into lines."""
        shown, deadline = "", time.monotonic() + PATIENCE_S
        while text not in shown:
            try:
                line = self.screen.out.next(deadline)
            except TimeoutError:
                line = None
            self.assertIsNotNone(line, f"the screen did not show {text!r} after:\n{shown}")
            shown = " ".join((shown + " " + line).split())

    def type_in(self, *lines):
        for line in lines:
            self.screen.child.stdin.write(line + "\n")
        self.screen.child.stdin.flush()

    def test_shows_each_text_as_prescribed(self):
        self.screen = self.keep(Process(BIN / "artix-terminal", "--root", self.root, stdin=subprocess.PIPE))
        self.type_in("вход Анна", "смена открыть", "товар 1001 24.50 Молоко", "оплата 20 20.00")
        self.see(SHOW_THE_QR)
        self.see("Оплачено О!плати")
        self.port("closed")
        # An empty line closes what was told.
        for line, text in [("оплата 20", SERVER_ERROR), ("оплата 20", UNAVAILABLE), ("вернуть 1", QUEUED),
                           ("оплата 20", UNAVAILABLE)]:
            self.type_in(line)
            self.see(text)
            self.type_in("")
        self.port("open")
        self.wait_for("delivery in the background", self.discharged, BACKGROUND_S)
        self.type_in("оплата 20")
        self.see("Оплачено О!плати")
        self.check_books()


class Log(Source):
    def test_of_the_register_holds_every_request(self):
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid("approved")
        register.close()
        self.assertTrue((self.root / "logs" / "current" / "terminal.log").is_file())
        lines = [line for line in self.log().splitlines() if re.search(r"\b(GET|POST|DELETE) /", line)]
        self.assertEqual(len(lines), len(self.requests()), "\n".join(lines))
        for line in lines:
            self.assertRegex(line, r"\b200\b.*\d+ (ms|мс)")
        for path in ("/tokens", "/pos/demandPayment", "/pos/consumerStatus", "/pos/payments"):
            self.assertTrue(any(path in line for line in lines), path)
        self.check_books()

    def test_of_the_register_holds_requests_without_an_answer(self):
        self.simulator.ask("rules", [{"on": "demand", "fault": "reset"}])
        register = self.open_register()
        register.sell()
        self.pay_once(register, "refused")
        register.close()
        self.assertTrue(any("POST" in line and "demandPayment" in line for line in self.log().splitlines()))
        self.check_books()


if __name__ == "__main__":
    unittest.main()
