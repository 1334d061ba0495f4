# SPDX-License-Identifier: Apache-2.0
"""Translations in step with the sources: every msgid of tr("…") is in en.po, translated, with the same arguments."""
import os
import re
import subprocess
import tempfile

from source_text import code_files, read

CATALOGUE = "module/i18n/po/en.po"


def _entries(text):
    """msgid → (line, msgstr, fuzzy) of a po file."""
    entries, fuzzy, field, values, line = {}, False, None, {}, 0

    def flush():
        if values.get("msgid"):
            entries[values["msgid"]] = (line, values.get("msgstr", ""), fuzzy)

    for number, row in enumerate(text.splitlines() + [""], 1):
        match = re.match(r'(?:(msgid|msgstr) )?"(.*)"$', row)
        if match and (match.group(1) or field):
            if match.group(1) == "msgid":
                flush()
                values, line = {}, number
            field = match.group(1) or field
            values[field] = values.get(field, "") + match.group(2)
        elif row.startswith("#,"):
            flush()
            values, fuzzy = {}, "fuzzy" in row
        elif not row.strip():
            flush()
            values, fuzzy, field = {}, False, None
    return entries


def _collected(root):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "all.pot")
        subprocess.run(["xgettext", "--from-code=UTF-8", "-C", "-k", "-ktr:1", "--no-wrap", "-o", output,
                        *[path for path in code_files(root, "module") if path.endswith((".cpp", ".h"))]],
                       cwd=root, check=True, capture_output=True)
        if not os.path.exists(output):
            return {}
        with open(output, encoding="utf-8") as file:
            return _entries(file.read())


def check_catalogue(root):
    if not os.path.exists(os.path.join(root, CATALOGUE)):
        yield CATALOGUE, 1, "is missing"
        return
    wanted, have = _collected(root), _entries(read(root, CATALOGUE))
    for msgid in wanted:
        if msgid not in have:
            yield CATALOGUE, 1, f"has no translation of: {msgid}"
    for msgid, (line, msgstr, fuzzy) in have.items():
        if msgid not in wanted:
            yield CATALOGUE, line, f"translates what nobody says: {msgid}"
        elif fuzzy or not msgstr:
            yield CATALOGUE, line, f"not translated: {msgid}"
        elif sorted(re.findall(r"%\d", msgid)) != sorted(re.findall(r"%\d", msgstr)):
            yield CATALOGUE, line, f"other arguments than: {msgid}"
