# SPDX-License-Identifier: Apache-2.0
"""Receipts on a printer that fails in every way: the money does not care, and each slip is on paper or owed."""

import json
import time
import unittest

from harness import BIN, PATIENCE_S, Controlled, Shop


class Printer(Shop):
    BUYER_MS = 0

    def setUp(self):
        super().setUp()
        self.paper = self.folder / "paper"
        self.printer = self.keep(Controlled(BIN / "artix-simulator", "printer", "--listen", "127.0.0.1:0", "--control",
                                            "127.0.0.1:0", "--model", "epson-80", "--out", self.paper))
        self.paysysctl("set", "printer", f"device=tcp:{self.printer.address}", "model=epson-tm-t20")

    def faults(self, **what):
        self.printer.ask("faults", what)

    def slips(self):
        return self.printer.ask("slips")

    def on_paper(self, text):
        """How many slips hold the text."""
        return sum(any(text in line for line in slip["lines"]) for slip in self.slips())

    def wait_for_paper(self, text, count=1):
        deadline = time.monotonic() + PATIENCE_S
        while self.on_paper(text) < count:
            self.assertLess(time.monotonic(), deadline, f"no {text} on paper: {self.slips()}")
            time.sleep(0.02)

    def sell(self, register, valutcode=20):
        register.sell()
        register.pay(valutcode=valutcode)
        register.paid()

    def assert_paid_once(self):
        for events in self.ledger().values():
            self.assertEqual([name for name, _ in events].count("captured"), 1)

    def test_a_sale_prints_its_receipt_and_its_slip(self):
        register = self.open_register()
        self.sell(register)
        register.state()
        self.assertEqual([slip["printed"] for slip in register.events("slip")], [True, True])
        self.assertEqual(self.on_paper("Чек продажи 1"), 1)
        self.assertEqual(self.on_paper("Молоко 1 л"), 1)
        self.assertTrue(all(slip["cut"] for slip in self.slips()))
        self.assertEqual(self.printer.ask("state")["remarks"], [])
        register.close()

    def test_out_of_paper_owes_the_slip_and_prints_it_when_there_is_paper(self):
        self.faults(paper="out")
        register = self.open_register()
        self.sell(register)
        register.expect("slip", printed="owed")
        notices = [one["text"] for one in register.events("notice")]
        self.assertTrue(any("бумаг" in text for text in notices), notices)
        self.assertNotIn("Принтер: ", notices)
        self.assertEqual(self.slips(), [])
        self.faults(paper="ok")
        register.expect("slip", printed=True)
        register.expect("slip", printed=True)
        self.assertEqual(self.on_paper("Чек продажи 1"), 1)
        self.assertEqual(self.on_paper("ПОВТОРНАЯ"), 0)
        self.assert_paid_once()
        register.close()

    def test_paper_that_ends_in_the_middle_is_waited_for(self):
        self.faults(paperOutAfterBytes=200)
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.expect("notice", source="printer")
        self.faults(paperOutAfterBytes=None, paper="ok")
        self.assertEqual(register.expect("slip")["printed"], True)
        self.assertEqual(self.on_paper("Чек продажи 1"), 1)
        register.close()

    def test_a_printer_that_is_away_prints_when_it_comes(self):
        self.printer.ask("port", {"open": False})
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.expect("slip", printed="owed")
        self.printer.ask("port", {"open": True})
        register.expect("slip", printed=True)
        self.assertEqual(self.on_paper("Чек продажи 1"), 1)
        register.close()

    def test_a_connection_that_breaks_leaves_a_doubt_that_the_next_paper_tells(self):
        self.faults(closeAfterBytes=300)
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.expect("slip", printed="owed")
        self.faults(closeAfterBytes=None)
        register.do("reprint", slip=1)
        register.expect("slip", printed=True)
        self.assertEqual(self.on_paper("ПОВТОРНАЯ ПЕЧАТЬ"), 1)
        register.close()

    def test_a_printer_that_stands_still_holds_up_no_payment(self):
        self.faults(stallAfterBytes=100)
        register = self.open_register()
        self.sell(register)
        register.do("reprint")
        register.expect("finished", do="reprint", outcome="done")
        self.sell(register)
        self.assertEqual(register.events("slip"), [])
        self.assert_paid_once()
        register.kill()

    def test_what_was_printing_when_the_power_went_is_printed_again(self):
        self.faults(stallAfterBytes=100)
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.kill()
        self.faults(stallAfterBytes=None)
        register = self.register()
        register.expect("slip", printed=True)
        self.wait_for_paper("ПОВТОРНАЯ ПЕЧАТЬ")
        self.assertEqual(self.on_paper("Молоко 1 л"), 1)
        register.close()

    def test_cash_opens_the_drawer_though_there_is_no_paper(self):
        self.faults(paper="out")
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.expect("slip", printed="owed")
        self.assertEqual(self.printer.ask("state")["drawerPulses"], 1)
        self.sell(register, valutcode=20)
        register.state()
        self.assertEqual(self.printer.ask("state")["drawerPulses"], 1)
        register.kill()

    def test_a_copy_is_marked_as_one(self):
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.do("reprint")
        register.expect("finished", do="reprint", outcome="done")
        register.state()
        self.assertEqual(self.on_paper("КОПИЯ"), 1)
        register.do("reprint", slip=99)
        register.expect("finished", do="reprint", outcome="refused")
        register.close()

    def test_a_driver_that_is_not_there_is_told_and_sells_on(self):
        self.paysysctl("set", "printer", "driver=absent")
        register = self.open_register()
        self.assertIn("absent", register.expect("notice")["text"] if not register.events("notice")
                      else register.events("notice")[0]["text"])
        self.sell(register, valutcode=1)
        self.assertEqual(register.state()["receipt"]["state"], "closed")
        self.assertEqual(register.last("slip")["printed"], "owed")
        register.close()

    def test_the_administrator_sees_tries_and_opens(self):
        status = json.loads(self.paysysctl("printer", "status", "--json"))
        self.assertEqual(status["printers"][0]["state"], "ready")
        self.assertEqual(status["owed"], [])
        self.assertEqual(self.paysysctl("printer", "test").strip(), "printed")
        page = self.slips()[0]
        self.assertEqual(self.on_paper("ПРОВЕРКА ПРИНТЕРА"), 1)
        self.assertTrue(any("printer-test" in json.dumps(code) for code in page["codes"]), page["codes"])
        self.assertTrue(any("4601234567893" in json.dumps(code) for code in page["codes"]), page["codes"])
        self.paysysctl("printer", "drawer")
        self.assertEqual(self.printer.ask("state")["drawerPulses"], 1)

    def test_a_file_that_root_looked_at_is_made_by_the_first_slip(self):
        self.paysysctl("set", "printer", "device=file:slips.bin")
        self.paysysctl("printer", "status")
        file = self.root / "cash" / "data" / "slips.bin"
        self.assertFalse(file.exists())
        self.paysysctl("printer", "test")
        self.assertEqual(file.stat().st_mode & 0o777, 0o640)
        self.assertEqual(file.stat().st_uid, file.parent.stat().st_uid)

    def test_a_group_that_there_is_not_is_told(self):
        with self.assertRaises(AssertionError) as refused:
            self.paysysctl("printer", "test", "kitchen")
        self.assertIn("kitchen", str(refused.exception))
        with self.assertRaises(AssertionError):
            self.paysysctl("get", "printer:kitchen")

    def test_status_lists_what_is_owed(self):
        self.faults(cover="open")
        register = self.open_register()
        self.sell(register, valutcode=1)
        register.expect("slip", printed="owed")
        register.kill()
        with self.assertRaises(AssertionError) as refused:
            self.paysysctl("printer", "status")
        self.assertIn("cover-open", str(refused.exception))
        self.assertIn("не напечатан слип 1", str(refused.exception))

    def test_a_slip_becomes_a_picture(self):
        slip = self.folder / "slip.json"
        slip.write_text(json.dumps({"elements": [{"text": "Спасибо за покупку"}]}), encoding="utf-8")
        markup = self.folder / "slip.xml"
        markup.write_text("<doc><center>Спасибо</center></doc>", encoding="utf-8")
        for file in (slip, markup):
            picture = self.folder / (file.stem + ".png")
            self.paysysctl("printer", "preview", file, "-o", picture)
            self.assertEqual(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")


if __name__ == "__main__":
    unittest.main()
