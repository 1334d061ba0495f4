# SPDX-License-Identifier: Apache-2.0
"""Who may include whom (read from the table in module/README.md), and which folder owns which library."""
import os
import re

from source_text import code_files, read

# Headers of outside libraries, and the folders or files that may know them.
LIBRARIES = [
    (r"nlohmann/", ["json/"]),
    (r"curl/", ["http/"]),
    (r"sqlite3\.h", ["store/"]),
    (r"ini\.h", ["config/"]),
    (r"spdlog/|fmt/", ["log/"]),
    (r"qrencode\.h", ["qr/"]),
    (r"libusb-1\.0/", ["links/"]),
    (r"tinyxml2\.h", ["xml/"]),
    (r"png\.h", ["paper/"]),
    (r"ft2build\.h", ["paper/glyph_table.cpp"]),  # a program of the build
    (r"libintl\.h", ["i18n/"]),
    (r"openssl/", ["crypto/", "http/", "simulator/"]),  # http: PKCS#12; simulator: cpp-httplib needs it
    (r"httplib\.h", ["simulator/"]),
    (r"boost/program_options", ["terminal/main.cpp", "cli/main.cpp", "simulator/main.cpp"]),
]
SYSTEM = re.compile(
    r"(sys|netinet|arpa|linux)/\w+\.h|(dirent|dlfcn|errno|fcntl|fnmatch|ftw|getopt|grp|iconv|limits|locale|netdb|poll|"
    r"pthread|pwd|sched|signal|spawn|std\w+|string|termios|time|unistd|inttypes)\.h")
STANDARD = re.compile(r"[a-z_]+")


def table(root):
    """Folder → the set of folders that it may include; 'gateways/x' stands for every gateway."""
    rows = [line for line in read(root, "module/README.md").splitlines() if line.startswith("| `")]
    allowed = {}
    for row in rows:
        names, _, rule = [cell.strip() for cell in row.strip("|").split("|")]
        rule = rule.split(";")[0]
        above = {name for name in allowed}
        exceptions = dict(re.findall(r"\(`(\w+)`: `(\w+)`", rule))
        listed = set(re.findall(r"`([\w/]+)`", re.sub(r"\(`\w+`: .*?\)", "", rule)))
        for name in re.findall(r"`([\w/]+)`", names):
            name = "include" if name == "include/linuxcash" else name
            may = above if "all above" in rule else listed
            base = set() if rule.startswith("nothing") else {"base"}
            allowed[name] = set(may) | base | ({exceptions[name]} if name in exceptions else set())
    return allowed


def folder_of(path):
    """'module/gateways/oplati/wire.h' → 'gateways/oplati'; a folder of folders has two names."""
    parts = path.split("/")[1:-1]
    return "/".join(parts[:2]) if parts[:1] in (["gateways"], ["loyalty"]) else "/".join(parts[:1])


def general(folder):
    return re.sub(r"^(gateways|loyalty)/.*", r"\1/x", folder)


def _target(root, path, name):
    """The folder that #include "name" in `path` means; None when there is no such file."""
    if name.startswith("linuxcash/") or name.startswith("include/"):
        return "include"
    if os.path.exists(os.path.join(root, "module", name)):
        return folder_of("module/" + name)
    beside = os.path.join(os.path.dirname(path), name)
    if os.path.exists(os.path.join(root, beside)) or name.endswith(("version.h", "glyph_table.inc")):
        return folder_of(path)
    return None


def _permitted(allowed, user, used):
    return used == user or general(used) in allowed.get(general(user), set()) or (
        general(used) != used and general(used) in allowed.get(general(user), set()))


def check_layers(root):
    allowed = table(root)
    for path in code_files(root, "module"):
        user = folder_of(path)
        if general(user) not in allowed:
            yield path, 1, f"folder {user} is not in the table of module/README.md"
            continue
        for number, line in enumerate(read(root, path).splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+(?:"([^"]+)"|<(linuxcash/[^>]+)>)', line)
            if not match:
                continue
            name = match.group(1) or match.group(2)
            used = _target(root, path, name)
            if used is None:
                yield path, number, f"{name} is in no folder of module/"
            elif not _permitted(allowed, user, used):
                yield path, number, f"{user} may not include {used} (table in module/README.md)"


def check_links(root):
    """What linuxcash_folder(… USES …) links must be permitted, too."""
    allowed = table(root)
    for folder, _, names in os.walk(os.path.join(root, "module")):
        if "CMakeLists.txt" not in names:
            continue
        path = os.path.relpath(os.path.join(folder, "CMakeLists.txt"), root)
        text = re.sub(r"#.*", "", read(root, path))
        for call in re.findall(r"linuxcash_folder\(([^)]*)\)", text):
            user = folder_of(path)
            uses = re.search(r"\bUSES\b(.*?)(?:\bLIBRARIES\b|\bSOURCES\b|$)", call, re.S)
            for used in uses.group(1).split() if uses else []:
                used = re.sub(r"^(gateways|loyalty)_", r"\1/", used)
                if not _permitted(allowed, user, used):
                    yield path, 1, f"{user} may not link {used} (table in module/README.md)"


def check_libraries(root):
    """One outside library, one folder."""
    for path in code_files(root, "module"):
        for number, line in enumerate(read(root, path).splitlines(), 1):
            match = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
            if not match or match.group(1).startswith("linuxcash/"):
                continue
            name = match.group(1)
            owners = [where for pattern, where in LIBRARIES if re.match(pattern, name)]
            if owners and not any(path.startswith("module/" + owner) for owner in owners[0]):
                yield path, number, f"<{name}> belongs to {', '.join(owners[0])} alone"
            if not owners and not STANDARD.fullmatch(name) and not SYSTEM.fullmatch(name):
                yield path, number, f"<{name}> is of a library that no folder owns"
