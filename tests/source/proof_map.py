# SPDX-License-Identifier: Apache-2.0
"""The form of a map: which tests prove what, or why nothing needs a proof.

    54 <SHA-256 of the unit>
        gist: the first contact leaves a token behind, closed to others
        test: TokenFile.is_closed_to_others_whatever_the_umask
        test: test_token.py:Token.test_is_obtained_once_stored_closed_and_rotated
    67 <SHA-256>
        gist: a heading
        note: a heading promises nothing by itself

An entry begins at the margin with its key, and a digest where it speaks of a text. It has one gist, in our own words,
and a test or a note: what proves it, or why nothing has to (with a test: why the rest of it is not ours)."""
import collections
import re

HEAD = re.compile(r"(?P<key>[A-Z]?\d+)(?: (?P<digest>[0-9a-f]{64}))?")
FIELD = re.compile(r" +(?P<name>gist|test|note): (?P<value>\S.*)")

Entry = collections.namedtuple("Entry", "key digest line gists tests notes")


def _faults_of(entry):
    if len(entry.gists) != 1:
        yield entry.line, f"{entry.key} has {len(entry.gists)} gists, and one is needed"
    if not entry.tests and not entry.notes:
        yield entry.line, f"{entry.key} has neither a test nor a note why it needs none"
    for test, count in collections.Counter(entry.tests).items():
        if count > 1:
            yield entry.line, f"{entry.key} names {test} twice"


def parse(text):
    """(entries in their order, [(line, what is wrong)])"""
    entries, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, field = HEAD.fullmatch(line), FIELD.fullmatch(line)
        if head:
            entries.append(Entry(head["key"], head["digest"], number, [], [], []))
        elif field and entries:
            getattr(entries[-1], field["name"] + "s").append(field["value"])
        else:
            faults.append((number, "neither 'KEY DIGEST' nor an indented 'gist:', 'test:' or 'note:'"))
    for entry in entries:
        faults += _faults_of(entry)
    for key, count in collections.Counter(entry.key for entry in entries).items():
        if count > 1:
            again = [entry.line for entry in entries if entry.key == key][1]
            faults.append((again, f"{key} has {count} entries, and one is needed"))
    return entries, sorted(faults)
