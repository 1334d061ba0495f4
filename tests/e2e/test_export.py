# SPDX-License-Identifier: Apache-2.0
"""What back offices are told: every receipt that has ended, exactly, whatever happens to the register meanwhile."""

import contextlib
import datetime
import re
import sqlite3
import unittest
from decimal import Decimal

from back_office import BackOffice, documents
from harness import SHIM, Shop, kopecks

ENOSPC = 28
CARD = "9070000000001000"


class Export(Shop):
    PASSWORD_MODE = True
    BUYER_MS = 0

    @property
    def exchange(self):
        return self.root / "cash" / "exchange"

    @property
    def office(self):
        if not hasattr(self, "_office"):
            self._office = BackOffice(self.exchange)
        return self._office

    def pay_all(self, register, valutcode=20, **fields):
        register.pay(valutcode, **fields)
        register.paid("approved")
        return register.last("receipt", state="closed")

    def sale(self, register, price="24.50", quantity="1"):
        register.sell(price, quantity=quantity)
        return self.pay_all(register)

    def refund(self, register, number, **fields):
        register.do("refund", receipt=number, **fields)
        register.expect("finished", do="refund", outcome="approved")
        return [one for one in register.events("receipt") if one["type"] == "refund"][-1]

    def read_one(self, receipt):
        """The receipt as the back office has it after it has read all files."""
        self.office.read()
        return self.office.by_identifier[receipt["uid"]]

    def ended(self):
        """Identifiers and doctypes of the ended receipts in the register's own database, read without our code."""
        file = self.root / "cash" / "data" / "till.db"
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return set(database.execute("SELECT uid, doctype FROM document WHERE closed = 1").fetchall())

    def told(self):
        return set(self.office.read())


class Sale(Export):
    def test_by_oplati_is_told_before_the_cashier_hears_of_its_end(self):
        register = self.open_register()
        receipt = self.sale(register)

        got = self.read_one(receipt)
        self.assertEqual((got.document["docType"], got.document["docNum"], got.document["shift"]),
                         (1, receipt["number"], 1))
        self.assertEqual(got.document["docSum"], Decimal("24.50"))
        self.assertEqual(got.document["userCode"], "Кассир 1")
        self.assertEqual((got.cash, got.oplati), (0, Decimal("24.50")))
        self.assertEqual(got.total, Decimal("24.50"))
        ((additional, slip, _),) = got.details
        ledger = self.simulator.ask("ledger")["events"]
        self.assertIn(additional, {str(one.get("paymentId")) for one in ledger})
        self.assertIn("24.50", slip)
        self.assertFalse(got.cancelled)
        register.close()
        self.check_books()

    def test_has_one_file_with_its_place_name_and_rights(self):
        register = self.open_register()
        receipt = self.sale(register)
        register.close()
        (path,) = self.office.files()
        self.assertEqual(path.parent, self.exchange / "sale1" / "online")
        self.assertRegex(path.name, rf"^sale\d{{4}}\.\d\d\.\d\d_\d\d-\d\d-\d\d_{receipt['number']}_1\.json$")
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        self.assertEqual([one.name for one in path.parent.iterdir()], [path.name])

    def test_in_cash_gives_its_change_a_line_of_its_own(self):
        register = self.open_register()
        register.sell("24.50")
        receipt = self.pay_all(register, 1, sum="50.00")
        got = self.read_one(receipt)
        self.assertEqual([(one["opCode"], one["sumB"]) for one in got.document["moneyPositions"]],
                         [(70, Decimal("50.00")), (72, Decimal("25.50"))])
        self.assertEqual(got.cash, Decimal("24.50"))
        register.close()

    def test_in_parts_tells_each(self):
        register = self.open_register()
        register.sell("60.00")
        for part in ("10.00", "20.00"):
            register.pay(sum=part)
            register.paid("approved")
        receipt = self.pay_all(register, 1, sum="40.00")
        got = self.read_one(receipt)
        self.assertEqual((got.cash, got.oplati), (Decimal("30.00"), Decimal("30.00")))
        self.assertEqual(len({additional for additional, _, _ in got.details}), 2)
        register.close()
        self.check_books()

    def test_bears_exact_numbers(self):
        register = self.open_register()
        register.do("item", code="7", name="Сыр", price="19.99", quantity="0.333", discount="0.66",
                    barcode="4810000000017")
        register.expect("receipt", state="open")
        receipt = self.pay_all(register, 1)
        got = self.read_one(receipt)
        self.assertEqual(got.lines[0][:6],
                         (1, "7", 50, Decimal("0.333"), Decimal("19.99"), Decimal("6.00")))
        text = self.office.files()[-1].read_text(encoding="utf-8")
        self.assertIn('"quant":0.333,', text)
        self.assertIn('"posSum":6.00,', text)
        register.close()

    def test_with_names_that_look_like_the_file_itself(self):
        names = ["}---{", "### sales data end ###", "a\u2028b\u0085c", '"\\', "---", "-----\\---"]
        register = self.open_register()
        for name in names:
            register.do("item", code=name, name=name, price="1.00", quantity="1")
        receipt = self.pay_all(register, 1)
        got = self.read_one(receipt)
        self.assertEqual([line[1] for line in got.lines], names)
        register.close()

    def test_tells_removed_lines_as_storno(self):
        register = self.open_register()
        register.sell("5.00")
        register.sell("7.00")
        register.do("storno", index=1)
        receipt = self.pay_all(register, 1)
        got = self.read_one(receipt)
        self.assertEqual(got.total, Decimal("7.00"))
        self.assertEqual([one["posSum"] for one in got.document["stornoPositions"]], [Decimal("5.00")])
        register.close()

    def test_tells_a_payment_that_was_taken_back_as_failed(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="10.00")
        register.paid("approved")
        register.do("payment-cancel")
        register.expect("finished", do="payment-cancel", outcome="approved")
        receipt = self.pay_all(register, 1)
        got = self.read_one(receipt)
        self.assertEqual((got.cash, got.oplati), (Decimal("24.50"), 0))
        self.assertEqual([(one["valCode"], one["opCode"], one["sumB"]) for one in got.document["failedMoneyPositions"]],
                         [(20, 70, Decimal("10.00"))])
        register.close()
        self.check_books()

    def test_tells_the_loyalty_card(self):
        self.paysysctl("card-group", "5", "Карты О!плати", "--inputmask", "32", "--pattern", "[0-9]*")
        self.paysysctl("action", "F7", "COMMAND_CARD", "valutcode=20", "cardNumberType=5")
        self.simulator.ask("buyer", {"loyaltyCards": [{"number": CARD, "name": "Карта"}]})
        register = self.open_register()
        register.sell("24.50")
        register.do("key", key="F7")
        register.expect("finished", do="key", outcome="done")
        receipt = self.pay_all(register)
        self.assertEqual(self.read_one(receipt).card, CARD)
        register.close()
        self.check_books()


class Return(Export):
    def test_by_a_sale_is_linked_to_it(self):
        register = self.open_register()
        sale = self.sale(register, "17.50", "2")
        refund = self.refund(register, sale["number"], lines=[{"index": 1, "quantity": "1"}])
        got = self.read_one(refund)
        self.assertEqual(got.document["docType"], 25)
        self.assertEqual(got.source, sale["uid"])
        self.assertEqual((got.oplati, got.total), (Decimal("-17.50"), Decimal("-17.50")))
        self.assertEqual(self.office.returns_of(sale["uid"]), [got])
        self.assertEqual(self.office.totals(), (0, Decimal("17.50")))
        self.assertEqual(self.read_one(sale).oplati, Decimal("35.00"))
        register.close()

    def test_in_parts_adds_up_to_the_sale(self):
        register = self.open_register()
        sale = self.sale(register, "10.00", "3")
        for quantity in ("0.333", "0.667", "2"):
            self.refund(register, sale["number"], lines=[{"index": 1, "quantity": quantity}])
        self.office.read()
        self.assertEqual(sum(one.oplati for one in self.office.returns_of(sale["uid"])), Decimal("-30.00"))
        self.assertEqual(self.office.totals(), (0, 0))
        register.close()

    def test_in_cash_without_a_sale_has_no_link(self):
        register = self.open_register()
        register.do("return-open")
        register.expect("receipt", type="refund", state="open")
        register.do("item", code="1001", name="Молоко", price="5.00", quantity="1")
        refund = self.pay_all(register, 1)
        got = self.read_one(refund)
        self.assertEqual((got.document["docType"], got.source, got.cash), (2, "", Decimal("-5.00")))
        register.close()

    def test_that_was_cancelled_is_skipped_and_the_sale_is_whole_again(self):
        register = self.open_register()
        sale = self.sale(register)
        refund = self.refund(register, sale["number"])
        self.office.read()
        self.assertEqual(self.office.totals(), (0, 0))
        register.do("refund-cancel", receipt=refund["number"])
        register.expect("finished", do="refund-cancel", outcome="approved")
        self.office.read()
        self.assertEqual(self.office.totals(), (0, Decimal("24.50")))
        self.assertTrue(self.office.by_identifier[refund["uid"]].skipped)
        register.close()


class Annulment(Export):
    def annul(self, register, **fields):
        register.do("annul", **fields)
        register.expect("finished", do="annul")

    def test_of_an_open_receipt_is_told_by_type_failed_payment_and_storno(self):
        register = self.open_register()
        register.sell("24.50")
        register.pay(sum="10.00")
        register.paid("approved")
        self.annul(register)
        receipt = register.last("receipt", state="annulled")
        got = self.read_one(receipt)
        self.assertEqual(got.document["docType"], 8)
        self.assertEqual(got.document["moneyPositions"], [])
        self.assertEqual([one["opCode"] for one in got.document["failedMoneyPositions"]], [70])
        self.assertEqual(len(got.document["stornoPositions"]), 1)
        self.assertIn(receipt["uid"], self.office.cancelled)
        self.assertEqual(self.office.totals(), (0, 0))
        register.close()
        self.check_books()

    def test_of_a_receipt_without_payments_is_seen_too(self):
        register = self.open_register()
        register.sell("24.50")
        self.annul(register)
        receipt = register.last("receipt", state="annulled")
        self.assertTrue(self.read_one(receipt).cancelled)
        register.close()

    def test_of_a_closed_sale_is_a_second_file_and_the_first_stays_as_it_was(self):
        register = self.open_register()
        sale = self.sale(register)
        (first,) = self.office.files()
        before = first.read_bytes()
        self.annul(register, receipt=sale["number"])
        self.assertEqual(first.read_bytes(), before)
        self.assertEqual(len(self.office.files()), 2)
        self.office.read()
        self.assertEqual(self.office.totals(), (0, 0))
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.close()
        fresh = BackOffice(self.exchange)
        fresh.read(files=[path for path in fresh.files() if "shift" in path.name])
        self.assertEqual(fresh.totals(), (0, 0))
        self.assertEqual(fresh.shifts[1]["gain"], 0)


class Shift(Export):
    def test_has_a_file_with_all_its_receipts_and_sums(self):
        register = self.open_register()
        sale = self.sale(register, "17.50", "2")
        self.refund(register, sale["number"], lines=[{"index": 1, "quantity": "1"}])
        register.sell("9.99")
        self.pay_all(register, 1, sum="20.00")
        register.sell("3.00")
        register.do("annul")
        register.expect("finished", do="annul")
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        (path,) = [path for path in self.office.files() if path.parent.name == "sale1"]
        self.assertRegex(path.name, r"^sale\d{4}\.\d\d\.\d\d_\d\d-\d\d-\d\d_shift1\.json$")
        register.close()

        whole = BackOffice(self.exchange)
        self.assertEqual(set(whole.read(files=[path])), self.ended())
        self.assertEqual(whole.totals(), (Decimal("9.99"), Decimal("17.50")))
        shift = whole.shifts[1]
        self.assertEqual((shift["gain"], shift["cash"]), (Decimal("27.49"), Decimal("9.99")))
        self.assertIsNotNone(shift["end"])
        self.assertEqual(shift["users"], {"Кассир 1": "Кассир 1"})
        # Who reads both places counts nothing twice.
        whole.read()
        self.assertEqual(whole.totals(), (Decimal("9.99"), Decimal("17.50")))
        self.assertEqual(len(whole.receipts), 4)

    def test_begins_with_what_the_earlier_ones_sold(self):
        register = self.open_register()
        self.sale(register, "10.00")
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.open_shift()
        self.sale(register, "5.00")
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.close()
        (path,) = [path for path in self.office.files() if path.name.endswith("_shift2.json")]
        (shift,) = documents(path.read_text(encoding="utf-8"), "shift info")
        self.assertEqual((shift["kkms"][0]["sumProtectedBeg"], shift["kkms"][0]["sumProtectedEnd"]),
                         (Decimal("10.00"), Decimal("15.00")))


class NeverLost(Export):
    def each_call(self, call, how):
        """Sells, and dies at the first, second, third … such call on what the export writes. After each death a
        back office that takes what it reads has in the end every receipt, and never two that differ."""
        seen = {}
        for point in range(1, 60):
            go = self.folder / "go"
            go.unlink(missing_ok=True)
            register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go),
                                      "FAULT_KILL": f"{call}:/exchange:{point}:{how}"})
            register.do("shift-open")
            register.sell("1.00")
            go.touch()
            register.pay(1)
            survived = register.finished_well()
            for key, document in self.office.read(take=point % 2 == 0).items():
                self.assertEqual(seen.setdefault(key, document), document)
            again = self.register()
            again.state()
            again.close()
            for key, document in self.office.read(take=point % 2 == 0).items():
                self.assertEqual(seen.setdefault(key, document), document)
            self.assertEqual(set(seen), self.ended(), f"killed {how} {call} {point}")
            if survived:
                return point - 1
        raise AssertionError("the sale never survived")

    def test_when_it_dies_before_each_sync_of_a_file(self):
        self.assertGreaterEqual(self.each_call("sync", "before"), 2)

    def test_when_it_dies_after_each_sync_of_a_file(self):
        self.assertGreaterEqual(self.each_call("sync", "after"), 2)

    def test_when_it_dies_after_each_write_of_a_file(self):
        self.assertGreaterEqual(self.each_call("write", "after"), 1)

    def test_when_the_disk_is_full_and_selling_goes_on(self):
        go = self.folder / "go"
        register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go),
                                  "FAULT_FAIL": f"write:/exchange:1:{ENOSPC}:ever"})
        go.touch()
        register.open_shift()
        receipts = [self.sale(register) for _ in range(3)]
        self.assertEqual(len([one for one in register.events("notice") if one.get("source") == "export"]), 1)
        notice = register.last("notice", source="export", level="warning")
        self.assertIn("отложена, продажи не потеряны", notice["text"])
        self.assertEqual(self.office.files(), [])
        register.close()

        again = self.register()
        again.state()
        again.close()
        self.assertEqual({identifier for identifier, _ in self.told()}, {one["uid"] for one in receipts})
        self.assertEqual(self.office.totals(), (0, Decimal("73.50")))
        self.check_books()

    def test_when_something_stands_in_the_folders_place(self):
        self.exchange.write_text("x", encoding="utf-8")
        register = self.open_register()
        receipt = self.sale(register)
        register.close()
        self.assertRegex(self.log(), r"WARN  businesslogic  - .*Выгрузка продаж отложена")
        self.exchange.unlink()
        again = self.register()
        again.state()
        again.close()
        self.assertEqual(self.told(), {(receipt["uid"], 1)})

    def test_when_the_reader_takes_each_file_and_the_register_starts_again(self):
        register = self.open_register()
        self.sale(register)
        self.office.read(take=True)
        register.close()
        again = self.register()
        again.state()
        again.close()
        self.assertEqual(self.office.files(), [])

    def test_not_even_a_receipt_that_recovery_closes(self):
        go = self.folder / "go"
        register = self.register({"LD_PRELOAD": str(SHIM), "FAULT_GO": str(go),
                                  "FAULT_KILL": "sync:/cash/data/till:3:after"})
        register.do("shift-open")
        register.sell("24.50")
        go.touch()
        register.pay()
        register.child.wait(timeout=60)
        register.kill()
        again = self.register()
        if again.state()["receipt"]["state"] == "open":
            again.pay()
            again.paid("approved")
        again.close()
        self.assertEqual(self.told(), self.ended())
        self.assertEqual(len(self.ended()), 1)
        self.check_books()


class Request(Export):
    def ask(self, register, text, event="notice"):
        (self.exchange / "sale1").mkdir(parents=True, exist_ok=True)
        (self.exchange / "sale1" / "sale.req").write_bytes(text.encode())
        return register.expect(event, source="export")

    def days(self, first=0, last=0):
        today = datetime.date.today()
        return "-".join((today + datetime.timedelta(days=shift)).strftime("%d.%m.%Y") for shift in (first, last))

    def test_makes_the_files_of_its_days_again(self):
        register = self.open_register()
        self.sale(register)
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.open_shift()
        self.sale(register)
        before = {path.name: path.read_bytes() for path in self.office.files()}
        first = self.office.read(take=True)

        self.ask(register, "###\n" + self.days(-1, 1))

        after = {path.name: path.read_bytes() for path in self.office.files()}
        self.assertEqual(set(after), {name for name in before if "shift1" in name or "_2_1" in name})
        self.assertEqual(after, {name: before[name] for name in after})
        self.assertEqual(self.office.read(), first)
        self.assertFalse((self.exchange / "sale1" / "sale.req").exists())
        register.close()

    def test_of_other_days_makes_nothing(self):
        register = self.open_register()
        self.sale(register)
        self.office.read(take=True)
        notice = self.ask(register, "###\n" + self.days(-9, -3))
        self.assertTrue(notice["text"].endswith(": 0"), notice["text"])
        self.assertEqual(self.office.files(), [])
        register.close()

    def test_that_waits_since_the_register_was_off_is_served(self):
        register = self.open_register()
        self.sale(register)
        register.close()
        first = self.office.read(take=True)
        (self.exchange / "sale1" / "sale.req").write_text("###\n" + self.days(), encoding="utf-8")
        again = self.register()
        again.expect("notice", source="export")
        again.close()
        self.assertEqual(self.office.read(), first)

    def test_that_is_not_understood_is_named_with_its_line_and_put_aside(self):
        register = self.open_register()
        notice = self.ask(register, "###\nс понедельника\n")
        self.assertEqual(notice["level"], "warning")
        self.assertRegex(notice["text"], r"строка 2.*ДД\.ММ\.ГГГГ-ДД\.ММ\.ГГГГ")
        folder = self.exchange / "sale1"
        self.assertEqual(sorted(path.name for path in folder.iterdir()), ["sale.req.error"])
        self.assertEqual(self.sale(register)["state"], "closed")
        register.close()


class Privacy(Export):
    def test_leaves_no_secret_and_no_more_rights_than_it_must(self):
        register = self.open_register()
        self.sale(register)
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.close()
        self.assertEqual(len(self.office.files()), 2)
        for path in self.office.files():
            self.assertEqual(path.stat().st_mode & 0o777, 0o640)
            self.assertFalse(re.search(r"password|token", path.read_text(encoding="utf-8"), re.IGNORECASE))
        self.check_books()


if __name__ == "__main__":
    unittest.main()
