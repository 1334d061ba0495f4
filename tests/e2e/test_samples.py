# SPDX-License-Identifier: Apache-2.0
"""The smallest host, 100 lines of C that know nothing but the contract, sells through O!плати."""

import json
import subprocess
import time
import unittest

from harness import BIN, BUILD, PATIENCE_S, Process, Shop, kopecks

PAID, NOT_PAID = 0, 1


class SmallestHost(Shop):
    RECEIPT = {
        "uid": "r-1", "number": 1, "type": "sale", "revision": 1, "desk": "1", "shift": 1, "shift_date": "2026-01-01",
        "cashier": "Кассир 1", "currency": "BYN", "total": "24.50", "due": "24.50", "payments": [],
        "lines": [{"index": 1, "code": "1001", "name": "Молоко 1 л", "barcode": "", "article": "", "unit": "шт",
                   "type": "goods", "quantity": "1", "price": "24.50", "discount": "0.00", "total": "24.50"}]}

    def command(self, sum_minor=2450):
        return [str(part) for part in (BIN / "smallest_host", BUILD / "paysystems" / "oplati.so", self.root, sum_minor,
                                       json.dumps(self.RECEIPT, ensure_ascii=False))]

    def sell(self):
        done = subprocess.run(self.command(), capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_is_paid(self):
        code, text = self.sell()
        self.assertEqual(code, PAID, text)
        self.assertIn("Отсканируйте QR-код для оплаты", text)
        self.assertEqual(sum(map(self.captured, self.ledger())), kopecks("24.50"))
        self.check_books()

    def test_is_told_that_the_buyer_declined(self):
        self.simulator.ask("buyer", {"answer": "declines"})
        code, text = self.sell()
        self.assertEqual(code, NOT_PAID, text)
        self.assertEqual(sum(map(self.captured, self.ledger())), 0)
        self.check_books()

    def test_killed_while_the_buyer_confirms_it_goes_on_with_the_same_payment(self):
        self.simulator.ask("buyer", {"answer": "ignores"})
        host = self.keep(Process(*self.command()))
        self.wait_for("charge", lambda: self.requests("charge"))
        host.kill()
        self.simulator.ask("act", {"do": "pays"})

        code, text = self.sell()

        self.assertEqual(code, PAID, text)
        self.assertEqual(len(self.requests("charge")), 1)
        self.assertEqual(sum(map(self.captured, self.ledger())), kopecks("24.50"))
        self.check_books()


if __name__ == "__main__":
    unittest.main()
