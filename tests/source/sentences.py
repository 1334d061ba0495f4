# SPDX-License-Identifier: Apache-2.0
"""A source document as numbered units, each with its SHA-256.

A unit is a heading, an item of a list, a row of a table, a line of an example, or one sentence of prose. The number
says where it stands and the digest what it says, so that a map may speak of a unit without repeating it."""
import hashlib
import re
import sys
import unicodedata

FENCE = "```"
MARKER = re.compile(r"^(?:[-*•]|\d+\.)\s+")
# A sentence ends before a blank and a capital; so an abbreviation before a small letter ends none.
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯЁ0-9\"«])")


def normalised(text):
    """What two copies of one sentence have in common: blanks and ways of composing a letter do not count."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(unit):
    return hashlib.sha256(unit.encode("utf-8")).hexdigest()


def _quoting(text):
    """Whether a quotation is open at the end of text; a name in quotes within one closes what it opened."""
    return text.count('"') % 2 == 1 or text.count("«") > text.count("»")


def _pieces(line):
    """A line of prose, item or heading → its sentences; a row of a table and a quotation stay whole."""
    if "\t" in line:
        return [line]
    line = MARKER.sub("", line.strip(), count=1)
    pieces = [""]
    for part in re.split(f"({SENTENCE_END.pattern})", line):
        if part.isspace() and not _quoting(pieces[-1]):
            pieces.append("")
        else:
            pieces[-1] += part
    return pieces


def sentences(text):
    """The units in their order; units that are empty once blanks are taken away are none."""
    units = []
    example = False
    for line in text.splitlines():
        if line.strip().startswith(FENCE):
            example = not example
            continue
        units += [line] if example else _pieces(line)
    return [unit for unit in map(normalised, units) if unit]


def numbered(text):
    """[(number from 1, digest, unit)]"""
    return [(number, digest(unit), unit) for number, unit in enumerate(sentences(text), 1)]


def main(arguments):
    if len(arguments) != 2:
        print("usage: sentences.py FILE: prints number, digest and text of each unit", file=sys.stderr)
        return 2
    with open(arguments[1], encoding="utf-8") as file:
        for number, sum_of_it, unit in numbered(file.read()):
            print(f"{number} {sum_of_it} {unit}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
