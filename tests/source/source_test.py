# SPDX-License-Identifier: Apache-2.0
"""Documents are split as meant, and a map that does not fit its document or its tests is caught."""
import contextlib
import io
import os
import pathlib
import sys
import tempfile
import unittest

import check_map
import known_tests
import proof_map
import sentences

DOCUMENT = """
Heading

The first sentence. The second
- an item, e.g. of a list,
 - a nested one;
1. A numbered one.

Name\tType. With a dot\tNote
```
; an example. Of one line
key = 1
```
"""


def entry(key, digest=None, tests=(), gist="in our own words", note=None):
    lines = [f"{key} {digest}" if digest else key, f"    gist: {gist}"]
    lines += [f"    test: {test}" for test in tests]
    lines += [f"    note: {note}"] if note else []
    return "\n".join(lines) + "\n"


class Sentences(unittest.TestCase):
    def test_of_prose_lists_tables_and_examples_are_units(self):
        self.assertEqual(sentences.sentences(DOCUMENT), [
            "Heading", "The first sentence.", "The second", "an item, e.g. of a list,", "a nested one;",
            "A numbered one.", "Name Type. With a dot Note", "; an example. Of one line", "key = 1"])

    def test_end_before_a_capital_and_not_after_an_abbreviation(self):
        self.assertEqual(sentences.sentences("Касса юр. лица. Затем (см. выше) всё! Да? Нет."),
                         ["Касса юр. лица.", "Затем (см. выше) всё!", "Да?", "Нет."])

    def test_do_not_end_inside_a_quotation(self):
        text = 'Ошибка "Нет связи. Система "O!плати" занята. Ждите". Потом «Раз. Два». Всё.'
        self.assertEqual(sentences.sentences(text), [
            'Ошибка "Нет связи. Система "O!плати" занята. Ждите".', "Потом «Раз. Два».", "Всё."])

    def test_do_not_hang_on_blanks_or_on_how_a_letter_is_composed(self):
        self.assertEqual(sentences.digest(sentences.normalised("  два\u00a0 слова й")),
                         sentences.digest(sentences.normalised("два слова и\u0306")))

    def test_are_numbered_from_one(self):
        self.assertEqual([number for number, _, _ in sentences.numbered("A.\n\n\nB.\n")], [1, 2])

    def test_that_are_equal_have_two_numbers(self):
        (_, first, _), (_, second, _) = sentences.numbered("A.\nA.\n")
        self.assertEqual(first, second)


class Form(unittest.TestCase):
    def wrong(self, text):
        return [line for line, _ in proof_map.parse(text)[1]]

    def test_of_an_entry_is_read(self):
        (one,), wrong = proof_map.parse("# why\n\n" + entry("7", "a" * 64, ["A.b", "c.py:D.e"], "gist", "note"))
        self.assertEqual(wrong, [])
        self.assertEqual((one.key, one.digest, one.line), ("7", "a" * 64, 3))
        self.assertEqual((one.gists, one.tests, one.notes), (["gist"], ["A.b", "c.py:D.e"], ["note"]))

    def test_wants_a_test_or_a_note(self):
        self.assertEqual(self.wrong(entry("B1")), [1])
        self.assertEqual(self.wrong(entry("B1", note="not ours")), [])

    def test_wants_one_gist(self):
        self.assertEqual(self.wrong("B1\n    test: A.b\n"), [1])
        self.assertEqual(self.wrong("B1\n    gist: a\n    gist: b\n    test: A.b\n"), [1])

    def test_wants_one_entry_for_a_key(self):
        self.assertEqual(self.wrong(entry("B1", note="x") + entry("B1", note="x")), [4])

    def test_wants_each_test_named_once(self):
        self.assertEqual(self.wrong(entry("B1", tests=["A.b", "A.b"])), [1])

    def test_refuses_what_it_does_not_know(self):
        self.assertEqual(self.wrong("    test: A.b\nB1\n    gist: a\n    tset: A.b\n    note: x\nB2 abc\n"), [1, 4, 6])


class Text(unittest.TestCase):
    TEXT = "One unit.\nA much longer unit, with words of its own.\n"

    def setUp(self):
        self.digests = [digest for _, digest, _ in sentences.numbered(self.TEXT)]

    def wrong(self, text):
        return [reason for _, reason in check_map.check_text(proof_map.parse(text)[0], self.TEXT)]

    def whole(self, **last):
        return entry("1", self.digests[0], ["A.b"]) + entry("2", self.digests[1], ["A.b"], **last)

    def test_that_is_wholly_mapped_passes(self):
        self.assertEqual(self.wrong(self.whole()), [])

    def test_with_an_unmapped_unit_fails(self):
        self.assertIn("unit 2 has no entry", self.wrong(entry("1", self.digests[0], ["A.b"]))[0])

    def test_that_has_changed_fails(self):
        wrong = self.wrong(entry("1", "0" * 64, ["A.b"]) + entry("2", self.digests[1], ["A.b"]))
        self.assertEqual(len(wrong), 1)
        self.assertIn("no unit says so any more", wrong[0])

    def test_that_has_moved_fails_and_says_whereto(self):
        wrong = self.wrong(entry("1", self.digests[1], ["A.b"]) + entry("2", self.digests[1], ["A.b"]))
        self.assertIn("it is unit 2 now", wrong[0])

    def test_without_a_digest_fails(self):
        self.assertEqual(len(self.wrong(entry("1", None, ["A.b"]) + entry("2", self.digests[1], ["A.b"]))), 1)

    def test_that_has_become_shorter_fails(self):
        self.assertEqual(self.wrong(self.whole() + entry("3", "0" * 64, ["A.b"])), ["the document has no unit 3"])

    def test_that_was_copied_into_the_map_fails(self):
        wrong = self.wrong(self.whole(note="it says: A much longer unit, with  words of its own."))
        self.assertIn("say it in your own", wrong[0])


class Rows(unittest.TestCase):
    def wrong(self, text):
        return [reason for _, reason in check_map.check_rows(proof_map.parse(text)[0], "B", 2)]

    def test_that_are_all_there_pass(self):
        self.assertEqual(self.wrong(entry("B1", tests=["A.b"]) + entry("B2", note="not ours")), [])

    def test_that_are_missing_or_strange_fail(self):
        self.assertEqual(self.wrong(entry("B2", note="x") + entry("B3", note="x")),
                         ["B1 has no entry", "there is no B3"])


class Tests(unittest.TestCase):
    """A build folder as ctest sees it: one program of unit tests, one file of cases."""

    CASES = """import unittest
class Good(unittest.TestCase):
    def test_runs(self): pass
    @unittest.skip("not today")
    def test_marked(self): pass
    def test_inside(self): self.skipTest("not today")
    @unittest.expectedFailure
    def test_fails(self): pass
@unittest.skipIf(True, "")
class Marked(unittest.TestCase):
    def test_runs(self): pass
class Prepared(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest("")
    def test_runs(self): pass
"""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        for name in ("test_base", "test_seeded", "test_filtered", "test_disabled", "test_world"):
            program = root / name
            program.write_text(f'#!/bin/sh\n[ "$1" = -ln ] && echo "Group.of_{name} Group.ignored"\n')
            program.chmod(0o755)
        (root / "test_good.py").write_text(cls.CASES)
        (root / "test_idle.py").write_text(cls.CASES)
        (root / "test_broken.py").write_text("import nowhere\n")
        (root / "sources").mkdir()
        (root / "sources" / "base_test.cpp").write_text("IGNORE_TEST(Group, ignored) {}\n")
        (root / "CTestTestfile.cmake").write_text(
            f'add_test(unit/base "{root}/test_base")\n'
            f'add_test(unit/seeded "{root}/test_seeded" "-v" "-r3")\n'
            f'add_test(unit/filtered "{root}/test_filtered" "-g" "Other")\n'
            f'add_test(world/all "{root}/test_world")\n'
            f'add_test(unit/missing "{root}/test_missing")\n'
            f'add_test(unit/disabled "{root}/test_disabled")\n'
            'set_tests_properties(unit/disabled PROPERTIES DISABLED TRUE)\n'
            f'add_test(e2e/test_good "/usr/bin/python3" "-B" "{root}/test_good.py")\n'
            f'add_test(e2e/test_broken "/usr/bin/python3" "-B" "{root}/test_broken.py")\n')
        cls.known = known_tests.KnownTests(str(root), str(root / "sources"), os.environ.get("CTEST", "ctest"))

    def test_that_run_pass(self):
        for name in ("Group.of_test_base", "Group.of_test_seeded", "test_good.py:Good.test_runs", "ctest:unit/base"):
            self.assertIsNone(self.known.why_not(name), name)

    def test_that_do_not_exist_fail(self):
        for name in ("Group.nothing", "test_good.py:Good.test_nothing", "test_nothing.py:Good.test_runs",
                     "test_broken.py:Good.test_runs", "ctest:unit/nothing", "Group"):
            self.assertIsNotNone(self.known.why_not(name), name)

    def test_that_ctest_does_not_start_whole_fail(self):
        for name in ("Group.of_test_filtered", "Group.of_test_disabled", "Group.of_test_world", "ctest:unit/disabled",
                     "test_idle.py:Good.test_runs"):
            self.assertIsNotNone(self.known.why_not(name), name)

    def test_that_are_ignored_or_skipped_fail(self):
        for name in ("Group.ignored", "test_good.py:Good.test_marked", "test_good.py:Good.test_inside",
                     "test_good.py:Good.test_fails", "test_good.py:Marked.test_runs",
                     "test_good.py:Prepared.test_runs"):
            self.assertIsNotNone(self.known.why_not(name), name)

    def test_are_asked_for_each_entry(self):
        entries, _ = proof_map.parse(entry("B1", tests=["Group.of_test_base"]) + entry("B2", tests=["Group.nothing"]))
        self.assertEqual([line for line, _ in check_map.check_tests(entries, self.known)], [4])


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "checkout").mkdir()
        self.map = self.root / "checkout" / "009.map"
        self.map.write_text(entry("1", sentences.digest("A unit."), note="nothing to prove"))

    def run_check(self, *words, **environment):
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
            code = check_map.main(["check_map.py", *map(str, words)], environment)
        return code, out.getvalue()

    def document(self, folder, text="A unit.\n"):
        place = self.root / folder
        place.mkdir(parents=True)
        (place / "009_abc.txt").write_text(text)
        return place

    def check_text(self, **environment):
        return self.run_check("text", self.map, "009", self.root / "checkout", **environment)

    def test_says_that_it_skipped_when_the_document_is_not_at_hand(self):
        code, said = self.check_text()
        self.assertEqual(code, 77)
        self.assertIn("SKIPPED", said)

    def test_finds_the_document_beside_the_checkout(self):
        self.document(os.path.join("shared", "seeds"))
        self.assertEqual(self.check_text()[0], 0)

    def test_takes_the_folder_that_it_is_told(self):
        self.document(os.path.join("shared", "seeds"))
        other = self.document("elsewhere", "Another unit.\n")
        code, said = self.check_text(LINUXCASH_SOURCES=str(other))
        self.assertEqual(code, 1)
        self.assertIn("009.map:1:", said)

    def test_fails_upon_a_map_that_cannot_be_read_whole(self):
        self.map.write_text(self.map.read_text() + "2\n")
        self.assertEqual(self.run_check("rows", self.map, "", 2)[0], 1)

    def test_says_how_it_is_used(self):
        self.assertEqual(self.run_check("nothing")[0], 2)


if __name__ == "__main__":
    unittest.main()
