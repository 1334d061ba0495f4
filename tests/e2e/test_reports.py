# SPDX-License-Identifier: Apache-2.0
"""Reports on paper, from the templates that a site has or has broken."""

import subprocess
import unittest

from harness import BIN, SOURCE, Shop


class Reports(Shop):
    RELAY = True
    BUYER_MS = 0

    @property
    def templates(self):
        return self.root / "cash" / "reports"

    def report(self, register, name, outcome="done", **fields):
        """The lines of the report, or why there is none."""
        mark = len(register.seen)
        register.do("report", name=name, **fields)
        finished = register.expect("finished", do="report", outcome=outcome)
        slips = [one for one in register.seen[mark:] if one["event"] == "slip"]
        self.assertEqual(len(slips), 1 if outcome == "done" else 0)
        return slips[0]["lines"] if slips else finished["text"]

    def sell_for(self, register, valutcode, price):
        register.sell(price)
        register.pay(valutcode=valutcode)
        register.paid(valutcode=valutcode)
        return register.last("receipt", state="closed")

    def assert_line(self, lines, left, right=""):
        """One line begins and ends so."""
        found = [line for line in lines if line.strip().startswith(left) and line.endswith(right)]
        self.assertTrue(found, f"no {left} … {right} in\n" + "\n".join(lines))

    def test_the_x_report_adds_up_the_open_shift(self):
        register = self.open_register()
        self.sell_for(register, 1, "10.00")
        self.sell_for(register, 20, "24.50")
        sale = self.sell_for(register, 20, "3.00")
        register.do("refund", receipt=sale["number"])
        register.expect("finished", do="refund", outcome="approved")
        lines = self.report(register, "x")
        self.assert_line(lines, "X-ОТЧЁТ")
        self.assert_line(lines, "Продаж: 3", " 37.50")
        self.assert_line(lines, "Возвратов: 1", " 3.00")
        self.assert_line(lines, "ИТОГО ЗА СМЕНУ", " 34.50 BYN")
        at = lines.index("О!плати")
        self.assert_line(lines[at:], "оплат: 2", " 27.50")
        self.assert_line(lines[at:], "возвратов: 1", " 3.00")
        self.assert_line(lines, "Наличных за смену", " 10.00")
        shown = self.paysysctl("report", "x").splitlines()
        self.assert_line(shown, "Продаж: 3", " 37.50")
        register.close()

    def test_the_z_report_comes_when_a_shift_closes_and_is_repeated_in_the_next(self):
        register = self.open_register()
        self.sell_for(register, 1, "10.00")
        self.assertIn("еще открыта", self.report(register, "z", outcome="refused"))
        register.do("shift-close")
        register.expect("finished", do="shift-close", outcome="done")
        first = register.events("slip")[-1]["lines"]
        self.assert_line(first, "Z-ОТЧЁТ")
        self.assert_line(first, "ИТОГО ЗА СМЕНУ", " 10.00 BYN")
        self.assertIn("не открыта", self.report(register, "x", outcome="refused"))
        register.open_shift()
        self.sell_for(register, 1, "1.00")
        again = self.report(register, "z", shift=1)
        printed = "Отчёт напечатан"
        self.assertEqual([line for line in first if printed not in line], [one for one in again if printed not in one])
        self.assert_line(self.report(register, "x"), "в том числе до смены", " 10.00")
        self.assertIn("смены 7", self.report(register, "z", outcome="refused", shift=7))
        register.close()
        self.assert_line(self.paysysctl("report", "z", "--shift", "1").splitlines(), "ИТОГО ЗА СМЕНУ", " 10.00 BYN")

    def test_the_comparison_is_shown_again_with_its_differences_and_remedies(self):
        register = self.open_register()
        self.assert_line(self.report(register, "oplat"), "За эту смену сверки не было.")
        self.sell_for(register, 20, "24.50")
        self.simulator.ask("rules", [{"on": "report", "body": "[]"}])
        mark = len(register.seen)
        register.do("reconcile", valutcode=20)
        register.expect("finished", do="reconcile", outcome="done")
        printed = [one["lines"] for one in register.seen[mark:] if one["event"] == "slip"]
        self.assertEqual(len(printed), 1)
        (order,) = self.ledger()
        lines = self.report(register, "oplat", shift=1)
        self.assertEqual(lines[:len(printed[0])], printed[0])
        self.assert_line(lines, order, " 24.50")
        self.assert_line(lines, "оплат: 1", " 24.50")
        self.assert_line(lines, "оплат: 0", " 0.00")
        joined = " ".join(" ".join(lines).split())
        self.assertIn("Есть в журнале, нет у О!плати", joined)
        self.assertIn("Повторите сверку.", joined)
        self.assert_line(lines, "Расхождений: 1")
        register.close()
        self.assert_line(self.paysysctl("report", "oplat").splitlines(), "Расхождений: 1")

    def test_the_queue_lists_an_owed_undo(self):
        register = self.open_register()
        self.assert_line(self.report(register, "queue"), "Очередь пуста")
        register.sell("24.50")
        register.pay(sum="20.00")
        register.paid()
        self.relay.ask("port", {"open": False})
        register.do("payment-cancel", payment=1)
        register.expect("finished", do="payment-cancel", owed=True)
        lines = self.report(register, "queue")
        self.assert_line(lines, "Отмена, О!плати", " 20.00 BYN")
        self.assert_line(lines, "Всего: 1", " 20.00")
        self.assert_line(self.paysysctl("report", "queue").splitlines(), "Отмена, О!плати", " 20.00 BYN")
        register.close()

    def test_a_sites_own_template_wins(self):
        (self.templates / "receipt.xml").write_text(
            '<report><text bold="true">Магазин «У дома»</text><include name="receipt_payments"/></report>',
            encoding="utf-8")
        (self.templates / "receipt_payments.xml").write_text(
            '<report><for each="p" in="payments"><pair left="{p.name}" right="{p.sum:money comma code}"/></for>'
            '</report>',
            encoding="utf-8")
        register = self.open_register()
        self.sell_for(register, 1, "10.00")
        lines = register.events("slip")[-1]["lines"]
        self.assertEqual(lines[0], "Магазин «У дома»")
        self.assert_line(lines, "Наличные", " 10,00 BYN")
        self.assertEqual(len(lines), 2)
        self.assertEqual([one for one in register.events("notice") if one["source"] == "reports"], [])
        register.close()

    def test_a_broken_template_stops_nothing_and_is_told_with_its_line(self):
        broken = self.templates / "receipt.xml"
        broken.write_text("<report>\n<text>Спасибо</txt>\n</report>", encoding="utf-8")
        register = self.open_register()
        self.sell_for(register, 20, "24.50")
        self.assert_line(register.events("slip")[-1]["lines"], "О!плати", " 24.50")
        (notice,) = [one for one in register.events("notice") if one["source"] == "reports"]
        self.assertIn(f"{broken}:2: ", notice["text"])
        self.assertIn(f"{broken}:2: ", self.log())
        self.sell_for(register, 1, "1.00")
        self.assertEqual(len([one for one in register.events("notice") if one["source"] == "reports"]), 1)
        broken.write_text("<report><text>Спасибо</text></report>", encoding="utf-8")
        self.sell_for(register, 1, "1.00")
        self.assertEqual(register.events("slip")[-1]["lines"], ["Спасибо"])
        register.close()
        self.check_books()

    def test_lost_templates_stop_nothing(self):
        for template in self.templates.iterdir():
            template.unlink()
        self.templates.rmdir()
        register = self.open_register()
        self.sell_for(register, 1, "10.00")
        self.assert_line(register.events("slip")[-1]["lines"], "ИТОГО", " 10.00 BYN")
        self.assert_line(self.report(register, "x"), "Продаж: 1", " 10.00")
        register.close()

    def test_an_administrator_checks_a_template_before_it_is_used(self):
        for template in sorted(self.templates.glob("*.xml")):
            self.assertIn(template.name, self.paysysctl("report", "--check", template))
        draft = self.folder / "draft.xml"
        draft.write_text("<report>\n<text>{shift} {totl}</text>\n<cutt/>\n</report>", encoding="utf-8")
        checked = self.failing("report", "x", "--check", draft)
        self.assertIn(f"{draft}:3: неизвестный элемент <cutt>: возможно, cut", checked)
        draft.write_text("<report>\n<text>{shift} {totl}</text>\n</report>", encoding="utf-8")
        self.assertIn(f"{draft}:2: нет поля «totl» (totl): возможно, total",
                      self.failing("report", "x", "--check", draft))
        self.assertIn("нет отчёта y", self.failing("report", "y"))

    def failing(self, *words):
        done = subprocess.run([BIN / "paysysctl", "--root", self.root, *words], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        return done.stderr

    def test_the_templates_of_a_new_root_are_those_that_are_shipped(self):
        for template in (SOURCE / "reports").glob("*.xml"):
            self.assertEqual((self.templates / template.name).read_bytes(), template.read_bytes())


if __name__ == "__main__":
    unittest.main()
