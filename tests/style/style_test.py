# SPDX-License-Identifier: Apache-2.0
"""The checks find what they are for: each is shown a small tree with one thing wrong."""
import os
import sys
import tempfile
import unittest

import check_style

TABLE = """| folder | what | may include, besides itself and `base` |
|---|---|---|
| `include/linuxcash` | contract | nothing (C11) |
| `base` | values | the standard library |
| `core` | machines | – |
| `json` `log` | one library each | – (`log`: `core` for its port) |
| `gateways/x` | one system | `core`, `json` |
| `app` | all together | all above |
| `simulator` | to test against | `json`; never `core` |
"""
LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
HEADER = LICENCE + "// Purpose. Threads.\n#pragma once\n"


class Checks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.put("module/README.md", TABLE)

    def put(self, path, text):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)

    def found(self, check):
        return [f"{path}:{line}" for path, line, _ in check_style.CHECKS[check](self.root)]

    def test_a_folder_may_include_what_the_table_says(self):
        self.put("module/core/a.h", HEADER)
        self.put("module/json/a.h", HEADER)
        self.put("module/gateways/one/a.cpp", '#include "core/a.h"\n#include "json/a.h"\n')
        self.put("module/log/a.cpp", '#include "core/a.h"\n')
        self.put("module/app/a.cpp", '#include "gateways/one/a.h"\n#include "core/a.h"\n')
        self.put("module/gateways/one/a.h", HEADER)
        self.assertEqual(self.found("layers"), [])

    def test_a_folder_may_include_nothing_else(self):
        self.put("module/core/a.h", HEADER)
        self.put("module/gateways/two/a.h", HEADER)
        self.put("module/base/a.cpp", '\n#include "core/a.h"\n')
        self.put("module/json/a.cpp", '#include "core/a.h"\n')
        self.put("module/simulator/a.cpp", '#include "core/a.h"\n')
        self.put("module/gateways/one/a.cpp", '#include "gateways/two/a.h"\n')
        self.assertEqual(self.found("layers"), [
            "module/base/a.cpp:2", "module/gateways/one/a.cpp:1", "module/json/a.cpp:1", "module/simulator/a.cpp:1"])

    def test_a_folder_that_is_not_in_the_table_is_named(self):
        self.put("module/novel/a.cpp", "")
        self.assertEqual(self.found("layers"), ["module/novel/a.cpp:1"])

    def test_an_include_of_nothing_is_named(self):
        self.put("module/core/a.cpp", '#include "core/gone.h"\n')
        self.assertEqual(self.found("layers"), ["module/core/a.cpp:1"])

    def test_a_link_follows_the_table_too(self):
        self.put("module/core/CMakeLists.txt", "linuxcash_folder(core SOURCES a.cpp USES base json)\n")
        self.put("module/app/CMakeLists.txt", "linuxcash_folder(app SOURCES a.cpp USES core gateways_one)\n")
        self.assertEqual(self.found("links"), ["module/core/CMakeLists.txt:1"])

    def test_a_library_belongs_to_one_folder(self):
        self.put("module/json/a.cpp", "#include <nlohmann/json.hpp>\n#include <string>\n#include <sys/stat.h>\n")
        self.put("module/core/a.cpp", "#include <nlohmann/json.hpp>\n")
        self.put("module/app/a.cpp", "#include <boost/asio.hpp>\n")
        self.assertEqual(self.found("libraries"), ["module/app/a.cpp:1", "module/core/a.cpp:1"])

    def test_a_long_function_is_named(self):
        body = "    step();\n" * 59
        self.put("module/core/a.cpp", f"int good(int a) {{\n{body[:-12]}}}\nvoid bad(\n    int a) {{\n{body}}}\n")
        self.assertEqual(self.found("functions"), ["module/core/a.cpp:61"])

    def test_a_function_with_many_parameters_is_named(self):
        self.put("module/core/a.cpp", "\n".join([
            "void four(int a, std::map<int, int> b, int c, int d) {", "}",
            "void five(int a, int b, int c, int d, int e) const {", "}", ""]))
        self.assertEqual(self.found("functions"), ["module/core/a.cpp:3"])

    def test_deep_nesting_is_named(self):
        deep = "if (a) {\nfor (;;) {\nwhile (b) {\nif (c) {\n}\n}\n}\n}\n"
        three = deep.replace("if (c) {", "{", 1)
        self.put("module/core/a.cpp", f"void three() {{\n{three}}}\nvoid four() {{\n{deep}}}\n")
        self.assertEqual(self.found("functions"), ["module/core/a.cpp:11"])

    def test_banned_calls_are_named_and_their_words_in_texts_are_not(self):
        self.put("module/core/a.cpp", "\n".join([
            "double a;", "strcpy(a, b);", "system(a);", 'say("double system(");  // float', "auto a = new Thing;",
            "Thing(const Thing&) = delete;", "delete a;", "setlocale(LC_ALL, a);", "exit(1);", ""]))
        self.assertEqual([line.split(":")[1] for line in sorted(self.found("banned"))], list("1235789"))

    def test_a_main_may_set_the_locale(self):
        self.put("module/terminal/main.cpp", "setlocale(LC_CTYPE, a);\n")
        self.assertEqual(self.found("banned"), [])

    def test_unfinished_work_is_named(self):
        self.put("module/core/a.cpp", "\n// TO" + "DO later\n")
        self.assertEqual(self.found("unfinished"), ["module/core/a.cpp:2"])

    def test_russian_is_for_literals(self):
        self.put("module/core/a.cpp", 'say("Привет");  // says "Привет"\n// Здравствуй, мир\nint привет;\n')
        self.assertEqual(self.found("english"), ["module/core/a.cpp:3"] * 6 + ["module/core/a.cpp:2"])

    def test_layout_is_checked(self):
        self.put("module/core/a.cpp", "int a; \n\tint b;\n" + "/" * 101 + "\nint c;")
        self.assertEqual(sorted(self.found("layout")), [f"module/core/a.cpp:{line}" for line in (1, 2, 3, 4)])

    def test_headers_begin_with_licence_and_purpose(self):
        self.put("module/core/a.cpp", "int a;\n")
        self.put("module/core/b.h", LICENCE + "#pragma once\n")
        self.put("module/core/c.h", HEADER)
        self.assertEqual(self.found("headers"), ["module/core/a.cpp:1", "module/core/b.h:2"])

    def test_folders_have_names_that_say_something(self):
        self.put("module/utils/a.cpp", "")
        self.put("module/core/BadName.cpp", "")
        self.assertEqual(self.found("folders"), ["module/core/BadName.cpp:1", "module/utils/a.cpp:1"])

    def test_sources_are_in_the_build_file(self):
        self.put("module/core/CMakeLists.txt", "linuxcash_folder(core SOURCES a.cpp)  # b.cpp\n")
        self.put("module/core/a.cpp", "")
        self.put("module/core/b.cpp", "")
        self.put("tests/fakes/f.cpp", "")
        self.put("tests/core/CMakeLists.txt", "x(core SOURCES ${PROJECT_SOURCE_DIR}/tests/fakes/f.cpp)\n")
        self.assertEqual(self.found("listed"), ["module/core/b.cpp:1"])

    def test_a_build_file_uses_no_pattern(self):
        self.put("module/core/CMakeLists.txt", "file(GLOB sources *.cpp)\n")
        self.assertEqual(self.found("listed"), ["module/core/CMakeLists.txt:1"])

    def test_format_is_checked(self):
        self.put(".clang-format", "BasedOnStyle: Google\n")
        self.put("module/core/a.cpp", "int  a;\n")
        self.assertEqual(self.found("format"), ["module/core/a.cpp:1"])

    def test_scripts_are_strict_short_and_clean(self):
        self.put("scripts/good", "#!/bin/sh\nset -eu\necho\n")
        self.put("scripts/lax", "#!/bin/sh\necho\n")
        self.put("scripts/long", "#!/bin/sh\nset -eu\n" + "echo\n" * 99)
        self.put("scripts/wrong", "#!/bin/sh\nset -eu\necho $1\n")
        self.assertEqual(self.found("scripts"), ["scripts/lax:1", "scripts/long:1", "scripts/wrong:3"])

    def test_places_of_the_writers_machine_are_named(self):
        self.put("module/core/a.cpp", "// see /" + "work/main\n")
        self.assertEqual(self.found("workplace"), ["module/core/a.cpp:1"])

    def test_translations_are_in_step(self):
        self.put("module/core/a.cpp", 'tr("Первое");\ntr("Второе %1", a);\ntr("Третье"\n   " дальше");\n')
        entry = 'msgid "{}"\nmsgstr "{}"\n\n'
        self.put("module/i18n/po/en.po", 'msgid ""\nmsgstr "Language: en\\n"\n\n' + entry.format("Первое", "First")
                 + entry.format("Второе %1", "Second") + entry.format("Лишнее", "Extra"))
        self.assertEqual(self.found("catalogue"), [
            "module/i18n/po/en.po:1", "module/i18n/po/en.po:7", "module/i18n/po/en.po:10"])

    def test_a_complete_catalogue_is_fine(self):
        self.put("module/core/a.cpp", 'tr("Второе %1",\n   a);\n')
        self.put("module/i18n/po/en.po", '# comment\nmsgid "Второе %1"\nmsgstr ""\n"Second "\n"%1"\n')
        self.assertEqual(self.found("catalogue"), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
