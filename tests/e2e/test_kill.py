# SPDX-License-Identifier: Apache-2.0
"""The register dies at every durable step, one after the other, and is switched on again: nothing is charged twice,
nothing is lost, and the receipt can always be finished."""

import unittest

from harness import SHIM, Shop, kopecks

ENOSPC = 28
EIO = 5


class Kill(Shop):
    # A lost reply takes the next token with it (test_token.py): here it is about the money.
    PASSWORD_MODE = True
    BUYER_MS = 0

    def faulty(self, **rules):
        """A register with an open receipt, and faults that begin now."""
        go = self.folder / "go"
        go.unlink(missing_ok=True)
        register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go), **rules})
        register.do("shift-open")
        register.sell("24.50")
        go.touch()
        return register

    def finish(self):
        """After the fault: switch on, let recovery work, finish the receipt if it is still open; what buyers paid."""
        register = self.register()
        self.wait_for("empty queue", lambda: self.pushed(register)["queue"]["obligations"] == [])
        if register.last("receipt")["state"] == "open":
            register.pay()
            register.paid("approved")
        register.close()
        self.check_books()
        return sum(self.captured(order) - self.given_back(order) for order in self.ledger())

    def pushed(self, register):
        register.do("queue-push")
        register.expect("finished", do="queue-push")
        return register.state()

    def each_sync(self, how):
        """Kills a sale at its sync 1, 2, 3 … until one survives to its end; how many such points there were."""
        for point in range(1, 100):
            register = self.faulty(FAULT_KILL=f"sync:/cash/:{point}:{how}")
            register.pay()
            survived = register.finished_well()
            paid = self.finish()
            self.assertEqual(paid, point * kopecks("24.50"), f"killed {how} sync {point}")
            if survived:
                return point - 1
        raise AssertionError("the sale never survived")

    def test_before_each_sync_of_a_sale(self):
        points = self.each_sync("before")
        self.assertGreaterEqual(points, 6, "the sale has fewer durable steps than it must have")

    def test_after_each_sync_of_a_sale(self):
        points = self.each_sync("after")
        self.assertGreaterEqual(points, 6)

    def test_before_each_sync_of_an_undo(self):
        """Each sale is taken back by a register that dies at sync 1, 2, 3 …; in the end no buyer has paid."""
        for point in range(1, 100):
            register = self.faulty(FAULT_KILL=f"sync:/cash/:{point}:before")
            (self.folder / "go").unlink()
            register.pay(sum="10.00")
            register.paid("approved")
            (self.folder / "go").touch()
            register.do("payment-cancel", payment=1)
            survived = register.taken_back()
            register = self.register()
            self.wait_for("empty queue", lambda: self.pushed(register)["queue"]["obligations"] == [])
            register.do("annul")
            register.expect("finished", do="annul")
            register.close()
            self.check_books()
            kept = sum(self.captured(order) - self.given_back(order) for order in self.ledger())
            self.assertEqual(kept, 0, f"killed before sync {point}")
            if survived:
                self.assertGreaterEqual(point, 4)
                return
        raise AssertionError("the undo never survived")

    def test_while_the_charge_is_silent(self):
        register = self.open_register()
        register.sell("10.16")
        register.pay()
        self.wait_for("charge at the gateway", lambda: self.ledger())
        register.kill()

        register = self.register()
        receipt = register.expect("receipt", state="closed")
        self.assertEqual(receipt["payments"][0]["sum"], "10.16")
        register.close()
        self.assertEqual(len(self.requests("charge")), 1)
        self.check_books()

    def test_while_the_undo_is_on_its_way(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="10.00")
        register.paid()
        self.simulator.ask("rules", [{"on": "cancel", "fault": "silence"}])
        register.do("payment-cancel", payment=1)
        self.wait_for("cancel at the gateway", lambda: self.requests("cancel"))
        register.kill()

        register = self.register()
        self.wait_for("empty queue", lambda: register.state()["queue"]["obligations"] == [])
        register.close()
        order = next(iter(self.ledger()))
        self.assertEqual(self.captured(order), self.given_back(order))
        self.check_books()


class FullDisk(Shop):
    PASSWORD_MODE = True
    BUYER_MS = 0

    def test_takes_no_money_when_the_intent_cannot_be_written(self):
        go = self.folder / "go"
        register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go),
                                  "FAULT_FAIL": f"write:oplati.journal:1:{ENOSPC}:ever"})
        register.open_shift()
        register.sell()
        go.touch()
        register.pay()
        register.paid("refused", owed=False)
        register.close()
        self.assertEqual(self.requests("charge"), [])
        self.check_books()

    def test_is_never_approved_when_the_end_cannot_be_written(self):
        go = self.folder / "go"
        self.simulator.ask("buyer", {"delayMs": 1000})
        register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go),
                                  "FAULT_FAIL": f"sync:oplati.journal:1:{EIO}:ever"})
        register.open_shift()
        register.sell()
        register.pay()
        register.expect("show", text="Ожидается подтверждение оплаты покупателем в приложении О!плати")
        go.touch()
        register.paid("unknown", owed=True)
        register.kill()

        register = self.register()
        self.wait_for("nothing kept", lambda: not any(
            self.captured(order) - self.given_back(order) for order in self.ledger()))
        register.close()
        self.check_books()


class Syncs(Shop):
    BUYER_MS = 0

    def test_an_approved_payment_syncs_its_journal_twice(self):
        log, go = self.folder / "syncs", self.folder / "go"
        register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go), "FAULT_LOG": str(log)})
        register.open_shift()
        register.sell("1.00")
        register.pay()
        register.paid()
        register.last("receipt", state="closed")
        register.sell("24.50")
        go.touch()
        register.pay()
        register.paid()
        register.last("receipt", state="closed")
        go.unlink()
        register.close()
        journal = [line for line in log.read_text().splitlines() if "oplati.journal" in line]
        self.assertEqual(len(journal), 2, journal)


if __name__ == "__main__":
    unittest.main()
