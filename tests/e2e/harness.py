# SPDX-License-Identifier: Apache-2.0
"""A shop for one test: a root, a simulated gateway, a scripted register, and a checker that believes neither.

Everything runs as real processes over real sockets on 127.0.0.1. Nothing waits for a fixed time: every wait is for an
event, and has a deadline."""

import contextlib
import json
import os
import pathlib
import queue
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("LINUXCASH_BUILD", SOURCE / "build"))
BIN = BUILD / "bin"
SHIM = BUILD / "e2e" / "fault_shim.so"
# Sanitized programs are slower, and find a preloaded library in front of their own runtime.
SANITIZED = os.environ.get("LINUXCASH_SANITIZED", "") != ""
PATIENCE_S = 60 if SANITIZED else 20
RUNTIME = {"ASAN_OPTIONS": "verify_asan_link_order=0"} if SANITIZED else {}

REGNUM = "OPL000011111"
PASSWORD = "canary-Passw0rd%&\"$\\"


def run(*command, **options):
    """A program that must succeed; its output."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=PATIENCE_S * 2,
                          check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Lines:
    """Lines of a process's output, read by a thread so that every wait can have a deadline."""

    def __init__(self, stream):
        self.lines = queue.Queue()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream):
        with stream:
            for line in stream:
                self.lines.put(line)
        self.lines.put(None)

    def next(self, deadline):
        """The next line; None at the end of the output."""
        try:
            return self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None


class Process:
    """A program under test, ended when the test ends."""

    def __init__(self, *command, env=None, stdin=None):
        self.child = subprocess.Popen([str(part) for part in command], stdin=stdin, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True,
                                      env={**os.environ, **RUNTIME, **(env or {})})
        self.out = Lines(self.child.stdout)
        self.errors = []
        self.reader = threading.Thread(target=lambda: self.errors.extend(self.child.stderr), daemon=True)
        self.reader.start()

    def complaints(self):
        if self.child.poll() is not None:
            self.reader.join(PATIENCE_S)  # the last words may still be on their way
        return "".join(self.errors)

    def kill(self):
        """As a power button would."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        self.reader.join(PATIENCE_S)
        for stream in (self.child.stdin, self.child.stderr):
            if stream is not None and not stream.closed:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()

    def end(self):
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("did not end on SIGTERM") from None


class Controlled(Process):
    """A simulator or relay: says where it listens, and takes commands over HTTP."""

    def __init__(self, *command):
        super().__init__(*command)
        self.address = self.control = None
        deadline = time.monotonic() + PATIENCE_S
        words = ["listening"] + (["control"] if "--control" in command else [])
        for word in words:
            line = self.out.next(deadline)
            if not line or not line.startswith(word + " "):
                raise AssertionError(f"{command}: {line!r}\n{self.complaints()}")
            address = line.split()[1]
            if word == "listening":
                self.address = address
            self.control = address

    def ask(self, what, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{self.control}/control/{what}", data=data,
                                         headers={"Content-Type": "application/json"} if data else {})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"/control/{what}: {error.code} {error.read().decode()}") from None


class Register(Process):
    """artix-terminal --script: commands in, events out."""

    def __init__(self, root, env=None, login=True):
        super().__init__(BIN / "artix-terminal", "--root", root, "--script", "-", env=env, stdin=subprocess.PIPE)
        self.seen = []
        if login:
            self.do("login", cashier="Кассир 1")

    def say(self, line):
        try:
            self.child.stdin.write(line + "\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            pass  # it was killed: the test finds out by what it waits for

    def do(self, command, **fields):
        self.say(json.dumps({"do": command, **fields}, ensure_ascii=False))

    def answer(self, kind, **fields):
        self.say(json.dumps({"answer": kind, **fields}, ensure_ascii=False))

    def expect(self, event, patience=PATIENCE_S, **fields):
        """Reads events up to the first that has these fields."""
        deadline = time.monotonic() + patience
        while True:
            try:
                line = self.out.next(deadline)
            except TimeoutError:
                raise AssertionError(f"no {event} {fields} in time; last events:\n{self.story()}") from None
            if line is None:
                raise AssertionError(f"ended before {event} {fields}; last events:\n{self.story()}")
            one = json.loads(line)
            self.seen.append(one)
            if one.get("event") == event and all(one.get(key) == value for key, value in fields.items()):
                return one

    def story(self):
        lines = [json.dumps(one, ensure_ascii=False) for one in self.seen[-25:]]
        return "\n".join(lines) + "\n" + self.complaints()

    def last(self, event, **fields):
        """The newest event of that name that was read; it must have these fields."""
        one = self.events(event)[-1]
        wrong = {key: one.get(key) for key, value in fields.items() if one.get(key) != value}
        if wrong:
            raise AssertionError(f"{event} has {wrong}, not {fields}\n{self.story()}")
        return one

    def events(self, name):
        return [one for one in self.seen if one.get("event") == name]

    def finished_well(self):
        """Reads to the end of a sale; False if the process was killed before its orderly end."""
        try:
            self.expect("receipt", state="closed")
        except AssertionError:
            self.kill()
            return False
        self.child.stdin.close()
        self.child.wait(timeout=PATIENCE_S)
        return self.child.returncode == 0

    def taken_back(self):
        """Reads to the end of a payment-cancel; False if the process was killed before it."""
        try:
            self.expect("finished", do="payment-cancel", outcome="approved")
        except AssertionError:
            self.kill()
            return False
        self.kill()
        return True

    def close(self, code=0):
        """End of the input; the register ends by itself."""
        self.child.stdin.close()
        deadline = time.monotonic() + PATIENCE_S
        while (line := self.out.next(deadline)) is not None:
            self.seen.append(json.loads(line))
        self.child.wait(timeout=PATIENCE_S)
        if self.child.returncode != code:
            raise AssertionError(f"ended with {self.child.returncode}\n{self.story()}")

    # ---- what a cashier does all day ----

    def open_shift(self):
        self.do("shift-open")
        self.expect("finished", do="shift-open")

    def sell(self, price="24.50", name="Молоко 1 л", quantity="1"):
        self.do("item", code="1001", name=name, price=price, quantity=quantity)
        return self.expect("receipt", state="open")

    def pay(self, valutcode=20, **fields):
        self.do("pay", valutcode=valutcode, **fields)

    def paid(self, outcome="approved", **fields):
        return self.expect("finished", do="pay", outcome=outcome, **fields)

    def state(self):
        """The last receipt, shift and queue as they are now; a barrier for everything before."""
        mark = len(self.seen)
        self.do("state")
        self.expect("queue")
        return {one["event"]: one for one in self.seen[mark:]}


class Shop(unittest.TestCase):
    """A root with O!плати in mode 2, its simulator, and by choice a relay between them."""

    PASSWORD_MODE = False
    RELAY = False
    SIMULATOR = ()
    # Vendor pacing is proven on the simulator and the machines; here waits are short.
    SETTINGS = {"timeout": "2", "ready_pace_ms": "20", "status_pace_ms": "20", "gone_grace_s": "0"}
    PACE = "consumerStatus=0,payments=0"
    BUYER_MS = 30

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="linuxcash-e2e-"))
        if not os.environ.get("E2E_KEEP"):
            self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.root = self.folder / "root"
        self.ledger_file = self.folder / "ledger.jsonl"
        self.processes = []
        self.addCleanup(self.end_all)
        run(SOURCE / "scripts" / "make-root", self.root, env={**os.environ, "LINUXCASH_BUILD": str(BUILD)})
        self.simulator = self.start_simulator()
        self.relay = None
        if self.RELAY:
            self.relay = self.keep(Controlled(BIN / "artix-simulator", "relay", "--upstream", self.simulator.address,
                                              "--control", "127.0.0.1:0"))
        self.configure()

    def start_simulator(self, listen="127.0.0.1:0", *more):
        options = ["--listen", listen, "--ledger", self.ledger_file, "--buyer-delay-ms", self.BUYER_MS, "--pace-ms",
                   self.PACE, "--late-commit-ms", 300, *self.SIMULATOR, *more]
        if self.PASSWORD_MODE:
            options += ["--password", f"{REGNUM}={PASSWORD}"]
        return self.keep(Controlled(BIN / "artix-simulator", "oplati", *options))

    def configure(self, **settings):
        address = (self.relay or self.simulator).address
        values = {"url": f"http://{address}/ms-pay", "regNum": REGNUM, "mode": "2", **self.SETTINGS, **settings}
        lines = "".join(f"{key}={value}\n" for key, value in values.items())
        if self.PASSWORD_MODE:
            lines += f"password={PASSWORD}\n"
        self.paysysctl("set", "oplati", "--stdin", input=lines)
        self.paysysctl("payment-type", "20", "oplati", "О!плати")

    def paysysctl(self, *words, **options):
        return run(BIN / "paysysctl", "--root", self.root, *words, **options)

    def keep(self, process):
        self.processes.append(process)
        return process

    def end_all(self):
        for process in self.processes:
            process.kill()

    def register(self, env=None, login=True):
        return self.keep(Register(self.root, env, login))

    def open_register(self, env=None):
        register = self.register(env)
        register.open_shift()
        return register

    # ---- the second opinion ----

    @property
    def journal_file(self):
        return self.root / "cash" / "data" / "paysystems" / "oplati.journal"

    def journal(self):
        """Records in order, read without our code."""
        if not self.journal_file.exists():
            return []
        # Closed at once: a connection that lingers would lose its locks when the same file is read for secrets.
        with contextlib.closing(sqlite3.connect(f"file:{self.journal_file}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT lower(hex(operation)), kind, body FROM records ORDER BY seq").fetchall()
        return [(operation, kind, json.loads(body)) for operation, kind, body in rows]

    def ledger(self):
        """What really happened, by order number: [(event, kopecks)]."""
        orders = {}
        if not self.ledger_file.exists():
            return orders
        for line in self.ledger_file.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if "orderNumber" in event:
                orders.setdefault(event["orderNumber"], []).append((event["event"], kopecks(event["sum"])))
        return orders

    def log(self):
        file = self.root / "logs" / "current" / "terminal.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def requests(self, endpoint=None):
        """What came in at the gateway."""
        log = self.simulator.ask("log" + (f"?endpoint={endpoint}" if endpoint else ""))
        return log if isinstance(log, list) else log["requests"]

    def captured(self, order):
        return sum(amount for event, amount in self.ledger().get(order, []) if event == "captured")

    def refunds(self):
        """What the gateway gave back and did not take again: {refund's order: (sale's order, kopecks)}."""
        orders, kept = {}, {}
        for line in self.ledger_file.read_text(encoding="utf-8").splitlines() if self.ledger_file.exists() else []:
            event = json.loads(line)
            if event["event"] == "created" and "saleId" not in event:
                orders[event["paymentId"]] = event["orderNumber"]
            elif event["event"] == "refunded":
                kept[event["orderNumber"]] = (orders[event["saleId"]], kopecks(event["sum"]))
            elif event["event"] == "refund-cancelled":
                kept.pop(event["orderNumber"])
        return kept

    def given_back(self, order):
        """To the buyer of that sale: by cancels and by refunds."""
        cancelled = sum(amount for event, amount in self.ledger().get(order, []) if event == "cancelled")
        return cancelled + sum(amount for sale, amount in self.refunds().values() if sale == order)

    def check_books(self, quiet=True):
        """Invariants I1–I3, I6, I7, I12 on the gateway's ledger and the journal alone."""
        payments = {}
        for operation, kind, body in self.journal():
            payments.setdefault(operation, []).append((kind, body))
        orders, backs = {}, {}
        for operation, facts in payments.items():
            kinds = [kind for kind, _ in facts]
            self.assertEqual(kinds[0], "intent", f"I4: {operation} began without its intent: {kinds}")
            self.assertLessEqual(kinds.count("intent"), 1, operation)
            self.assertLessEqual(kinds.count("ended"), 1, f"I7: {operation} ended twice: {kinds}")
            intent = facts[0][1]
            if intent["kind"] not in ("pay", "refund"):
                continue
            self.assertNotIn(intent["order"], {**orders, **backs}, "I6: an order number was used twice")
            (orders if intent["kind"] == "pay" else backs)[intent["order"]] = facts
        for order, events in self.ledger().items():
            if order in backs or order.endswith("R"):
                continue
            captures = [amount for event, amount in events if event == "captured"]
            self.assertLessEqual(len(captures), 1, f"I1: {order} was charged twice")
            self.assertIn(order, orders, f"I4: {order} reached the gateway without an intent in the journal")
            asked = kopecks(orders[order][0][1]["sum"])
            self.assertTrue(not captures or captures == [asked], f"I1: {order}: {captures} of {asked}")
        for order, facts in orders.items():
            ended = [body for kind, body in facts if kind == "ended"]
            owing = owes(facts)
            kept = self.captured(order) - self.given_back(order)
            taken_back = any(kind == "owed" for kind, _ in facts)
            if ended and ended[0]["outcome"] == "approved" and not taken_back:
                given = sum(amount for back, (sale, amount) in self.refunds().items() if sale == order)
                self.assertEqual(kept + given, kopecks(facts[0][1]["sum"]), f"I3: {order} is approved and not paid")
                self.assertGreaterEqual(kept, 0, f"I3: more was given back than {order} brought")
            elif quiet:
                self.assertTrue(owing or kept == 0, f"I2: {order} keeps {kept} and nothing is owed")
        for order, facts in backs.items():
            self.check_refund(order, facts, quiet)
        self.check_silence()

    def check_refund(self, order, facts, quiet):
        """A refund that counts was given once; one that does not count was not given, or its undo is owed."""
        ended = [body for kind, body in facts if kind == "ended"]
        given = self.refunds().get(order, ("", 0))[1]
        counts = bool(ended) and ended[0]["outcome"] == "approved" and not any(kind == "owed" for kind, _ in facts)
        if counts:
            self.assertEqual(given, kopecks(facts[0][1]["sum"]), f"I3: refund {order} is approved and not given")
        elif quiet:
            self.assertTrue(owes(facts) or given == 0, f"I2: refund {order} gave {given} and nothing is owed")

    def check_silence(self):
        """I12: no password or token in any file but its own."""
        canaries = {}
        if self.PASSWORD_MODE:
            canaries[PASSWORD.encode()] = "secrets.conf"
        for line in self.ledger_file.read_text(encoding="utf-8").splitlines() if self.ledger_file.exists() else []:
            event = json.loads(line)
            if event.get("event") == "token":
                canaries[event["token"].encode()] = "token.conf"
        for path in self.root.rglob("*"):
            if not path.is_file() or path.is_symlink():
                continue
            content = path.read_bytes()
            for canary, home in canaries.items():
                if path.name != home:
                    self.assertNotIn(canary, content, f"I12: a secret is in {path}")
        for process in self.processes:
            for canary in canaries:
                self.assertNotIn(canary.decode(), json.dumps(getattr(process, "seen", []), ensure_ascii=False))

    def wait_for(self, what, condition, patience=PATIENCE_S):
        deadline = time.monotonic() + patience
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"in time there was no {what}\n{self.log()[-3000:]}")
            time.sleep(0.02)


def owes(facts):
    """The last word on the debt of an operation."""
    debts = [kind for kind, _ in facts if kind in ("owed", "discharged")]
    return bool(debts) and debts[-1] == "owed"


def kopecks(text):
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])
