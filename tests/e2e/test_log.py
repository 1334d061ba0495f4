# SPDX-License-Identifier: Apache-2.0
"""terminal.log: lines of one shape, one for each step and each exchange, and nothing in them that must stay secret."""

import collections
import json
import re
import unittest

from harness import PASSWORD, REGNUM, Shop

LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (ERROR|WARN |INFO |DEBUG) "
                  r"(businesslogic|dialog|oplati|log)  - \S.*")
HTTP = re.compile(r"oplati  - HTTP (?P<method>[A-Z]+) (?P<path>/\S*): (?P<end>.+), (?P<ms>\d+) мс$")
STEP = re.compile(r"oplati  - Операция (?P<id>[0-9a-f…]+): (?P<before>[a-z_]+) → (?P<after>[a-z_]+)$")
CARD = "9070000000001000"
SCANNED = "Canary/auth+Code=="
PIN = "47"


class Log(Shop):
    BUYER_MS = 0

    def configure(self, **settings):
        super().configure(**settings)
        self.paysysctl("card-group", "5", "Карты О!плати", "--inputmask", "32", "--pattern", "[0-9]*")
        self.paysysctl("action", "F7", "COMMAND_CARD", "valutcode=20", "cardNumberType=5")

    def lines(self):
        return self.log().splitlines()

    def exchanges(self):
        return [found.groupdict() for found in map(HTTP.search, self.lines()) if found]

    def steps(self, operation):
        return [(found["before"], found["after"]) for found in map(STEP.search, self.lines())
                if found and operation.startswith(found["id"].rstrip("…"))]

    def sell(self, register, **fields):
        register.sell("24.50")
        register.pay(**fields)

    def secrets(self):
        """What must not be read in any log: name → text."""
        found = {"password": PASSWORD, "card": CARD, "scanned code": SCANNED}
        for number, line in enumerate(self.ledger_file.read_text(encoding="utf-8").splitlines()):
            event = json.loads(line)
            if event.get("event") == "token":
                found[f"token {number}"] = event["token"]
            for name in ("paymentId", "reversalId"):
                if event.get(name):
                    found[f"{name} {number}"] = str(event[name])
        for one in self.requests():
            session = re.search(r"sessionId=([^&]+)", one["target"])
            if session:
                found[f"session of request {one['n']}"] = session[1]
        return found

    def check_log(self):
        """The shape of every line; one line an exchange; no secret in any file of the log's folder."""
        for line in self.lines():
            self.assertRegex(line, rf"^{LINE.pattern}$")
        for path in (self.root / "logs").rglob("*"):
            if not path.is_file():
                continue
            text = path.read_text(encoding="utf-8")
            for name, secret in self.secrets().items():
                self.assertNotIn(secret, text, f"{name} is in {path.name}")
            self.assertNotRegex(text, rf"(?i)(код подтверждения|pin)[^0-9]{{0,20}}{PIN}")

    def check_exchanges(self, unsent=0):
        """Each request that came in at the gateway is one line, and each line is one request, but for `unsent`."""
        came = collections.Counter((one["method"], self.shape(one["target"])) for one in self.requests())
        logged = collections.Counter((one["method"], self.shape(one["path"])) for one in self.exchanges())
        self.assertTrue(came)
        self.assertEqual(sum((came - logged).values()), 0, f"not in the log: {came - logged}")
        self.assertEqual(sum((logged - came).values()), unsent, f"only in the log: {logged - came}")

    @staticmethod
    def shape(path):
        """An address without its query, and without what stands for a payment's number."""
        path = re.sub(r"^/ms-pay", "", path.split("?")[0])
        if not path.startswith("/"):
            path = "/" + path
        return re.sub(r"/pos/payments/[^/]+", "/pos/payments/*", path)


class EverySale(Log):
    def test_in_each_mode_leaves_whole_lines_and_no_secret(self):
        self.simulator.ask("rules", [{"on": "demand", "reply": {"pin": PIN}, "times": -1}])
        for mode in "012":
            self.paysysctl("set", "oplati", f"mode={mode}")
            register = self.register()
            if mode == "0":
                register.do("shift-open")
            self.sell(register)
            if mode == "0":
                register.expect("dialog", kind="ask")
                register.answer("value", text=SCANNED, by="scanner")
            register.paid("approved")
            register.close()
        self.assertTrue({"password", "card", "scanned code"} < set(self.secrets()))
        self.assertGreaterEqual(sum(name.startswith("token") for name in self.secrets()), 3)
        self.assertGreaterEqual(sum(name.startswith("paymentId") for name in self.secrets()), 3)
        self.check_log()
        self.check_exchanges()
        self.check_books()

    def test_says_what_was_done_and_how_it_ended(self):
        register = self.open_register()
        self.sell(register)
        operation = register.paid("approved")["operation"]
        register.close()
        ends = [one["end"] for one in self.exchanges()]
        self.assertEqual(set(ends), {"статус 200"})
        steps = self.steps(operation)
        self.assertGreaterEqual(len(steps), 3)
        for (_, after), (before, _) in zip(steps, steps[1:]):
            self.assertEqual(after, before, f"a step is missing: {steps}")
        self.assertEqual(steps[-1][1], "ended")
        self.check_log()

    def test_masks_the_payments_number_in_addresses(self):
        register = self.open_register()
        self.sell(register)
        register.paid("approved")
        register.close()
        numbers = [one["path"].rsplit("/", 1)[1] for one in self.exchanges() if re.search(r"payments/.", one["path"])]
        self.assertTrue(numbers)
        for number in numbers:
            self.assertIn("*", number)
        self.check_log()


class EveryFault(Log):
    def test_a_token_that_is_refused(self):
        register = self.open_register()
        self.sell(register)
        register.paid("approved")
        self.simulator.ask("reset-token", {"regNum": REGNUM})
        self.sell(register)
        register.expect("finished", do="pay")
        register.close()
        self.assertIn("статус 401", {one["end"] for one in self.exchanges()})
        self.check_log()
        self.check_exchanges()

    def test_a_token_out_of_step(self):
        register = self.open_register()
        self.sell(register)
        register.paid("approved")
        register.close()
        token = self.root / "cash" / "paysystems" / "oplati" / "token.conf"
        text = token.read_text(encoding="utf-8")
        token.write_text(re.sub(r"[0-9a-zA-Z]{8}(?=\s*$)", "CANARY00", text), encoding="utf-8")
        register = self.register()
        self.sell(register)
        register.expect("finished", do="pay")
        register.close()
        self.assertNotIn("CANARY00", self.log())
        self.check_log()
        self.check_exchanges()

    def test_a_gateway_that_repeats_secrets_in_its_complaints(self):
        self.paysysctl("set", "oplati", "mode=0")
        body = {"code": "INVALID", "internalCode": "7", "devMessage": f"no authCode {SCANNED}",
                "userMessage": {"lang_ru": "Отказ"}}
        self.simulator.ask("rules", [{"on": "charge", "http": 400, "body": json.dumps(body)}])
        register = self.open_register()
        self.sell(register)
        register.expect("dialog", kind="ask")
        register.answer("value", text=SCANNED, by="scanner")
        register.expect("finished", do="pay")
        register.close()
        self.assertIn("internalCode 7", self.log())
        self.check_log()


class EveryReply(Log):
    PASSWORD_MODE = True

    def test_that_is_lost(self):
        for fault in ("reset", "close", "silence"):
            self.simulator.ask("rules", [{"on": "charge", "fault": fault}])
            register = self.register()
            if fault == "reset":
                register.do("shift-open")
            self.sell(register)
            register.expect("finished", do="pay")
            register.do("annul")
            register.expect("finished", do="annul")
            register.close()
        self.check_log()
        self.check_exchanges()
        ends = {one["end"] for one in self.exchanges() if not one["end"].startswith("статус")}
        self.assertGreaterEqual(len(ends), 2, ends)
        self.check_books(quiet=False)

    def test_of_a_gateway_that_is_away(self):
        register = self.open_register()
        self.sell(register)
        register.paid("approved")
        self.simulator.kill()
        self.sell(register)
        register.expect("finished", do="pay")
        register.close()
        away = [one for one in self.exchanges() if not one["end"].startswith("статус")]
        self.assertTrue(away)
        for line in self.lines():
            self.assertRegex(line, rf"^{LINE.pattern}$")


class EveryOperation(Log):
    def test_after_the_sale(self):
        register = self.open_register()
        self.sell(register)
        register.paid("approved")
        sale = register.last("receipt", state="closed")["number"]
        register.do("refund", receipt=sale)
        register.expect("finished", do="refund", outcome="approved")
        refund = [one for one in register.events("receipt") if one["type"] == "refund"][-1]["number"]
        register.do("refund-cancel", receipt=refund)
        register.expect("finished", do="refund-cancel", outcome="approved")
        self.sell(register, sum="10.00")
        register.paid("approved")
        register.do("annul")
        register.expect("finished", do="annul")
        self.sell(register)
        register.paid("approved")
        register.do("annul", receipt=register.last("receipt", state="closed")["number"])
        register.expect("finished", do="annul")
        register.do("reconcile", valutcode=20)
        register.expect("finished", do="reconcile")
        register.do("shift-close")
        register.expect("finished", do="shift-close")
        register.close()
        self.check_log()
        self.check_exchanges()
        self.check_books()

    def test_that_finds_a_difference_names_no_whole_number(self):
        register = self.open_register()
        self.sell(register)
        register.paid("approved")
        self.simulator.ask("rules", [{"on": "report", "body": "[]", "times": -1}])
        register.do("reconcile", valutcode=20)
        register.expect("finished", do="reconcile")
        register.close()
        self.check_log()

    def test_with_a_card_in_each_mode(self):
        self.simulator.ask("buyer", {"loyaltyCards": [{"number": CARD, "name": "Карта"}]})
        for mode in "012":
            self.paysysctl("set", "oplati", f"mode={mode}")
            register = self.register()
            if mode == "0":
                register.do("shift-open")
            register.sell("24.50")
            register.do("key", key="F7")
            if mode == "0":
                register.expect("dialog", kind="ask")
                register.answer("value", text=SCANNED, by="scanner")
            register.expect("finished", do="key", outcome="done")
            register.pay()
            register.paid("approved")
            self.assertEqual(register.last("receipt", state="closed")["card"], CARD)
            register.close()
        self.check_log()
        self.check_exchanges()
        self.check_books()

    def test_by_a_card_that_is_typed(self):
        register = self.open_register()
        register.sell("24.50")
        register.do("card", number=CARD, by="keyboard")
        register.expect("finished", do="card")
        register.close()
        self.check_log()


if __name__ == "__main__":
    unittest.main()
