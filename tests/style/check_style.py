# SPDX-License-Identifier: Apache-2.0
"""check_style.py ROOT CHECK…: prints file:line: what is wrong; exit code 1 if anything is."""
import sys

import catalogue
import functions
import layers
import words

CHECKS = {
    "layers": layers.check_layers,
    "links": layers.check_links,
    "libraries": layers.check_libraries,
    "functions": functions.check_functions,
    "banned": words.check_banned,
    "unfinished": words.check_unfinished,
    "english": words.check_english,
    "layout": words.check_layout,
    "headers": words.check_headers,
    "folders": words.check_folders,
    "listed": words.check_listed,
    "format": words.check_format,
    "scripts": words.check_scripts,
    "workplace": words.check_workplace,
    "catalogue": catalogue.check_catalogue,
}


def main(arguments):
    if len(arguments) < 3 or any(name not in CHECKS for name in arguments[2:]):
        print(f"usage: check_style.py ROOT CHECK…\nchecks: {' '.join(CHECKS)}", file=sys.stderr)
        return 2
    wrong = 0
    for name in arguments[2:]:
        for path, line, reason in CHECKS[name](arguments[1]):
            print(f"{path}:{line}: {reason}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
