# SPDX-License-Identifier: Apache-2.0
"""Sizes of functions, found by their braces: lines, parameters, nesting."""
import re

from source_text import bare, code_files, line_of, read

LINES_MAX = 60
PARAMETERS_MAX = 4
NESTING_MAX = 3

CONTROL = re.compile(r"\b(if|for|while|switch|else|do|try|catch)\b")
NOT_FUNCTION = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b[^()]*$|^TEST_GROUP")
TAIL = re.compile(
    r"\)\s*(const|noexcept|override|final|mutable|&|&&|LC_NOEXCEPT|\s)*(->\s*[\w:<>,&*\s\[\]]+)?\s*"
    r"(:\s*[\w:<>]+[({].*)?$", re.S)


def _head(code, brace):
    """The text of the statement that opens this brace, and where it begins."""
    depth = 0
    start = brace
    while start > 0:
        character = code[start - 1]
        if character in ")]":
            depth += 1
        elif character in "([":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and character in ";{}":
            break
        start -= 1
    text = code[start:brace]
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("#")]
    begin = start + (len(text) - len(text.lstrip()))
    return "\n".join(lines).strip(), begin


def _kind(head):
    if NOT_FUNCTION.search(head) or head.endswith(("=", "return", ",", "(")):
        return "other"
    if CONTROL.match(head) or head in ("else", "do", "try") or re.match(r"(case|default)\b", head):
        return "control"
    if re.search(r"\]\s*(\([^{]*\))?\s*(mutable|noexcept|\s)*(->[^{]*)?$", head):
        return "lambda"
    return "function" if TAIL.search(head) and "(" in head else "other"


def parameters(head):
    """How many there are in the first parenthesis of a function's head."""
    opening = head.index("(")
    if head[:opening].rstrip().endswith("operator"):
        opening = head.index("(", opening + 2)
    depth, angles, count, text = 0, 0, 1, ""
    for character in head[opening + 1:]:
        if character in "([{":
            depth += 1
        elif character in ")]}":
            if depth == 0:
                break
            depth -= 1
        elif character == "<":
            angles += 1
        elif character == ">":
            angles -= 1
        elif character == "," and depth == 0 and angles == 0:
            count += 1
        text += character
    return 0 if text.strip() in ("", "void") else count


def blocks(code):
    """(kind, head, first line, last line, nesting) of every function, nesting being its deepest control block."""
    stack, found = [], []
    for match in re.finditer(r"[{}]", code):
        if match.group() == "{":
            head, begin = _head(code, match.start())
            stack.append([_kind(head), head, begin, 0])
        elif stack:
            kind, head, begin, nesting = stack.pop()
            if kind == "function":
                found.append((head, line_of(code, begin), line_of(code, match.start()), nesting))
            elif stack:
                stack[-1][3] = max(stack[-1][3], nesting + (kind in ("control", "lambda")))
    return found


def check_functions(root):
    for path in code_files(root):
        code = bare(read(root, path))
        for head, first, last, nesting in blocks(code):
            name = head.split("(")[0].split()[-1] if head.split("(")[0].split() else head
            if last - first + 1 > LINES_MAX:
                yield path, first, f"{name} has {last - first + 1} lines, {LINES_MAX} are allowed"
            if parameters(head) > PARAMETERS_MAX and not head.startswith(("TEST(", "extern")):
                yield path, first, f"{name} has {parameters(head)} parameters, {PARAMETERS_MAX} are allowed"
            if nesting > NESTING_MAX:
                yield path, first, f"{name} nests {nesting} deep, {NESTING_MAX} is allowed"
