# SPDX-License-Identifier: Apache-2.0
"""Lost replies, late commits, wrong answers, a link that goes and comes: money is never lost, never taken twice."""

import unittest

from harness import Shop

UNAVAILABLE = 'Возможность проведения операций с использованием платежной системы "O!плати" временно недоступна'
SERVER_ERROR = "Ошибка обращения к серверу"
QUEUED = ("Ошибка соединения с сервером. Операция отмены в очереди будет выполнена после восстановления связи с "
          "сервером")


class LostReplies(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    # Each commits the charge, and nothing usable comes back; the list tells the truth.
    APPROVED = ["10.13", "10.14", "10.18", "10.20", "10.28", "10.29"]

    def test_are_found_in_the_list_and_approved(self):
        register = self.open_register()
        for price in self.APPROVED:
            with self.subTest(price):
                register.sell(price)
                register.pay()
                register.paid("approved")
                register.last("receipt", state="closed")
        register.close()
        self.assertEqual(len(self.requests("charge")), len(self.APPROVED))
        self.check_books()

    def test_a_silent_gateway_is_asked_by_list_after_its_deadline(self):
        register = self.open_register()
        register.sell("10.16")
        register.pay()
        register.paid("approved")
        register.close()
        self.assertEqual(len(self.requests("charge")), 1)
        self.check_books()

    def test_a_gigabyte_of_reply_is_cut_and_the_list_asked(self):
        register = self.open_register()
        register.sell("10.19")
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()


class NothingDone(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    SETTINGS = {**Shop.SETTINGS, "doubt_wait_s": "1"}

    def test_is_unknown_and_the_queue_proves_that_nothing_was_taken(self):
        register = self.open_register()
        for number, price in enumerate(["10.12", "10.15", "10.23", "10.24", "10.25"], start=1):
            with self.subTest(price):
                register.sell(price)
                register.pay()
                finished = register.paid("unknown", owed=True)
                self.assertIn("неизвестен", finished["text"])
                register.do("annul")
                register.expect("finished", do="annul")
                self.wait_for("discharge", lambda count=number: sum(
                    kind == "discharged" for _, kind, _ in self.journal()) >= count)
        register.close()
        self.assertEqual(self.ledger(), {})
        self.check_books()

    def test_a_late_commit_is_caught_and_taken_back(self):
        self.simulator.ask("rules", [])
        register = self.open_register()
        register.sell("10.17")
        register.pay()
        register.paid("unknown", owed=True)
        self.wait_for("late capture", lambda: any(map(self.captured, self.ledger())))
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        register.close()
        order = next(iter(self.ledger()))
        self.assertEqual(self.captured(order), self.given_back(order))
        self.check_books()


class WrongAnswers(Shop):
    PASSWORD_MODE = True
    SETTINGS = {**Shop.SETTINGS, "doubt_wait_s": "1", "confirm_wait_s": "5"}

    def test_about_another_sum_or_an_unknown_status_are_never_believed(self):
        register = self.open_register()
        for number, price in enumerate(["10.06", "10.07"], start=1):
            with self.subTest(price):
                register.sell(price)
                register.pay()
                register.paid("unknown", owed=True)
                register.do("annul")
                register.expect("finished", do="annul")
                self.wait_for("discharge", lambda count=number: sum(
                    kind == "discharged" for _, kind, _ in self.journal()) >= count)
        register.close()
        for order in self.ledger():
            self.assertEqual(self.captured(order), self.given_back(order))
        self.check_books()


    def test_about_another_order_stay_listed_until_somebody_decides(self):
        register = self.open_register()
        register.sell("10.08")
        register.pay()
        register.paid("unknown", owed=True)
        self.assertEqual(len(register.state()["queue"]["obligations"]), 1)
        register.close()
        self.check_books()


class Link(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    RELAY = True

    def port(self, state):
        self.relay.ask("port", {"open": state == "open"})

    def test_down_refuses_without_debt_then_says_unavailable_then_comes_back(self):
        register = self.open_register()
        register.sell()
        self.port("closed")
        register.pay()
        self.assertEqual(register.paid("refused", owed=False)["text"], SERVER_ERROR)
        register.pay()
        self.assertEqual(register.paid("refused", owed=False)["text"], UNAVAILABLE)
        self.port("open")
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_down_queues_the_undo_blocks_payments_and_delivers_when_back(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        self.port("closed")
        register.do("payment-cancel", payment=1)
        finished = register.expect("finished", do="payment-cancel", outcome="unknown", owed=True)
        self.assertEqual(finished["text"], QUEUED)
        obligations = register.state()["queue"]["obligations"]
        self.assertEqual([(one["kind"], one["system"]) for one in obligations], [("undo", "oplati")])
        register.pay()
        self.assertEqual(register.paid("refused")["text"], UNAVAILABLE)
        self.port("open")
        register.do("queue-push")
        register.expect("finished", do="queue-push")
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_reset_before_the_gateway_read_the_charge_takes_nothing(self):
        register = self.open_register()
        register.sell()
        self.relay.ask("rules", [{"do": "close", "match": "POST /ms-pay/pos/payments "}])
        register.pay()
        register.paid("unknown", owed=True)
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        register.close()
        self.assertEqual(self.ledger(), {})
        self.assertEqual(self.requests("charge"), [])
        self.check_books()

    def test_reset_after_the_gateway_read_the_charge_is_learned_from_the_list(self):
        register = self.open_register()
        register.sell()
        self.relay.ask("rules", [{"do": "reset-after", "match": "POST /ms-pay/pos/payments "}])
        register.pay()
        register.paid("approved")
        register.close()
        self.assertEqual(len(self.requests("charge")), 1)
        self.check_books()

    def test_half_a_reply_to_the_charge_is_learned_from_the_list(self):
        register = self.open_register()
        register.sell()
        self.relay.ask("rules", [{"do": "half", "bytes": 40, "match": "POST /ms-pay/pos/payments "}])
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()

    def test_slow_bytes_end_at_the_deadline_and_the_list_tells(self):
        register = self.open_register()
        register.sell()
        self.relay.ask("rules", [{"do": "slow", "bytes": 1, "everyMs": 200, "match": "POST /ms-pay/pos/payments "}])
        register.pay()
        register.paid("approved")
        register.close()
        self.check_books()


if __name__ == "__main__":
    unittest.main()
