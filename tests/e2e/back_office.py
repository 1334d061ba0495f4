# SPDX-License-Identifier: Apache-2.0
"""A back office: reads the sales export as the importers do that shops use, and knows nothing of how it was written.

It takes a file for one line, cuts it at markers and dividers, merges cash with its change, knows O!плати by the numbers
of its payment types, links returns to sales, and skips what was annulled."""

import json
import pathlib
import re
from decimal import Decimal

CASH = {1}
OPLATI = {20, 21}
PAYMENT = {70, 74, 100}
CHANGE = {72, 76, 101}
# What a dot means to readers that know more line breaks than one.
ANY = r"[^\n\r\u0085\u2028\u2029]*"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class Refused(AssertionError):
    """An importer would have stopped at this file."""


def documents(text, section):
    """The objects between the markers of a section; cut as importers cut, not as JSON is read."""
    line = text.replace("\n", "")
    found = re.fullmatch(f"{ANY}### {section} begin ###({ANY})### {section} end ###{ANY}", line)
    if found is None:
        raise Refused(f"no section {section}")
    pieces = [piece for piece in found.group(1).split("}---") if piece]
    by_dividers = [piece for piece in found.group(1).split("---") if piece]
    if [piece + "}" for piece in pieces] != by_dividers:
        raise Refused("a reader that cuts at each divider reads something else")
    return [json.loads(piece + "}", parse_float=Decimal, parse_int=int) for piece in pieces]


class Receipt:
    def __init__(self, document, shifts):
        self.document = document
        self.sale = document["docType"] in (1, 8)
        self.returned = document["docType"] in (2, 25, 7)
        self.skipped = document["docType"] in (7, 8)
        if not self.sale and not self.returned:
            raise Refused(f"docType {document['docType']}")
        if not isinstance(document["cashCode"], str) or not document["cashCode"].isdigit():
            raise Refused("cashCode is no text of digits")
        for field in ("timeBeg", "timeEnd"):
            if not TIME.fullmatch(document[field]):
                raise Refused(f"{field} is {document[field]}")
        self.key = (int(document["cashCode"]), shifts.get(document["shift"]), document["shift"], document["docNum"])
        self.cancelled = (any(one["opCode"] == 70 for one in document["failedMoneyPositions"])
                          or bool(document["stornoPositions"]))
        self.money()
        self.goods()
        self.card = next((one["number"] for one in document["cardPositions"]), None)
        self.source = document["sourceidentifier"]

    def money(self):
        sign = 1 if self.sale else -1
        self.cash, self.oplati, self.details = Decimal(0), Decimal(0), []
        for one in self.document["moneyPositions"]:
            amount = sign * exact(one["sumB"])
            code = one["opCode"]
            if self.sale and code not in (70, 72) or self.returned and code not in (74, 76, 100, 101):
                raise Refused(f"opCode {code} in a receipt of type {self.document['docType']}")
            if one["valCode"] in OPLATI:
                self.oplati += amount
                self.details.append((one["additionaldata"], one["slip"], one.get("cardnum")))
            elif one["valCode"] in CASH:
                self.cash += -amount if code in CHANGE else amount
            else:
                raise Refused(f"valCode {one['valCode']}")

    def goods(self):
        sign = 1 if self.sale else -1
        self.lines = []
        for one in self.document["inventPositions"]:
            if not isinstance(one["barCode"], str) or not isinstance(one["inventCode"], str):
                raise Refused("barCode and inventCode are texts")
            for each in one["bonusPositions"] + one["taxes"]:
                raise Refused(f"{each}: this register has none")
            percent = sum(exact(each["discSum"]) / exact(each["checkSum"]) * 100 for each in one["discountPositions"])
            if exact(one["baseSum"]) - exact(one["disc_abs"]) != exact(one["posSum"]):
                raise Refused("the discount does not lead from baseSum to posSum")
            self.lines.append((one["posNum"], one["inventCode"], one["opCode"], sign * exact(one["quant"], None),
                               exact(one["price"]), sign * exact(one["posSum"]), percent))

    @property
    def total(self):
        return sum((line[5] for line in self.lines), Decimal(0))


def exact(value, places=2):
    """A number with all its places; money always has them."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise Refused(f"{value!r} is no number")
    if places is not None and (not isinstance(value, Decimal) or value.as_tuple().exponent != -places):
        raise Refused(f"{value} has not {places} places")
    return Decimal(value)


class BackOffice:
    """What was imported: receipts by register, shift and number, shifts, and those to look at."""

    def __init__(self, exchange, register="1"):
        self.folder = pathlib.Path(exchange) / f"sale{register}"
        self.receipts, self.shifts, self.cancelled = {}, {}, []
        self.by_identifier = {}

    def files(self):
        return [path for folder in (self.folder, self.folder / "online") if folder.is_dir()
                for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
                if path.name.startswith("sale") and path.name.endswith(".json")]

    def read(self, take=False, files=None):
        """Imports every file; with `take` they are removed as importers do. What came in, by identifier and type."""
        came = {}
        for path in self.files() if files is None else files:
            text = path.read_bytes().decode("utf-8")
            shifts = {}
            for shift in documents(text, "shift info"):
                shifts[shift["shift"]] = shift["timeBeg"]
                self.read_shift(shift)
            for document in documents(text, "sales data"):
                receipt = Receipt(document, shifts)
                self.import_receipt(receipt)
                same = came.setdefault((document["identifier"], document["docType"]), document)
                if same != document:
                    raise Refused(f"{path.name} tells {document['identifier']} otherwise than another file")
            if documents(text, "securitylog info"):
                raise Refused("nobody logs on here")
            if take:
                path.unlink()
        return came

    def read_shift(self, shift):
        if not isinstance(shift["cashCode"], str) or not TIME.fullmatch(shift["timeBeg"]):
            raise Refused(f"shift {shift}")
        (device,) = shift["kkms"]
        if not isinstance(device["serialNum"], str):
            raise Refused("serialNum is no text")
        sums = {name: exact(device[name]) for name in ("sumCashEnd", "sumProtectedBeg", "sumProtectedEnd", "sumBack")}
        gain = exact(shift["sumGain"])
        if sums["sumProtectedEnd"] - sums["sumProtectedBeg"] - sums["sumBack"] != gain:
            raise Refused("two ways to the gain of a shift lead to two sums")
        before = self.shifts.get(shift["shift"])
        if before is None or before["end"] is None or shift["timeEnd"] is not None:
            self.shifts[shift["shift"]] = {"gain": gain, "cash": sums["sumCashEnd"], "end": shift["timeEnd"],
                                           "users": {one["usercode"]: one["username"] for one in shift["users"]}}

    def import_receipt(self, receipt):
        if receipt.cancelled:
            self.cancelled.append(receipt.document["identifier"])
        # An annulled receipt stays annulled whatever is read later: files come in no order.
        known = self.receipts.get(receipt.key)
        if known is None or not known.skipped:
            self.receipts[receipt.key] = receipt
            self.by_identifier[receipt.document["identifier"]] = receipt

    def counted(self):
        return [one for one in self.receipts.values() if not one.skipped]

    def totals(self):
        """(cash, O!плати) that the books of the back office say."""
        return (sum((one.cash for one in self.counted()), Decimal(0)),
                sum((one.oplati for one in self.counted()), Decimal(0)))

    def returns_of(self, identifier):
        return [one for one in self.counted() if one.returned and one.source == identifier]
