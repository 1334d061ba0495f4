# SPDX-License-Identifier: Apache-2.0
"""The register sells for cash whatever becomes of its modules."""

import unittest

from harness import Shop


class Cash(Shop):
    def sell_for_cash(self, register, handed="20.00"):
        register.sell("17.50")
        register.pay(valutcode=1, sum=handed)
        register.paid("approved", valutcode=1)
        return register.last("receipt", state="closed")

    def test_gives_change(self):
        register = self.open_register()
        receipt = self.sell_for_cash(register)
        self.assertEqual((receipt["total"], receipt["due"], receipt["change"]), ("17.50", "0.00", "2.50"))
        register.close()
        self.assertEqual(self.ledger(), {})
        self.check_books()

    def test_is_taken_in_parts(self):
        register = self.open_register()
        register.sell("17.50")
        register.pay(valutcode=1, sum="10.00")
        register.paid(valutcode=1)
        self.assertEqual(register.state()["receipt"]["due"], "7.50")
        register.pay(valutcode=1)
        register.paid(valutcode=1, sum="7.50")
        register.last("receipt", state="closed")
        register.close()

    def test_is_taken_when_the_module_is_switched_off(self):
        self.paysysctl("set", "pos", "plugin.oplati=off")
        register = self.open_register()
        register.sell("24.50")
        register.pay()
        register.paid("refused", valutcode=20)
        register.pay(valutcode=1)
        register.paid(valutcode=1)
        register.last("receipt", state="closed")
        register.close()

    def test_is_taken_when_the_module_is_not_there(self):
        empty = self.folder / "no modules"
        empty.mkdir(mode=0o755)
        self.paysysctl("set", "pos", f"modules_dir={empty}")
        register = self.open_register()
        self.sell_for_cash(register)
        register.close()
        self.assertIn("oplati", self.log())

    def test_is_taken_when_the_module_has_wrong_settings(self):
        conf = self.root / "cash/paysystems/oplati/oplati.conf"
        conf.write_text("[Main]\nmode = 7\n", encoding="utf-8")
        register = self.open_register()
        self.sell_for_cash(register)
        register.close()
        self.assertIn("oplati.conf:2", self.log())

    def test_survives_a_kill_between_receipts(self):
        register = self.open_register()
        self.sell_for_cash(register)
        register.sell("3.00")
        register.kill()

        register = self.register()
        receipt = register.expect("receipt", state="open")
        self.assertEqual(receipt["due"], "3.00")
        register.pay(valutcode=1)
        register.paid(valutcode=1)
        self.assertEqual(register.last("receipt", state="closed")["number"], receipt["number"])
        register.close()


if __name__ == "__main__":
    unittest.main()
