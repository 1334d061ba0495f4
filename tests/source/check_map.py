# SPDX-License-Identifier: Apache-2.0
"""Holds a map to what it maps, and to the tests that it names. Prints file:line: what is wrong; exit code 1 if any is.

check_map.py text MAP DOCUMENT CHECKOUT   each unit of the document has its entry, and each entry its unit; exit code 77
                                          when the document is not at hand: its text is no part of this tree
check_map.py rows MAP LETTER COUNT        LETTER1 to LETTERCOUNT have one entry each
check_map.py tests MAP BUILD SOURCES [CTEST]   each named test exists and is run by ctest in that build folder"""
import os
import pathlib
import sys

import proof_map
import sentences
from known_tests import KnownTests

SKIPPED = 77
# A shorter unit may stand in a map by chance: a key, a command, a name.
COPIED_FROM = 30


def find_document(name, checkout, environment):
    """The one file called NAME_*.txt: in the folder that LINUXCASH_SOURCES names, else beside the checkout."""
    folder = environment.get("LINUXCASH_SOURCES")
    place = pathlib.Path(folder) if folder else pathlib.Path(checkout).resolve().parent / "shared" / "seeds"
    found = sorted(place.glob(f"{name}_*.txt"))
    return found[0] if len(found) == 1 else None


def check_text(entries, text):
    """What the units of the document and the entries of its map have against each other."""
    units = {str(number): (digest, unit) for number, digest, unit in sentences.numbered(text)}
    numbers = {digest: number for number, (digest, _) in reversed(list(units.items()))}
    mapped = {entry.key for entry in entries}
    for entry in entries:
        if entry.key not in units:
            yield entry.line, f"the document has no unit {entry.key}"
        elif entry.digest != units[entry.key][0]:
            moved = numbers.get(entry.digest)
            where = f"it is unit {moved} now" if moved else "no unit says so any more"
            yield entry.line, f"unit {entry.key} says something else than when it was mapped: {where}"
    for number in sorted(units.keys() - mapped, key=int):
        yield 1, f"unit {number} has no entry ({units[number][0]})"
    for entry in entries:
        for words in map(sentences.normalised, entry.gists + entry.notes):
            if any(len(unit) >= COPIED_FROM and unit in words for _, unit in units.values()):
                yield entry.line, f"the words of {entry.key} are the document's: say it in your own"


def check_rows(entries, letter, count):
    wanted = [f"{letter}{number}" for number in range(1, count + 1)]
    for key in wanted:
        if key not in {entry.key for entry in entries}:
            yield 1, f"{key} has no entry"
    for entry in entries:
        if entry.key not in wanted:
            yield entry.line, f"there is no {entry.key}"


def check_tests(entries, known):
    for entry in entries:
        for test in entry.tests:
            reason = known.why_not(test)
            if reason:
                yield entry.line, f"{entry.key}: {reason}"


def main(arguments, environment):
    if len(arguments) < 5 or arguments[1] not in ("text", "rows", "tests"):
        print(__doc__, file=sys.stderr)
        return 2
    what, path, first, second = arguments[1:5]
    with open(path, encoding="utf-8") as file:
        entries, wrong = proof_map.parse(file.read())
    if what == "text":
        document = find_document(first, second, environment)
        if document is None:
            print(f"SKIPPED: source document {first} is not at hand; LINUXCASH_SOURCES may name its folder")
            return SKIPPED
        wrong += check_text(entries, document.read_text(encoding="utf-8"))
    elif what == "rows":
        wrong += check_rows(entries, first, int(second))
    else:
        wrong += check_tests(entries, KnownTests(first, second, *arguments[5:6]))
    for line, reason in wrong:
        print(f"{os.path.relpath(path)}:{line}: {reason}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv, os.environ))
