# SPDX-License-Identifier: Apache-2.0
"""The token of a register: its first, its rotation, its loss, and the two remedies that people have."""

import json
import unittest

from harness import REGNUM, Shop

EXISTS = "Токен уже существует или касса работает в режиме пароля"
MISSING = ("Необходимо получить новый токен в кассовом ПО либо касса не зарегистрирована в личном кабинете юр. лица")


class Token(Shop):
    RELAY = True
    BUYER_MS = 0

    @property
    def token_file(self):
        return self.root / "cash" / "paysystems" / "oplati" / "token.conf"

    def valid_token(self):
        events = [json.loads(line) for line in self.ledger_file.read_text().splitlines()]
        return [event["token"] for event in events if event["event"] == "token"][-1]

    def pay_once(self, register, outcome="approved"):
        register.pay(sum="1.00")
        return register.paid(outcome)

    def lose_a_reply(self, register):
        """The gateway rotates the token, and the reply with the new one never comes."""
        self.relay.ask("rules", [{"do": "reset-after", "match": "POST /ms-pay/pos/demandPayment "}])
        return self.pay_once(register, "refused")

    def test_is_obtained_once_stored_closed_and_rotated(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.assertEqual(self.token_file.stat().st_mode & 0o777, 0o600)
        first = self.token_file.read_text()
        self.assertIn(self.valid_token(), first)
        self.pay_once(register)
        self.assertNotEqual(first, self.token_file.read_text())
        self.assertIn(self.valid_token(), self.token_file.read_text())
        register.close()
        self.assertEqual(len(self.requests("tokens")), 1)
        self.check_books()

    def test_survives_a_restart(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        register.close()
        register = self.register()
        self.pay_once(register)
        register.close()
        self.assertEqual(len(self.requests("tokens")), 1)
        self.check_books()

    def test_out_of_step_needs_the_cabinet_and_then_no_restart(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.lose_a_reply(register)
        for _ in range(2):
            self.assertEqual(self.pay_once(register, "refused")["text"], EXISTS)
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.pay_once(register)
        register.close()
        self.check_books()

    def test_reset_in_the_cabinet_while_in_step_needs_the_file_deleted_and_a_restart(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        for _ in range(2):
            self.assertEqual(self.pay_once(register, "refused")["text"], MISSING)
        register.close()
        self.token_file.unlink()
        register = self.register()
        self.pay_once(register)
        register.close()
        self.check_books()

    def test_refused_keeps_an_owed_undo_waiting_and_lets_it_go_afterwards(self):
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.lose_a_reply(register)
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", outcome="unknown", owed=True)
        self.assertEqual(len(register.state()["queue"]["obligations"]), 1)
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        register.do("queue-push")
        self.wait_for("discharge", lambda: any(kind == "discharged" for _, kind, _ in self.journal()))
        register.close()
        self.check_books()

    def test_of_a_cancelled_request_is_kept(self):
        """Cancel while the reply with the next token is still on its way."""
        register = self.open_register()
        register.sell("24.50")
        self.pay_once(register)
        self.relay.ask("rules", [{"do": "delay", "delayMs": 400, "match": "POST /ms-pay/pos/demandPayment "}])
        register.pay(sum="1.00")
        register.answer("cancel")
        register.paid("cancelled")
        self.wait_for("rotated token", lambda: len(self.requests("demand")) == 2
                      and self.valid_token() in self.token_file.read_text())
        self.pay_once(register)
        register.close()
        self.assertEqual(len(self.requests("tokens")), 1)
        self.check_books()


if __name__ == "__main__":
    unittest.main()
