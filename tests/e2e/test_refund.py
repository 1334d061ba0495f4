# SPDX-License-Identifier: Apache-2.0
"""Giving money back: every fault of the gateway in every operation, a register that dies at every durable step, and
random refunds; the gateway's ledger and the journal judge."""

import json
import random
import unittest

from harness import SHIM, Shop, kopecks

# What a request of each kind may meet; "lost" after the gateway has carried it out.
FAULTS = {
    "400": {"http": 400, "internalCode": "REQUEST_WRONG"},
    "403": {"http": 403, "internalCode": "NOT_ALLOWED"},
    "404": {"http": 404, "internalCode": "PAYMENT_NOT_FOUND"},
    "409": {"http": 409, "internalCode": "ORDER_NUMBER_DUPLICATE"},
    "429": {"http": 429},
    "500": {"http": 500},
    "500 lost": {"http": 500, "commit": True},
    "503": {"http": 503},
    "reset": {"fault": "reset", "commit": False},
    "reset lost": {"fault": "reset"},
    "close lost": {"fault": "close"},
    "half lost": {"fault": "half", "bytes": 20},
    "garbage lost": {"fault": "garbage"},
    "silence lost": {"fault": "silence"},
    "other sum": {"reply": {"sum": 0.01}},
    "unknown status": {"reply": {"status": 9}},
    "empty body": {"emptyBody": True},
}


class Refunds(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    BUYER_MS = 0
    SIMULATOR = ("--plain-sums",)
    SETTINGS = {**Shop.SETTINGS, "timeout": "1", "doubt_wait_s": "1", "confirm_wait_s": "5"}

    def rule(self, endpoint, effect):
        self.simulator.ask("rules", {"on": endpoint, **effect})

    def sold(self, register, price="24.50", quantity="1", **fields):
        """A closed sale; its number."""
        number = register.sell(price, quantity=quantity)["number"]
        register.pay(**fields)
        register.expect("receipt", number=number, state="closed")
        register.paid()
        return number

    def settle(self, register):
        """Until nothing is owed."""
        self.simulator.ask("clear", {})
        def quiet():
            register.do("queue-push")
            register.expect("finished", do="queue-push")
            return register.state()["queue"]["obligations"] == []
        self.wait_for("empty queue", quiet)

    def kept(self):
        return sum(self.captured(order) - self.given_back(order) for order in self.ledger())


class Faults(Refunds):
    """What the register says is what happened, or an undo of it is owed until it is so."""

    def each_fault(self, endpoint, attempt):
        """`attempt(register)` under each fault; it gives back (outcome, what the buyer must have paid if approved)."""
        register = self.open_register()
        paid = 0
        for name, fault in FAULTS.items():
            with self.subTest(fault=name):
                self.rule(endpoint, fault)
                paid = attempt(register, paid)
                self.settle(register)
                self.check_books()
                self.assertEqual(self.kept(), paid, f"{endpoint} {name}")
        register.close()

    def test_refund(self):
        def attempt(register, paid):
            number = self.sold(register)
            register.do("refund", receipt=number)
            end = register.expect("finished", do="refund")
            return paid if end["outcome"] == "approved" else paid + kopecks("24.50")
        self.each_fault("reversal", attempt)

    def test_cancel_of_a_refund(self):
        def attempt(register, paid):
            number = self.sold(register)
            register.do("refund", receipt=number)
            refund = register.expect("receipt", type="refund", state="closed")["number"]
            register.expect("finished", do="refund", outcome="approved")
            register.do("refund-cancel", receipt=refund)
            register.expect("finished", do="refund-cancel")
            # Whatever the reply: the cancel is done, or goes on until it is.
            return paid + kopecks("24.50")
        self.each_fault("cancel", attempt)

    def test_annulment_of_a_closed_sale(self):
        def attempt(register, paid):
            number = self.sold(register)
            register.do("annul", receipt=number)
            register.expect("finished", do="annul")
            return paid
        self.each_fault("cancel", attempt)

    def test_comparison(self):
        register = self.open_register()
        self.sold(register)
        for name, fault in FAULTS.items():
            if name in ("other sum", "unknown status"):
                continue  # the reply is a list: its members cannot be replaced
            with self.subTest(fault=name):
                # A read that was torn off is read again by the library below.
                self.rule("report", {**fault, "times": -1})
                register.do("reconcile", valutcode=20)
                end = register.expect("finished", do="reconcile", outcome="refused")
                self.assertIn("Её можно повторить", end["text"])
                self.simulator.ask("clear", {})
        register.do("reconcile", valutcode=20)
        end = register.expect("finished", do="reconcile", outcome="done")
        self.assertIn("расхождений нет", end["text"])
        register.close()

    def test_card(self):
        self.paysysctl("card-group", "5", "Карты О!плати", "--inputmask", "32", "--pattern", "[0-9]*")
        self.simulator.ask("buyer", {"loyaltyCards": [{"number": "9070000000001000", "name": ""}]})
        register = self.open_register()
        for name in ("400", "403", "500", "503", "reset", "garbage lost", "silence lost"):
            with self.subTest(fault=name):
                register.sell()
                self.rule("demand", FAULTS[name])
                card = {"do": "action", "command": "COMMAND_CARD", "valutcode": 20, "cardNumberType": 5}
                register.say(json.dumps(card))
                end = register.expect("finished", do="action", outcome="refused")
                self.assertTrue(end["text"])
                # The sale goes on without a card.
                register.pay(1)
                register.paid()
        register.close()


class Deaths(Refunds):
    def each_sync(self, prepare, act, how):
        """Kills `act` at its sync 1, 2, 3 … until one survives to its end; how many such points there were."""
        go = self.folder / "go"
        for point in range(1, 100):
            go.unlink(missing_ok=True)
            register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go),
                                      "FAULT_KILL": f"sync:/cash/:{point}:{how}"})
            if point == 1:
                register.open_shift()
            subject = prepare(register)
            go.touch()
            survived = self.survives(register, lambda: act(register, subject))
            register = self.register()
            self.settle(register)
            state = register.state()["receipt"]
            if state["state"] == "open":
                register.do("annul")
                register.expect("finished", do="annul")
                self.settle(register)
            register.close()
            self.check_books()
            self.check_till()
            if survived:
                return point - 1
        raise AssertionError("it never survived")

    def survives(self, register, act):
        try:
            act()
        except AssertionError:
            register.kill()
            return False
        register.kill()
        return True

    def check_till(self):
        """Sales less refunds in the receipts are what buyers have paid."""
        register = self.register()
        self.settle(register)
        register.do("reconcile", valutcode=20)
        end = register.expect("finished", do="reconcile", outcome="done")
        self.assertIn("расхождений нет", end["text"], register.story())
        register.close()

    def refunded(self, register, number):
        register.do("refund", receipt=number, lines=[{"index": 1, "quantity": "1"}])
        register.expect("receipt", type="refund", state="closed")
        register.expect("finished", do="refund", outcome="approved")
        return register.last("receipt", type="refund")["number"]

    def test_at_each_sync_of_a_refund(self):
        points = self.each_sync(lambda register: self.sold(register, quantity="2"), self.refunded, "before")
        self.assertGreaterEqual(points, 6)

    def test_after_each_sync_of_a_refund(self):
        points = self.each_sync(lambda register: self.sold(register, quantity="2"), self.refunded, "after")
        self.assertGreaterEqual(points, 6)

    def test_at_each_sync_of_the_cancel_of_a_refund(self):
        def cancel(register, number):
            register.do("refund-cancel", receipt=number)
            register.expect("finished", do="refund-cancel", outcome="approved")
        points = self.each_sync(
            lambda register: self.refunded(register, self.sold(register, quantity="2")), cancel, "before")
        self.assertGreaterEqual(points, 4)

    def test_at_each_sync_of_an_annulment(self):
        def annul(register, number):
            register.do("annul", receipt=number)
            register.expect("finished", do="annul", outcome="done")
        points = self.each_sync(lambda register: self.sold(register), annul, "before")
        self.assertGreaterEqual(points, 4)


class Property(Refunds):
    def test_random_refunds_never_exceed_the_payments(self):
        """Receipts of random lines, paid in two or three ways; random parts come back until nothing is left."""
        chance = random.Random(20261122)
        register = self.open_register()
        for _ in range(6):
            lines = [(chance.randint(1, 4), chance.randint(1, 3000)) for _ in range(chance.randint(1, 3))]
            for count, price in lines:
                register.do("item", code="1", name="Товар", price=f"{price // 100}.{price % 100:02}",
                            quantity=str(count), discount=f"0.{chance.randint(0, price * count // 3) % 100:02}"
                            if price * count > 100 else "0.00")
                receipt = register.expect("receipt", state="open")
            total, number = kopecks(receipt["total"]), receipt["number"]
            cash = chance.randint(0, total // 2)
            if cash:
                register.pay(1, sum=f"{cash // 100}.{cash % 100:02}")
                register.paid()
            part = chance.randint(1, total - cash)
            register.pay(20, sum=f"{part // 100}.{part % 100:02}")
            register.paid()
            if part < total - cash:
                register.pay(20)
                register.paid()
            self.give_all_back(register, chance, number, lines, total)
            self.assertEqual(self.kept(), 0)
            self.check_books()
        register.close()

    def give_all_back(self, register, chance, number, lines, total):
        """One piece after the other, in random order; together exactly the total."""
        left = [count for count, _ in lines]
        given = 0
        while any(left):
            index = chance.choice([at for at, count in enumerate(left) if count])
            count = chance.randint(1, left[index])
            register.do("refund", receipt=number, lines=[{"index": index + 1, "quantity": str(count)}])
            end = register.expect("finished", do="refund", outcome="approved")
            given += kopecks(register.last("receipt", type="refund", state="closed")["total"])
            self.assertLessEqual(given, total, end)
            left[index] -= count
        self.assertEqual(given, total)
        register.do("refund", receipt=number)
        register.expect("finished", do="refund", outcome="refused")


if __name__ == "__main__":
    unittest.main()
