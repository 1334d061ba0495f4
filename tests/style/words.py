# SPDX-License-Identifier: Apache-2.0
"""Words, headers and layout: what a reader's eye would catch, caught by a machine."""
import os
import re
import subprocess

from source_text import CODE, bare, code_files, comments, line_of, read, walk

BANNED = [
    (r"\b(float|double|strto[df]|sto[df]|atof)\b", "no floating point in this tree"),
    (r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol)\s*\(", "unbounded or unchecked C call"),
    (r"\b(system|popen)\s*\(", "no shell"),
    (r"\bcurl_global_cleanup\b", "a module never takes curl from the host"),
    (r"\busing\s+namespace\s+std\s*;", "no using namespace std"),
    (r"\bnew\s+[A-Za-z_:(]", "no new: std::make_unique, or a value"),
    (r"(?<!=\s)\bdelete\b(?!\s*;)", "no delete"),
    (r"\b(abort\s*\(\s*\)|(_exit|quick_exit)\s*\()", "nothing ends the host's process"),
    (r"\bgoto\b", "no goto"),
]
# These are for a program's main alone, since a module must leave the process as it is.
MAIN_ONLY = [(r"\bsetlocale\s*\(", "setlocale"), (r"(?<![.\w])exit\s*\(", "exit")]
UNFINISHED = re.compile(r"\b(TODO|FIXME)\b")
# Forbidden names of folders: they say nothing, and gather everything.
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc"}
CODE_WIDTH = 100
SCRIPT_WIDTH = 120
SCRIPT_LINES_MAX = 100
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
TEXT = CODE + (".py", ".sh", ".txt", ".md", ".conf", ".ini", ".xml", ".po", ".in", ".map")


def is_script(root, path):
    if path.endswith(".sh"):
        return True
    if os.path.splitext(path)[1]:
        return False
    with open(os.path.join(root, path), "rb") as file:
        return file.readline().startswith(b"#!/bin/sh")


def scripts(root):
    return [path for path in walk(root) if is_script(root, path)]


def check_banned(root):
    for path in code_files(root):
        text = read(root, path)
        code = bare(text)
        rules = list(BANNED)
        if os.path.basename(path) != "main.cpp":
            rules += [(pattern, f"{name} is for a program's main.cpp") for pattern, name in MAIN_ONLY]
        if path.startswith("tests/"):  # some tests are about programs and their ends
            rules = [rule for rule in rules if not any(word in rule[1] for word in ("exit", "ends", "shell"))]
        if path.startswith(("module/i18n/", "tests/i18n/")):  # set_program_locale(), which a main calls
            rules = [rule for rule in rules if "setlocale" not in rule[1]]
        for pattern, reason in rules:
            for match in re.finditer(pattern, code):
                yield path, line_of(code, match.start()), f"{match.group().strip()}: {reason}"


def check_unfinished(root):
    for path in walk(root):
        if not path.endswith(TEXT) and path not in scripts(root) or path.startswith("tests/style/"):
            continue
        for number, line in enumerate(read(root, path).splitlines(), 1):
            if UNFINISHED.search(line):
                yield path, number, "unfinished: do it now, or open an issue"


def check_english(root):
    """Russian lives in string literals; a comment may quote it, but is English."""
    for path in code_files(root):
        text = read(root, path)
        code = bare(text)
        for match in CYRILLIC.finditer(code):
            yield path, line_of(code, match.start()), "Cyrillic outside of a string literal"
        for number, comment in comments(text):
            plain = re.sub(r'"[^"]*"|«[^»]*»', "", comment)
            if len(CYRILLIC.findall(plain)) > len(re.findall(r"[A-Za-z]", plain)):
                yield path, number, "a comment is English"


def check_layout(root):
    for path in walk(root):
        if not path.endswith(TEXT) and not is_script(root, path):
            continue
        text = read(root, path)
        if text and not text.endswith("\n"):
            yield path, text.count("\n") + 1, "no newline at the end"
        limit = CODE_WIDTH if path.endswith(CODE) else SCRIPT_WIDTH
        wide = not path.endswith((".md", ".po", ".xml", ".conf", ".ini"))
        for number, line in enumerate(text.split("\n"), 1):
            if line != line.rstrip():
                yield path, number, "blanks at the end of the line"
            if "\t" in line:
                yield path, number, "a tab"
            if wide and len(line) > limit:
                yield path, number, f"{len(line)} columns, {limit} are allowed"


def check_headers(root):
    for path in walk(root):
        commented = path.endswith(CODE + (".py", ".sh")) or path.endswith("CMakeLists.txt")
        if not commented and not is_script(root, path):
            continue
        first = read(root, path).split("\n", 3)[:3]
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in first[:2]):
            yield path, 1, "the first line names the licence: SPDX-License-Identifier: Apache-2.0"
        elif path.startswith("module/") and path.endswith(".h"):
            if not first[1].startswith("//") and not first[1].startswith(" *"):
                yield path, 2, "a header begins with its purpose and its threads"
            text = read(root, path)
            if "#pragma once" not in text and not path.startswith("module/include/"):
                yield path, 1, "no #pragma once"


def check_folders(root):
    for path in walk(root):
        for part in path.split("/")[:-1]:
            if part.lower() in EMPTY_NAMES:
                yield path, 1, f"a folder named {part} says nothing"
        name = os.path.basename(path)
        if path.endswith(CODE + (".py",)) and not re.fullmatch(r"[a-z0-9_]+\.\w+", name):
            yield path, 1, "files are named snake_case"


def _named_files(root, build):
    """What a build file names, as paths of the tree."""
    words = re.split(r"[\s()\"]+", re.sub(r"#.*", "", read(root, build)))
    folder = os.path.dirname(build)
    for word in words:
        word = word.replace("${CMAKE_CURRENT_SOURCE_DIR}/", "")
        whole = word.removeprefix("${PROJECT_SOURCE_DIR}/")
        yield whole if whole != word else os.path.normpath(os.path.join(folder, word))


def check_listed(root):
    """Every source is named in a build file; none is found by a pattern."""
    named = set()
    for path in walk(root, "module", "tests"):
        if path.endswith("CMakeLists.txt"):
            named.update(_named_files(root, path))
            if re.search(r"\bGLOB", re.sub(r"#.*", "", read(root, path))):
                yield path, 1, "files are listed by hand"
    for path in walk(root, "module", "tests"):
        if path.endswith((".c", ".cpp")) and path not in named:
            yield path, 1, "is in no CMakeLists.txt"


def check_format(root):
    files = code_files(root)
    done = subprocess.run(["clang-format", "--dry-run", *files], cwd=root, capture_output=True, text=True)
    first = {}
    for match in re.finditer(r"^([^\s:]+):(\d+):\d+: warning: code should be", done.stderr, re.M):
        first.setdefault(match.group(1), int(match.group(2)))
    for path, line in first.items():
        yield path, line, "not as .clang-format has it: run scripts/format"


def check_scripts(root):
    for path in scripts(root):
        text = read(root, path)
        if text.count("\n") >= SCRIPT_LINES_MAX:
            yield path, 1, f"a script has fewer than {SCRIPT_LINES_MAX} lines"
        maintainer = path.startswith("debian/")
        if not re.search(r"^set -e$" if maintainer else r"^set -eu$", text, re.M):
            yield path, 1, "a script begins with set -eu"
    done = subprocess.run(["shellcheck", "-f", "gcc", *scripts(root)], cwd=root, capture_output=True, text=True)
    for match in re.finditer(r"^(\S+?):(\d+):\d+: (.*)$", done.stdout, re.M):
        yield match.group(1), int(match.group(2)), match.group(3)


def check_workplace(root):
    """Nothing names the machine or the tools of whoever wrote it."""
    pattern = re.compile("/" + "work/|/" + r"home/\w+/|\b" + "shared/(design|rulings|seeds|specs|guides)")
    for path in walk(root):
        if path.endswith(TEXT) or is_script(root, path):
            for number, line in enumerate(read(root, path).splitlines(), 1):
                if pattern.search(line):
                    yield path, number, "names a place outside of this tree"
