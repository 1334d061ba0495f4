#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A stranger's print job, receiptio of npm, on the virtual printer: the same words as from a real one.

Skipped unless LINUXCASH_NPM names a folder with node_modules/receiptio (npm install --prefix FOLDER receiptio@2.1.2),
and when port 9100, the only one that receiptio prints on, is taken."""

import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

import harness

MODULES = pathlib.Path(os.environ.get("LINUXCASH_NPM", "/nonexistent"))
RECEIPTIO = MODULES / "node_modules" / "receiptio" / "bin" / "cli.js"
PORT = 9100
LIMIT_S = 60
DOCUMENT = """{width:auto}
^^^Магазин Ромашка

Молоко | 89,90
-
ИТОГО | 89,90
{code:https://pay.example.by/r?17;option:qrcode,5,m}
{code:4601234567893;option:ean,3,64,hri}
=
"""


def is_free(port):
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return one.connect_ex(("127.0.0.1", port)) != 0


@unittest.skipUnless(RECEIPTIO.exists() and is_free(PORT), "receiptio or port 9100 is not there")
class Receiptio(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "slip.receipt").write_text(DOCUMENT, encoding="utf-8")
        self.printer = harness.Controlled(harness.BIN / "artix-simulator", "printer", "--listen", f"127.0.0.1:{PORT}",
                                          "--control", "127.0.0.1:0", "--out", str(self.folder / "out"))
        self.addCleanup(self.printer.end)

    def word(self, *options):
        """What receiptio says at its end."""
        done = subprocess.run(["node", RECEIPTIO, *options, "-d", "127.0.0.1", "-p", "escpos", "-l", "ru", "-t", "5"],
                              capture_output=True, text=True, timeout=LIMIT_S, check=False, cwd=self.folder)
        return (done.stdout + done.stderr).strip()

    def test_prints_and_is_told_so(self):
        self.assertEqual(self.word("slip.receipt"), "success")
        slip, = self.printer.ask("slips")
        lines = [" ".join(line.split()) for line in slip["lines"] if line.strip()]
        self.assertEqual(lines[:2] + lines[3:4], ["Магазин Ромашка", "Молоко 89,90", "ИТОГО 89,90"])
        codes = harness.run("zbarimg", "--nodbus", "-q", "--raw", self.folder / "out" / "0001.png").split()
        self.assertEqual(sorted(codes), ["4601234567893", "https://pay.example.by/r?17"])

    def test_is_told_what_ails_the_printer(self):
        self.assertEqual(self.word("-q"), "online")
        for fault, word in (({"paper": "out"}, "paperempty"), ({"paper": "ok", "cover": "open"}, "coveropen")):
            self.printer.ask("faults", fault)
            self.assertEqual(self.word("-q"), word)
            self.assertEqual(self.word("slip.receipt"), word)
        self.assertEqual(self.printer.ask("slips"), [])

    def test_is_told_of_paper_that_ends_midway(self):
        self.printer.ask("faults", {"paperOutAfterBytes": 300})
        self.assertEqual(self.word("slip.receipt"), "paperempty")


if __name__ == "__main__":
    unittest.main()
