# SPDX-License-Identifier: Apache-2.0
"""Wrong settings, wrong files, wrong lines: each is named with its remedy, cash goes on selling, nothing is sent."""

import sqlite3
import unittest

from harness import BIN, REGNUM, Register, Shop


class Settings(Shop):
    @property
    def settings_file(self):
        return self.root / "cash" / "paysystems" / "oplati" / "oplati.conf"

    def write(self, *lines):
        self.settings_file.write_text("[Main]\n" + "\n".join(lines) + "\n", encoding="utf-8")

    def refused(self, *words):
        """A register with these settings: says why, sells for cash, and sends nothing."""
        register = self.open_register()
        notices = " ".join(one["text"] for one in register.events("notice"))
        register.sell()
        register.pay()
        text = register.paid("refused", owed=False)["text"]
        register.pay(valutcode=1)
        register.paid("approved", valutcode=1)
        register.close()
        for word in words:
            self.assertIn(word, notices + text)
        self.assertEqual(self.requests(), [])

    def test_each_wrong_value_names_its_line_and_what_is_right(self):
        good = [f"url = http://{self.simulator.address}/ms-pay", f"regNum = {REGNUM}", "mode = 2"]
        wrong = {
            "mode = 7": ("oplati.conf:4", "mode"),
            "timeout = 0": ("oplati.conf:4", "timeout"),
            "timeout = 10s": ("oplati.conf:4", "timeout"),
            "  timeout = 10": ("oplati.conf:4",),
            "timeout": ("oplati.conf:4",),
        }
        for line, words in wrong.items():
            with self.subTest(line):
                self.write(*[one for one in good if not line.strip().startswith(one.split()[0])][:2], line)
                self.refused(*words)

    def test_an_address_without_a_scheme_is_named(self):
        self.write(f"url = {self.simulator.address}/ms-pay", f"regNum = {REGNUM}", "mode = 2")
        self.refused("oplati.conf:2", "url")

    def test_no_registration_number_means_not_configured(self):
        self.write(f"url = http://{self.simulator.address}/ms-pay", "mode = 2")
        self.refused("regNum")

    def test_a_folder_in_place_of_the_file_is_named(self):
        self.settings_file.unlink()
        self.settings_file.mkdir()
        self.refused("oplati.conf")

    def test_an_unknown_key_is_warned_of_with_what_was_meant_and_the_module_runs(self):
        with self.settings_file.open("a", encoding="utf-8") as file:
            file.write("timeuot = 5\n")
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid("approved")
        register.close()
        self.assertRegex(self.log(), "timeuot.*timeout")

    def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(self):
        self.write("url = http://192.0.2.1/ms-pay", f"regNum = {REGNUM}", "mode = 2")
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid("refused", owed=False)
        register.close()
        self.assertIn("allow_http", self.log())


class Journal(Shop):
    def test_from_the_future_is_left_alone_and_takes_no_money(self):
        self.pay_once()
        database = sqlite3.connect(self.journal_file)
        database.execute("PRAGMA user_version = 99")
        database.commit()
        database.close()
        before = self.journal_file.read_bytes()
        self.refuse("верси")
        self.assertEqual(self.journal_file.read_bytes(), before)

    def test_that_is_damaged_is_reported_kept_and_takes_no_money(self):
        self.pay_once()
        self.journal_file.write_bytes(b"nothing that SQLite knows" * 200)
        self.refuse("oplati.journal")
        self.refuse("oplati.journal")
        kept = [path for path in self.journal_file.parent.iterdir() if b"nothing that SQLite" in path.read_bytes()]
        self.assertEqual(len(kept), 1)

    def pay_once(self):
        register = self.open_register()
        register.sell()
        register.pay()
        register.paid("approved")
        register.close()

    def refuse(self, word):
        charges = len(self.requests("charge"))
        register = self.register()
        register.sell()
        register.pay()
        register.paid("refused", owed=False)
        said = " ".join(one["text"] for one in register.seen if "text" in one)
        register.do("annul")
        register.expect("finished", do="annul")
        register.close()
        self.assertIn(word, said)
        self.assertEqual(len(self.requests("charge")), charges)


class Script(Shop):
    LINES = ["", "{", "[]", "1", '"pay"', '{"do":"fly"}', '{"do":"pay"', '{"do":"item"}', '{"do":"item","price":"x"}',
             '{"do":"pay","sum":"-1.00","valutcode":1}', '{"do":"pay","sum":"1.005","valutcode":1}',
             '{"answer":"value"}', '{"on":"scan"}', '{"do":"wait","ms":"soon"}', '{"do":1}', "\u0000", "x" * 100000]

    def test_lines_that_cannot_be_understood_are_errors_and_the_register_goes_on(self):
        register = self.open_register()
        for line in self.LINES:
            if line:
                register.say(line)
        register.sell("1.00")
        self.assertGreaterEqual(len(register.events("error")), len(self.LINES) - 2)
        register.pay(valutcode=1)
        register.paid("approved")
        register.close(code=2)

    def test_commands_of_later_versions_are_errors_and_lose_nothing(self):
        register = self.open_register()
        register.sell("1.00")
        for command in ("card", "subtotal", "bonus", "refund", "reconcile", "report", "prepay"):
            register.do(command)
            register.expect("error")
        self.assertEqual(register.state()["receipt"]["due"], "1.00")
        register.child.stdin.close()
        register.child.wait(20)

    def test_a_second_register_on_the_same_till_says_so(self):
        first = self.open_register()
        second = self.keep(Register(self.root, login=False))
        second.child.wait(20)
        self.assertNotEqual(second.child.returncode, 0)
        self.assertTrue(second.complaints())
        first.sell()
        first.close()

    def test_the_end_of_the_input_cancels_what_runs(self):
        self.simulator.ask("buyer", {"joins": False})
        register = self.open_register()
        register.sell()
        register.pay()
        register.expect("show")
        register.close()
        self.assertEqual(register.last("finished")["outcome"], "cancelled")
        self.check_books()


class Tool(Shop):
    def paysysctl_fails(self, code, *words):
        import subprocess
        done = subprocess.run([BIN / "paysysctl", "--root", self.root, *words], capture_output=True, text=True,
                              timeout=30, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertTrue(done.stderr.strip())
        return done.stderr

    def test_refuses_wrong_values_and_names_what_is_right(self):
        self.assertIn("mode", self.paysysctl_fails(1, "set", "oplati", "mode=7"))
        self.assertIn("timeout", self.paysysctl_fails(1, "set", "oplati", "timeuot=5"))
        self.paysysctl_fails(1, "set", "nosuch", "a=b")
        self.paysysctl_fails(2, "fly")


if __name__ == "__main__":
    unittest.main()
