# SPDX-License-Identifier: Apache-2.0
"""What users of other payment modules complained about, played against ours (tests/data/source/complaints.map)."""

import json
import pathlib
import re
import unittest

from harness import SANITIZED, Shop

UNAVAILABLE = 'Возможность проведения операций с использованием платежной системы "O!плати" временно недоступна'


class Complaints(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    BUYER_MS = 0

    def buyer(self, **behaviour):
        self.simulator.ask("buyer", behaviour)

    def discharges(self):
        return sum(kind == "discharged" for _, kind, _ in self.journal())

    def pushed(self, register):
        register.do("queue-push")
        register.expect("finished", do="queue-push")
        return register.state()

    def kept(self):
        return sum(self.captured(order) - self.given_back(order) for order in self.ledger())


class ChargedTwice(Complaints):
    def test_a_key_that_was_pressed_twice_charges_once(self):
        register = self.open_register()
        register.sell()
        register.pay()
        register.pay()
        register.paid("approved")
        register.paid("refused")
        register.close()
        self.assertEqual(self.kept(), 2450)
        self.check_books()

    def test_another_try_after_doubt_waits_for_the_truth_and_has_a_number_of_its_own(self):
        self.simulator.ask("rules", [{"on": "cancel", "http": 503, "times": -1}])
        register = self.open_register()
        register.sell("10.15")
        register.pay()
        register.paid("unknown", owed=True)
        for _ in range(2):
            register.pay()
            self.assertEqual(register.paid("refused", owed=False)["text"], UNAVAILABLE)
        self.assertEqual(len(self.requests("charge")), 1)
        self.simulator.ask("clear", {})
        # What was not found twice never was.
        self.wait_for("truth", lambda: self.pushed(register)["queue"]["obligations"] == [])
        register.pay(sum="10.00")
        register.paid("approved")
        register.close()
        orders = [intent["order"] for _, kind, intent in self.journal() if kind == "intent" and intent["kind"] == "pay"]
        self.assertEqual(len(set(orders)), 2)
        self.assertEqual(self.kept(), 1000)
        self.check_books()

    SETTINGS = {**Shop.SETTINGS, "doubt_wait_s": "1"}

    def test_a_number_that_the_gateway_calls_taken_is_no_decline(self):
        register = self.open_register()
        register.sell("10.23")
        register.pay()
        text = register.paid("unknown", owed=True)["text"]
        self.assertNotIn("отклон", text.lower())
        self.wait_for("truth", self.discharges)
        register.pay(sum="10.00")
        register.paid("approved")
        register.close()
        self.assertEqual(self.kept(), 1000)
        self.check_books()


class StuckWaiting(Complaints):
    SETTINGS = {**Shop.SETTINGS, "session_wait_s": "5", "confirm_wait_s": "5", "doubt_wait_s": "1"}

    def test_ends_by_itself_when_the_gateway_never_says_how_it_ended(self):
        register = self.open_register()
        register.sell("10.05")
        register.pay()
        register.paid("unknown", owed=True)
        self.wait_for("discharge", self.discharges)
        self.assertEqual(register.state()["queue"]["obligations"], [])
        register.close()
        self.assertEqual(self.kept(), 0)
        self.check_books()

    def test_a_prompt_expires_and_who_comes_too_late_is_not_charged(self):
        self.buyer(joins=False)
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show")
        finished = register.expect("finished", do="pay", owed=False)
        self.assertIn(finished["outcome"], ("declined", "cancelled"))
        self.simulator.ask("act", {"do": "joins"})
        register.do("wait", ms=200)
        register.state()
        register.close()
        self.assertEqual(self.requests("charge"), [])
        self.check_books()

    def test_a_deadline_dies_with_its_payment(self):
        self.buyer(joins=False)
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show")
        register.do("wait", ms=2500)
        register.answer("cancel")
        register.paid("cancelled")
        register.pay()
        left = register.expect("show")["secondsLeft"]
        self.assertGreaterEqual(left, 4)
        polls = len(self.requests("consumer"))
        self.wait_for("the first payment's deadline to pass", lambda: len(self.requests("consumer")) > polls + 120)
        self.simulator.ask("act", {"do": "joins"})
        register.paid("approved")
        register.close()
        self.check_books()

    def test_the_next_payment_works_after_every_kind_of_end(self):
        register = self.open_register()
        register.sell("99.00")
        for price, outcome in [("1.00", "approved"), ("1.01", "declined"), ("1.15", "unknown"), ("1.05", "cancel"),
                               ("1.11", "declined"), ("1.00", "approved")]:
            with self.subTest(price):
                before = self.discharges()
                register.pay(sum=price)
                if outcome == "cancel":
                    register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
                    register.answer("cancel")
                register.paid("unknown" if outcome == "cancel" else outcome)
                if outcome in ("unknown", "cancel"):
                    self.wait_for("discharge", lambda count=before: self.discharges() > count)
        register.close()
        self.assertEqual(self.kept(), 200)
        self.check_books()


class LongDay(Complaints):
    """Works for the hundredth buyer as for the first, and grows by nothing."""

    SALES = 120
    WARM_UP = 40
    GROWTH_KB = 1024

    def holdings(self, register):
        process = pathlib.Path("/proc") / str(register.child.pid)
        status = (process / "status").read_text()
        descriptors = [one.resolve().name for one in (process / "fd").iterdir()]
        numbers = {key: int(re.search(rf"^{key}:\s+(\d+)", status, re.M).group(1)) for key in ("Threads", "VmRSS")}
        return len([one for one in descriptors if not one.startswith("socket")]), numbers["Threads"], numbers["VmRSS"]

    def test_leaves_no_descriptor_thread_or_memory_behind(self):
        register = self.open_register()
        for count in range(self.SALES):
            register.sell("1.00")
            register.pay()
            if count % 10 == 5:
                register.answer("cancel")
                register.expect("finished", do="pay")
                register.do("annul")
                register.expect("finished", do="annul")
            else:
                register.paid("approved")
                register.last("receipt", state="closed")
            if count == self.WARM_UP:
                descriptors, threads, memory = self.holdings(register)
        after = self.holdings(register)
        register.close()
        self.assertEqual(after[:2], (descriptors, threads))
        if not SANITIZED:  # a sanitizer keeps what was freed
            self.assertLess(after[2] - memory, self.GROWTH_KB)
        self.check_books()


class MoneyInTheReceipt(Complaints):
    def test_holds_its_lines_until_it_has_gone_back(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        register.do("storno", index=1)
        register.expect("error")
        self.assertEqual(register.state()["receipt"]["total"], "24.50")
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", outcome="approved")
        register.do("storno", index=1)
        self.assertEqual(register.state()["receipt"]["total"], "0.00")
        register.close()
        self.assertEqual(self.kept(), 0)
        self.check_books()

    def test_is_paid_in_cash_instead_only_after_a_cancel_was_sent(self):
        self.buyer(answer="ignores")
        register = self.open_register()
        register.sell("24.50")
        register.pay()
        register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
        register.pay(valutcode=1)
        register.answer("cancel")
        register.paid("unknown", valutcode=20, owed=True)
        register.paid("approved", valutcode=1)
        self.wait_for("cancel at the gateway", lambda: self.requests("cancel"))
        self.wait_for("discharge", self.discharges)
        register.close()
        self.assertEqual(self.kept(), 0)
        self.check_books()


class Queue(Complaints):
    RELAY = True

    def test_is_visible_in_every_place_and_can_be_pushed(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        self.relay.ask("port", {"open": False})
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", owed=True)
        register.do("queue")
        (one,) = register.expect("queue")["obligations"]
        self.assertEqual((one["kind"], one["system"]), ("undo", "oplati"))
        self.assertGreaterEqual(one["age"], 0)
        self.assertIn(one["operation"][:8], self.paysysctl("queue", "list"))
        register.kill()
        register = self.register()
        self.wait_for("notice at the start", lambda: register.state() and register.events("notice"))
        self.relay.ask("port", {"open": True})
        register.do("queue-push")
        register.expect("finished", do="queue-push")
        self.wait_for("discharge", self.discharges)
        self.assertEqual(register.state()["queue"]["obligations"], [])
        register.close()
        self.assertEqual(json.loads(self.paysysctl("queue", "list", "--json") or "[]"), [])
        self.check_books()


if __name__ == "__main__":
    unittest.main()
