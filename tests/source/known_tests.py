# SPDX-License-Identifier: Apache-2.0
"""What ctest runs in a build folder: names of CppUTest tests and of Python cases, and which of them are switched off.

A test counts as run when ctest starts its program whole: no filter among the arguments, not disabled, and the test
itself neither ignored nor skipped. That the programs passed is ctest's own affair."""
import importlib.util
import inspect
import json
import os
import re
import subprocess
import sys
import unittest

PATIENCE_S = 60
IGNORED = re.compile(r"\bIGNORE_TEST\(\s*(\w+)\s*,\s*(\w+)\s*\)")
# Arguments with which a CppUTest program runs a part of its tests, or only lists them.
FILTER = re.compile(r"-(x?s?[gnt]|l)|TEST\(|IGNORE_TEST\(")
SKIPS = re.compile(r"\bskipTest\b|\bSkipTest\b|\bskip(If|Unless)?\(")


def commands(build, ctest="ctest"):
    """[(name, command)] of the tests that ctest starts in that folder."""
    told = subprocess.run([ctest, "--test-dir", build, "--show-only=json-v1"], capture_output=True, text=True,
                          timeout=PATIENCE_S, check=True).stdout
    found = []
    for test in json.loads(told)["tests"]:
        properties = {one["name"]: one["value"] for one in test.get("properties", [])}
        if not properties.get("DISABLED"):
            found.append((test["name"], test.get("command", [])))
    return found


def is_unit_program(name, command):
    """Whether that test is a CppUTest program, as linuxcash_unit_tests() registers them; others know no -ln."""
    return name.startswith("unit/") and os.path.basename(command[0]).startswith("test_")


def names_in_program(program):
    """Names of the tests in a CppUTest program, as it lists them itself."""
    done = subprocess.run([program, "-ln"], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    return set(re.findall(r"\b\w+\.\w+\b", done.stdout))


def ignored(folder):
    """Names of the tests that the sources below that folder switch off: a program lists them like any other."""
    found = set()
    for top, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".cpp"):
                with open(os.path.join(top, name), encoding="utf-8") as file:
                    found.update(".".join(pair) for pair in IGNORED.findall(file.read()))
    return found


def _is_skipped(case):
    method = getattr(type(case), case._testMethodName)
    marked = [getattr(thing, mark, False) for thing in (method, type(case))
              for mark in ("__unittest_skip__", "__unittest_expecting_failure__")]
    prepared = [vars(kind)[name] for kind in type(case).__mro__ if kind.__module__ != "unittest.case"
                for name in ("setUp", "setUpClass") if name in vars(kind)]
    bodies = [method] + [getattr(one, "__func__", one) for one in prepared]
    return any(marked) or any(SKIPS.search(inspect.getsource(body)) for body in bodies)


def _cases(suite):
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from _cases(one)
        else:
            yield one


def cases_here(path):
    """'Class.method' → whether it is skipped; for a process of its own, since it loads the file."""
    sys.path.insert(0, os.path.dirname(path))
    spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(path))[0], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    loaded = unittest.defaultTestLoader.loadTestsFromModule(module)
    return {case.id().split(".", 1)[1]: _is_skipped(case) for case in _cases(loaded)}


def cases_in_file(path):
    done = subprocess.run([sys.executable, "-B", os.path.abspath(__file__), path], capture_output=True, text=True,
                          timeout=PATIENCE_S, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


class KnownTests:
    """Answers, for a name as maps write it, why it is not run; None when it is."""

    def __init__(self, build, sources, ctest="ctest"):
        self.programs = {}
        self.files = {}
        self.whole = set()
        for name, command in commands(build, ctest):
            self.whole.add(name)
            if not command:
                continue
            scripts = [part for part in command if part.endswith(".py")]
            if scripts:
                self.files[os.path.basename(scripts[0])] = scripts[0]
            elif is_unit_program(name, command) and not any(map(FILTER.match, command[1:])):
                self.programs[command[0]] = None
        self.ignored = ignored(sources)
        self.cases = {}

    def _in_programs(self):
        for program in self.programs:
            if self.programs[program] is None and os.path.exists(program):
                self.programs[program] = names_in_program(program)
        return set().union(*(names or () for names in self.programs.values()))

    def _why_not_case(self, name):
        file, _, case = name.partition(":")
        if file not in self.files:
            return f"ctest runs no {file}"
        if file not in self.cases:
            self.cases[file] = cases_in_file(self.files[file])
        if case not in self.cases[file]:
            return f"{file} has no {case}"
        return f"{name} is skipped" if self.cases[file][case] else None

    def why_not(self, name):
        if name.startswith("ctest:"):
            return None if name[6:] in self.whole else f"ctest has no {name[6:]}"
        if ".py:" in name:
            return self._why_not_case(name)
        if name in self.ignored:
            return f"{name} is ignored"
        return None if name in self._in_programs() else f"no program that ctest runs has {name}"


if __name__ == "__main__":
    print(json.dumps(cases_here(sys.argv[1])))
