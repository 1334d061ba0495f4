# SPDX-License-Identifier: Apache-2.0
"""Runs the smallest host with the smallest module and its older, newer and foreign variants."""
import os
import signal
import subprocess
import sys
import tempfile
import unittest

HOST, VOUCHER, OLDER, NEWER, FOREIGN = sys.argv[1:6]
PAID, NOT_PAID, NOT_POSSIBLE = 0, 1, 2


class Samples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def command(self, module):
        return [HOST, module, self.root, "500", '{"uid":"1","lines":[]}']

    def sell(self, module, typed):
        done = subprocess.run(self.command(module), input=typed, capture_output=True, text=True, timeout=20)
        return done.returncode, done.stdout + done.stderr

    def sale(self):
        try:
            with open(os.path.join(self.root, "smallest_host.sale"), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def test_yes_pays(self):
        code, text = self.sell(VOUCHER, "0\n")
        self.assertEqual(code, PAID, text)
        self.assertIn('Покупатель отдал ваучер? ["Да","Нет"]', text)
        self.assertIsNone(self.sale())

    def test_no_does_not_pay_and_says_so(self):
        code, text = self.sell(VOUCHER, "1\n")
        self.assertEqual(code, NOT_PAID, text)
        self.assertIn("Ваучер не принят", text)

    def test_a_cashier_who_left_does_not_pay(self):
        self.assertEqual(self.sell(VOUCHER, "")[0], NOT_PAID)

    def test_a_killed_host_goes_on_with_the_same_sale(self):
        with subprocess.Popen(self.command(VOUCHER), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as host:
            while not self.sale():
                self.assertIsNone(host.poll())
            before = self.sale()
            host.send_signal(signal.SIGKILL)
        self.assertEqual(self.sale(), before)

        code, text = self.sell(VOUCHER, "0\n")

        self.assertEqual(code, PAID, text)
        self.assertIsNone(self.sale())

    def test_a_table_that_is_too_small_is_refused(self):
        code, text = self.sell(OLDER, "0\n")
        self.assertEqual((code, text), (NOT_POSSIBLE, "no module of this contract\n"))

    def test_larger_tables_and_events_work(self):
        self.assertEqual(self.sell(NEWER, "0\n")[0], PAID)

    def test_another_major_number_is_refused(self):
        self.assertEqual(self.sell(FOREIGN, "0\n")[0], NOT_POSSIBLE)

    def test_each_sample_fits_on_a_page_of_100_lines(self):
        folder = os.path.join(os.path.dirname(__file__), "../../module/samples")
        for name in ("smallest_host.c", "smallest_module.c"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                self.assertLessEqual(len(file.readlines()), 100, name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
