# SPDX-License-Identifier: Apache-2.0
"""scripts/make-root lays out a whole tree, and leaves alone what it finds."""
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]


class MakeRoot(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # Characters that a careless script would trip over.
        self.build = pathlib.Path(folder.name).resolve() / "a build & more|\\1"
        self.build.mkdir()
        self.root = pathlib.Path(folder.name) / "new" / "the root"

    def make(self, *words, build=None):
        return subprocess.run([SOURCE / "scripts" / "make-root", *map(str, words)], capture_output=True, text=True,
                              env={**os.environ, "LINUXCASH_BUILD": str(build or self.build)}, timeout=20, check=False)

    def mode(self, path):
        return stat.S_IMODE((self.root / path).stat().st_mode)

    def test_lays_out_the_tree_with_its_modes(self):
        done = self.make(self.root)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for path in ("cash/conf/ncash.ini.d", "cash/paysystems/oplati", "cash/reports", "logs/current"):
            self.assertEqual(self.mode(path), 0o755, path)
        for path in ("cash/data", "cash/data/paysystems"):
            self.assertEqual(self.mode(path), 0o750, path)
        for path in ("cash/conf/ncash.ini", "cash/paysystems/oplati/oplati.conf"):
            self.assertEqual(self.mode(path), 0o644, path)

    def test_ships_the_settings_as_they_are_in_conf(self):
        self.make(self.root)
        shipped = (SOURCE / "conf" / "oplati.conf").read_bytes()
        self.assertEqual((self.root / "cash/paysystems/oplati/oplati.conf").read_bytes(), shipped)

    def test_takes_modules_from_the_build_folder_wherever_it_is(self):
        self.make(self.root)
        text = (self.root / "cash/conf/ncash.ini").read_text(encoding="utf-8")
        self.assertIn(f"\nmodules_dir = {self.build}/paysystems\n", text)

    def test_keeps_what_is_there_already(self):
        self.make(self.root)
        edited = {"cash/conf/ncash.ini": "[Main]\ndesk = 7\n", "cash/paysystems/oplati/oplati.conf": "[Main]\n"}
        for path, text in edited.items():
            (self.root / path).write_text(text, encoding="utf-8")
        os.chmod(self.root / "cash/data", 0o700)

        self.assertEqual(self.make(self.root).returncode, 0)

        for path, text in edited.items():
            self.assertEqual((self.root / path).read_text(encoding="utf-8"), text)
        self.assertEqual(self.mode("cash/data"), 0o700)

    def test_says_how_it_is_used(self):
        for words in ((), ("--help",), ("a", "b")):
            done = self.make(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn("usage", done.stderr)

    def test_asks_for_a_build_first(self):
        done = self.make(self.root, build=self.build / "none")
        self.assertEqual(done.returncode, 1)
        self.assertIn("scripts/build", done.stderr)
        self.assertFalse(self.root.exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
