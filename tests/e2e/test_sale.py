# SPDX-License-Identifier: Apache-2.0
"""A sale paid by O!плати with a dynamic QR, and every way in which it may end."""

import unittest

from harness import Shop, kopecks


class Sale(Shop):
    def test_is_approved_and_closes_the_receipt(self):
        register = self.open_register()
        register.sell("17.50", quantity="2")
        register.pay()

        shown = register.expect("show", text="Отсканируйте QR-код для оплаты")
        self.assertTrue(shown["qr"])
        finished = register.paid(valutcode=20, sum="35.00", owed=False)
        receipt = register.last("receipt", state="closed")

        self.assertEqual(receipt["payments"][0]["state"], "processed")
        self.assertEqual(receipt["payments"][0]["operation"], finished["operation"])
        self.assertTrue(any("35.00" in line for slip in register.events("slip") for line in slip["lines"]))
        register.close()
        self.assertEqual(sum(map(self.captured, self.ledger())), kopecks("35.00"))
        kinds = [kind for _, kind, _ in self.journal()]
        self.assertEqual([kind for kind in kinds if kind != "learned"], ["intent", "ended", "settled"])
        self.check_books()

    def test_shows_the_qr_of_the_gateway_unchanged(self):
        register = self.open_register()
        register.sell()
        register.pay()
        shown = register.expect("show", text="Отсканируйте QR-код для оплаты")
        register.paid()

        replies = [one for one in self.requests("demand")]
        self.assertEqual(len(replies), 1)
        self.assertTrue(shown["qr"].strip())
        self.assertGreater(shown["secondsLeft"], 0)
        register.close()

    def test_closes_with_part_cash_and_part_oplati(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(valutcode=1, sum="4.50")
        register.paid(valutcode=1)
        register.pay()
        register.paid(valutcode=20, sum="20.00")
        receipt = register.last("receipt", state="closed")
        self.assertEqual([one["sum"] for one in receipt["payments"]], ["4.50", "20.00"])
        register.close()
        self.check_books()

    def test_writes_the_log_without_secrets_and_with_every_exchange(self):
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid()
        register.close()
        log = self.log()
        for step in ("POST", "GET", "approved"):
            self.assertIn(step, log)
        self.check_books()


class Declines(Shop):
    REASONS = {
        "10.01": "отказался",
        "10.02": "не хватает",
        "10.03": "не подтвердил",
        "10.04": "отменён",
        "10.11": "",
        "10.22": "",
    }

    def test_are_told_apart_and_leave_the_receipt_open_and_unpaid(self):
        register = self.open_register()
        for price, words in self.REASONS.items():
            with self.subTest(price):
                register.sell(price)
                register.pay()
                finished = register.paid("declined", owed=False)
                self.assertIn(words, finished["text"])
                receipt = register.state()["receipt"]
                self.assertEqual((receipt["state"], receipt["due"]), ("open", price))
                register.do("annul")
                register.expect("finished", do="annul")
        register.close()
        self.assertEqual(sum(map(self.captured, self.ledger())), 0)
        self.check_books()


class PasswordMode(Shop):
    PASSWORD_MODE = True

    def test_pays_with_the_password_and_never_asks_for_a_token(self):
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid()
        register.close()
        self.assertEqual(self.requests("tokens"), [])
        self.check_books()


class Cancel(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    BUYER_MS = 0

    def buyer(self, **behaviour):
        self.simulator.ask("buyer", behaviour)

    def test_while_the_qr_is_shown_costs_nothing(self):
        self.buyer(joins=False)
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show")
        register.answer("cancel")
        register.paid("cancelled", owed=False)
        self.assertEqual(register.state()["receipt"]["due"], "24.50")
        register.close()
        self.assertEqual(self.ledger(), {})
        self.check_books()

    def test_while_the_buyer_confirms_is_undone_by_the_queue(self):
        self.buyer(answer="ignores")
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
        register.answer("cancel")
        finished = register.paid("unknown", owed=True)
        self.assertNotIn("отклон", finished["text"].lower())
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        self.assertEqual(register.state()["queue"]["obligations"], [])
        register.pay(valutcode=1)
        register.paid()
        register.close()
        self.check_books()

    def test_during_a_silent_charge_reacts_at_once_and_gives_the_money_back(self):
        register = self.open_register()
        register.sell("10.16")
        register.pay()
        register.expect("show")
        self.wait_for("charge at the gateway", lambda: self.ledger())
        register.answer("cancel")
        register.paid("unknown", owed=True, patience=5)
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        register.close()
        order = next(iter(self.ledger()))
        self.assertEqual(self.captured(order), self.given_back(order))
        self.check_books()

    def test_in_doubt_gives_the_money_back(self):
        self.simulator.ask("rules", [{"on": "report", "http": 503, "times": -1}])
        register = self.open_register()
        register.sell("10.14")
        register.pay()
        register.expect("show", text="Связь с О!плати прервалась. Выясняется, прошла ли оплата. Не просите "
                                     "покупателя платить ещё раз")
        register.answer("cancel")
        register.paid("unknown", owed=True)
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        register.close()
        self.check_books()

    def test_of_a_payment_in_an_open_receipt_takes_the_money_back(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid(sum="20.00")
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", outcome="approved", owed=False)
        receipt = register.state()["receipt"]
        self.assertEqual((receipt["due"], receipt["payments"][0]["state"]), ("24.50", "cancelled"))
        register.close()
        order = next(iter(self.ledger()))
        self.assertEqual((self.captured(order), self.given_back(order)), (2000, 2000))
        self.check_books()

    def test_of_the_receipt_takes_back_every_payment(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="10.00")
        register.paid()
        register.pay(sum="5.00")
        register.paid()
        register.do("annul")
        register.expect("finished", do="annul")
        register.last("receipt", state="annulled")
        register.close()
        self.assertEqual([self.captured(order) - self.given_back(order) for order in self.ledger()], [0, 0])
        self.check_books()


class Fiscal(Shop):
    PASSWORD_MODE = True
    def test_failure_takes_back_the_payment_and_keeps_the_receipt_open(self):
        register = self.open_register()
        register.do("fiscal", fail="next")
        register.sell()
        register.pay()
        register.paid("cancelled", owed=False)
        self.wait_for("undo", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        receipt = register.state()["receipt"]
        self.assertEqual((receipt["state"], receipt["due"]), ("open", "24.50"))
        register.close()
        self.check_books()


if __name__ == "__main__":
    unittest.main()
