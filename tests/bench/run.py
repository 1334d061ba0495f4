#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""run.py BUILD [--smoke]: runs the benchmarks of a build folder and prints what README.md beside this file explains.

The ways to pay take turns, so that a busy minute of the machine hits all of them; medians are compared."""

import argparse
import os
import pathlib
import platform
import statistics
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SYSTEM_CERTIFICATES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
WAYS = ("ours", "careful", "reusing", "naive")
DESKS = {way: number for number, way in enumerate(WAYS, 1)}
PASSWORD = "bench-password"
GOALS = {"ready_ms": 20, "memory_mib": 8, "careful": 1.3, "naive": 0.2, "syncs": 2}


def read_numbers(text):
    """`name number name number …` of one line."""
    words = text.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2])}


def medians(results):
    return {name: statistics.median(one[name] for one in results) for name in results[0]}


def verdict(reached):
    return "reached" if reached else "MISSED"


class Bench:
    """The programs, and a folder on the same disk as the build: memory would sync in no time."""

    def __init__(self, build, work, harness):
        self.paysystems = build / "paysystems" / "oplati.so"
        self.bin = build / "bin"
        self.work = work
        self.harness = harness

    def run(self, program, *arguments):
        return read_numbers(self.harness.run(self.bin / program, *arguments))

    def root(self, name, url="http://127.0.0.1:9/ms-pay", desk="OPL000000000", lines="", password=""):
        root = self.work / name
        for folder in ("cash/paysystems/oplati", "cash/data", "logs/current"):
            (root / folder).mkdir(parents=True)
        settings = root / "cash/paysystems/oplati/oplati.conf"
        settings.write_text(f"[Main]\nurl = {url}\nregNum = {desk}\nmode = 2\nready_pace_ms = 10\n"
                            f"status_pace_ms = 10\n{lines}", encoding="utf-8")
        if password:
            secrets = settings.with_name("secrets.conf")
            secrets.touch(mode=0o600)
            secrets.write_text(f"[Main]\npassword = {password}\n", encoding="utf-8")
        return root

    def starts(self, records, rounds):
        root = self.root("start")
        self.harness.run(self.bin / "bench_journal", root, records)
        results = {what: [] for what in (self.paysystems, "plain")}
        for _ in range(rounds + 1):  # in turns; the first of each only fills the system's cache of files
            for what, measured in results.items():
                measured.append(self.run("bench_load", what, root))
        return [medians(measured[1:]) for measured in results.values()]

    def gateway(self, tls):
        options = ["--buyer-delay-ms", 0, "--instant-limit", "100000", "--plain-sums", "--pace-ms",
                   "consumerStatus=0,payments=0"]
        for way in WAYS:
            options += ["--password", f"{desk_of(way, PASSWORD)}={PASSWORD}"]
        if tls:
            options += ["--tls", self.work / "tls"]
        return self.harness.Controlled(self.bin / "artix-simulator", "oplati", *map(str, options))

    def prepare(self, title, url, ca_file, password):
        """A function for each way that makes so many payments."""
        bundle = self.work / "bundle.pem"
        if ca_file and not bundle.exists():
            system = SYSTEM_CERTIFICATES.read_text(encoding="utf-8") if SYSTEM_CERTIFICATES.exists() else ""
            bundle.write_text(system + ca_file.read_text(encoding="utf-8"), encoding="utf-8")
        root = self.root(f"{title}-ours", url, desk_of("ours", password), f"ca_file = {ca_file}\n" if ca_file else "",
                         password)

        def ours(payments):
            return self.run("bench_pay", self.paysystems, root, payments)

        def baseline(way, trusted):
            folder = self.work / f"{title}-{way}"
            folder.mkdir()
            return lambda payments: self.run("bench_baseline", way, folder, url, desk_of(way, password), trusted,
                                             password, payments)

        ways = {way: baseline(way, bundle if way == "naive" else ca_file or "") for way in WAYS[1:]}
        return {"ours": ours, **ways}

    def payments(self, title, tls, password, counts):
        gateway = self.gateway(tls)
        try:
            url = f"{'https' if tls else 'http'}://{gateway.address}/ms-pay"
            pay = self.prepare(title, url, self.work / "tls" / "ca.pem" if tls else None, password)
            results = {way: [] for way in WAYS}
            for number in range(counts.rounds):
                turn = number % len(WAYS)
                for way in WAYS[turn:] + WAYS[:turn]:
                    results[way].append(pay[way](counts.payments))
            return results
        finally:
            gateway.end()


def desk_of(way, password):
    return f"OPL{'7' if password else '8'}{DESKS[way]:08}"


def median_ms(rounds, name):
    return statistics.median(one[name] for one in rounds) / 1e6


def share(rounds, names):
    """Percent of the whole time, of the sum of those medians."""
    total = median_ms(rounds, "total_ns")
    return round(100 * sum(median_ms(rounds, name) for name in names) / total) if total else 0


def ratio(results, other):
    return statistics.median(ours["total_ns"] / theirs["total_ns"]
                             for ours, theirs in zip(results["ours"], results[other]))


def print_start(start, plain, records):
    ready, memory = start["ready_ns"] / 1e6, start["memory_kib"] / 1024
    plain_ready, plain_memory = plain["ready_ns"] / 1e6, plain["memory_kib"] / 1024
    print(f"\nA start with {records} records in the journal, beside a program that makes libcurl and SQLite ready")
    print(f"  ready after {ready:.1f} ms: library {start['load_ns'] / 1e6:.1f}, create {start['create_ns'] / 1e6:.1f}, "
          f"start {start['start_ns'] / 1e6:.1f}   goal <= {GOALS['ready_ms']}: {verdict(ready <= GOALS['ready_ms'])}")
    print(f"    that program: {plain_ready:.1f} ms, so ours is {ready - plain_ready:.1f} ms; "
          f"CPU {start['cpu_ns'] / 1e6:.1f} and {plain['cpu_ns'] / 1e6:.1f} ms")
    print(f"  memory added: {memory:.1f} MiB, {start['private_kib'] / 1024:.1f} of it private   "
          f"goal <= {GOALS['memory_mib']}: {verdict(memory <= GOALS['memory_mib'])}")
    print(f"    that program: {plain_memory:.1f} MiB, {plain['private_kib'] / 1024:.1f} of it private, "
          f"so ours is {memory - plain_memory:.1f} MiB")


def print_break_even(results):
    """A slow disk hides what a connection of its own costs; this tells how slow."""
    ours, theirs = (median_ms(results[way], "total_ns") - median_ms(results[way], "disk_ns")
                    for way in ("ours", "reusing"))
    goal = GOALS["careful"]
    sync_ms = max(0, ours - goal * theirs) / (GOALS["syncs"] * (goal - 1))
    print(f"  ours / reusing is {goal} where one fdatasync takes {sync_ms:.1f} ms")


def print_payments(title, results, judged):
    print(f"\n{title}")
    print(f"  {'':8} {'ms':>8} {'disk':>6} {'wire':>6} {'us':>6} {'CPU ms':>7} {'syncs: journal':>15} {'other':>6} "
          f"{'MiB':>6} {'private':>8}")
    for way in WAYS:
        rounds = results[way]
        disk, wire = share(rounds, ["disk_ns"]), share(rounds, ["wire_ns"])
        whole = medians(rounds)
        print(f"  {way:8} {median_ms(rounds, 'total_ns'):8.2f} {disk:5}% {wire:5}% {max(0, 100 - disk - wire):5}% "
              f"{median_ms(rounds, 'cpu_ns'):7.2f} {whole['journal_syncs']:15.0f} {whole['other_syncs']:6.0f} "
              f"{whole['memory_kib'] / 1024:6.1f} {whole['private_kib'] / 1024:8.1f}")
    for other in WAYS[1:]:
        value = ratio(results, other)
        goal = f"   goal <= {GOALS[other]}: {verdict(value <= GOALS[other])}" if judged and other in GOALS else ""
        print(f"  ours / {other}: {value:.2f}{goal}")
    print_break_even(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--smoke", action="store_true", help="tiny counts: only that everything works")
    parser.add_argument("--payments", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--records", type=int, default=10000)
    counts = parser.parse_args()
    if counts.smoke:
        counts.payments, counts.rounds, counts.records = 2, 1, 400
    os.environ["LINUXCASH_BUILD"] = str(counts.build.resolve())
    sys.path.insert(0, str(HERE.parent / "e2e"))
    import harness  # pylint: disable=import-outside-toplevel

    with tempfile.TemporaryDirectory(prefix="bench-", dir=counts.build) as folder:
        bench = Bench(counts.build.resolve(), pathlib.Path(folder).resolve(), harness)
        print(f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} CPUs, "
              f"load {os.getloadavg()[0]:.1f}; {counts.rounds} rounds of {counts.payments} payments")
        print_start(*bench.starts(counts.records, counts.rounds), counts.records)
        for title, tls, password, judged in (("https, password mode", True, PASSWORD, True),
                                             ("https, token mode", True, "", False),
                                             ("http, password mode", False, PASSWORD, False)):
            results = bench.payments(title.replace(", ", "-").replace(" ", "-"), tls, password, counts)
            print_payments(f"A payment over {title}", results, judged)
            if any(one["journal_syncs"] != GOALS["syncs"] for one in results["ours"]):
                print(f"  synced writes of the journal for a payment: {GOALS['syncs']} are right")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
