# SPDX-License-Identifier: Apache-2.0
"""Files of the tree, and C or C++ text with its comments and literals taken apart."""
import os
import re

CODE = (".h", ".c", ".cpp")
# What is made, not written.
SKIPPED = re.compile(r"^(build.*|\.git|__pycache__|demo-root|data|seeds)$")

TOKEN = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r'|(?P<raw>R"(?P<mark>[^()\s]{0,16})\(.*?\)(?P=mark)")'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<char>(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+')",
    re.S)


def walk(root, *tops):
    """Paths below root (relative, sorted) in those folders; all of the tree when none is named."""
    found = []
    for top in tops or ("",):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = [name for name in folders if not SKIPPED.match(name)]
            found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(path for path in found if not path.endswith((".pyc", ".mo")))


def code_files(root, *tops):
    return [path for path in walk(root, *(tops or ("module", "tests"))) if path.endswith(CODE)]


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def bare(text):
    """The code alone: comments and the insides of literals are blanks, lines and columns stay."""
    def replace(match):
        whole = match.group(0)
        if match.lastgroup == "comment" or match.group("comment"):
            return _blank(whole)
        return whole[0] + _blank(whole[1:-1]) + whole[-1]
    return TOKEN.sub(replace, text)


def comments(text):
    """(line, comment) for each comment."""
    return [(text.count("\n", 0, match.start()) + 1, match.group("comment"))
            for match in TOKEN.finditer(text) if match.group("comment")]


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
