// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_commands.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/assignments.h"
#include "cli/module_access.h"
#include "cli/settings_file.h"
#include "config/ncash.h"
#include "driver/settings.h"
#include "links/address.h"

namespace linuxcash::cli {

namespace {

constexpr std::string_view kPos = "pos";
constexpr std::string_view kPlugin = "plugin.";
constexpr std::string_view kHidden = "***";
constexpr std::size_t kAssignmentsMax = 1000;

struct Asked {
    std::vector<Assignment> assignments;
    bool open_to_others = false;  // they came on the command line, which others can see
};

// The words behind the system's name, or the lines of standard input. Nullopt: said what was wrong.
std::optional<Asked> read_assignments(const Invocation& invocation, Console& console) {
    std::vector<std::string> words(invocation.words.begin() + 1, invocation.words.end());
    const bool from_stdin = invocation.has("stdin");
    if (from_stdin == !words.empty()) {
        console.wrong(tr("нужны либо КЛЮЧ=ЗНАЧЕНИЕ, либо --stdin"));
        return std::nullopt;
    }
    while (from_stdin && words.size() <= kAssignmentsMax) {
        const auto line = console.line();
        if (!line) break;
        words.push_back(*line);
    }
    Asked asked{{}, !from_stdin};
    for (std::size_t index = 0; index < words.size(); ++index) {
        if (from_stdin && (words[index].empty() || words[index].front() == '#')) continue;
        const auto assignment = parse_assignment(words[index]);
        if (!assignment || index >= kAssignmentsMax) {
            console.wrong(tr("%1-е значение: ожидается КЛЮЧ=ЗНАЧЕНИЕ", index + 1));
            return std::nullopt;
        }
        asked.assignments.push_back(*assignment);
    }
    return asked;
}

std::vector<config::IniChange> changes_for(const std::vector<Change>& changes, SettingFile file) {
    std::vector<config::IniChange> found;
    for (const Change& change : changes)
        if (change.setting->file == file)
            found.push_back({change.setting->section, change.setting->key, change.value});
    return found;
}

Result<> switch_plugin(const Places& places, const std::string& module, const std::string& value) {
    return change_settings(
        places.feature(module), {{"plugins", module, value}}, kOpenFile, tree_owner(places));
}

Exit set_module(
    const Invocation& invocation, const std::string& module, const Asked& asked, Console& console) {
    const Places& places = invocation.places;
    const auto description = describe_module(places, module);
    if (!description) return console.failed(description.error());
    const config::Schema schema = schema_of(*description);
    const auto changes = checked_changes(schema, asked.assignments, config::value_fault);
    if (!changes) return console.failed(changes.error());
    const auto secrets = changes_for(*changes, SettingFile::Secrets);
    if (asked.open_to_others && !secrets.empty())
        console.note(tr(
            "%1: секрет в командной строке видят другие программы, передавайте его через --stdin",
            secrets.front().key));

    const auto owner = tree_owner(places);
    auto done = change_settings(places.secrets(module), secrets, kSecretFile, owner);
    if (done)
        done = change_settings(
            places.settings(module), changes_for(*changes, SettingFile::Settings), kOpenFile,
            owner);
    if (done) done = switch_plugin(places, module, "on");
    return done ? Exit::Done : console.failed(done.error());
}

// The switches "plugin.NAME=on|off", taken out of the assignments.
Result<std::vector<Assignment>> take_switches(std::vector<Assignment>& assignments) {
    std::vector<Assignment> switches;
    std::vector<Assignment> rest;
    for (const Assignment& assignment : assignments) {
        if (!assignment.key.starts_with(kPlugin)) {
            rest.push_back(assignment);
            continue;
        }
        const std::string module = assignment.key.substr(kPlugin.size());
        if (module.empty() || module.find('/') != std::string::npos || module.front() == '.')
            return Error{ErrorCode::InvalidInput, tr("%1: нет имени системы", assignment.key)};
        if (assignment.value != "on" && assignment.value != "off")
            return Error{
                ErrorCode::InvalidInput, tr("%1: допустимо одно из: on, off", assignment.key)};
        switches.push_back({module, assignment.value});
    }
    assignments = rest;
    return switches;
}

Exit set_pos(const Invocation& invocation, Asked asked, Console& console) {
    const Places& places = invocation.places;
    const auto switches = take_switches(asked.assignments);
    if (!switches) return console.failed(switches.error());
    const config::Schema schema = config::ncash_schema();
    const auto changes = checked_changes(schema, asked.assignments, config::ncash_fault);
    if (!changes) return console.failed(changes.error());
    auto done = change_settings(
        places.ncash(), changes_for(*changes, SettingFile::Settings), kOpenFile,
        tree_owner(places));
    for (const Assignment& one : *switches)
        if (done) done = switch_plugin(places, one.key, one.value);
    return done ? Exit::Done : console.failed(done.error());
}

// ---- The receipt printer ----

// "printer" → its section, "printer:kitchen" → "printer kitchen"; nullopt: no printer is meant.
std::optional<std::string> printer_section(const std::string& system) {
    const std::string word(config::kReceiptPrinter);
    if (system == word) return word;
    if (!system.starts_with(word + ":") || system.size() == word.size() + 1) return std::nullopt;
    return word + " " + system.substr(word.size() + 1);
}

// What a printer's setting means is known here, before it is written.
std::optional<Text> printer_fault(
    const Places& places, const Setting& setting, std::string_view value) {
    if (auto fault = config::value_fault(setting, value)) return fault;
    if (setting.key == "device" && !value.empty()) {
        const auto address = links::parse_address(value);
        if (!address) return address.error().text;
    }
    if (setting.key == "model") {
        const auto model = driver::read_model(places, value);
        if (!model) return model.error().text;
    }
    return std::nullopt;
}

Exit set_printer(
    const Invocation& invocation, const std::string& section, const Asked& asked,
    Console& console) {
    const Places& places = invocation.places;
    const config::Schema schema = config::printer_schema(section);
    const auto changes = checked_changes(
        schema, asked.assignments, [&places](const Setting& setting, std::string_view value) {
            return printer_fault(places, setting, value);
        });
    if (!changes) return console.failed(changes.error());
    const auto done = change_settings(
        places.feature("hw_printer"), changes_for(*changes, SettingFile::Settings), kOpenFile,
        tree_owner(places));
    return done ? Exit::Done : console.failed(done.error());
}

// Shows what the files say: one setting, or all of them; a secret that is set as ***.
Exit show(
    const config::Schema& schema, const config::Settings& settings, const Invocation& invocation,
    Console& console) {
    const auto shown = [&settings](const Setting& setting) {
        const std::string& value = settings.text(setting.section, setting.key);
        const bool hidden = setting.file == SettingFile::Secrets && !value.empty();
        return hidden ? std::string(kHidden) : value;
    };
    if (invocation.words.size() == 2) {
        const auto setting = named_setting(schema, invocation.words[1]);
        if (!setting) return console.failed(setting.error());
        console.result(shown(**setting));
        return Exit::Done;
    }
    for (const Setting& setting : schema)
        console.result(setting.key + "=" + shown(setting));
    return Exit::Done;
}

Exit get_module(const Invocation& invocation, const std::string& module, Console& console) {
    const Places& places = invocation.places;
    const auto description = describe_module(places, module);
    if (!description) return console.failed(description.error());
    const config::Schema schema = schema_of(*description);
    auto settings = config::read_settings(places.settings(module), schema);
    if (!settings) return console.failed(settings.error());
    const auto secrets =
        config::read_settings(places.secrets(module), schema, SettingFile::Secrets);
    if (!secrets) return console.failed(secrets.error());
    for (const Text& warning : settings->warnings)
        console.note(warning);
    settings->settings.merge(secrets->settings);
    return show(schema, settings->settings, invocation, console);
}

std::string plugin_state(const Places& places, const std::string& module) {
    const auto settings =
        config::read_settings(places.feature(module), config::plugin_schema(module));
    return settings ? settings->settings.text("plugins", module) : "?";
}

Exit get_pos(const Invocation& invocation, Console& console) {
    const Places& places = invocation.places;
    if (invocation.words.size() == 2 && invocation.words[1].starts_with(kPlugin)) {
        console.result(plugin_state(places, invocation.words[1].substr(kPlugin.size())));
        return Exit::Done;
    }
    const auto settings = read_pos_settings(places);
    if (!settings) return console.failed(settings.error());
    for (const Text& warning : settings->warnings)
        console.note(warning);
    const Exit exit = show(config::ncash_schema(), settings->settings, invocation, console);
    if (exit != Exit::Done || invocation.words.size() == 2) return exit;
    for (const std::string& module : switched_modules(places))
        console.result(std::string(kPlugin) + module + "=" + plugin_state(places, module));
    return Exit::Done;
}

// Other printers of the same file are not what was asked for: nothing is said of them.
Exit get_printer(const Invocation& invocation, const std::string& section, Console& console) {
    const std::filesystem::path path = invocation.places.feature("hw_printer");
    auto ini = config::Ini::read(path);
    if (!ini && ini.error().code == ErrorCode::NotFound) ini = config::Ini::parse("", path);
    if (!ini) return console.failed(ini.error());
    const auto& entries = ini->entries();
    const bool known = std::any_of(
        entries.begin(), entries.end(),
        [&section](const config::IniEntry& entry) { return entry.section == section; });
    if (!known && section != config::kReceiptPrinter) {
        return console.failed(tr("в %1 нет раздела [%2]", path.native(), section));
    }
    const config::Schema schema = config::printer_schema(section);
    const auto settings = config::apply_schema(*ini, schema);
    if (!settings) return console.failed(settings.error());
    return show(schema, settings->settings, invocation, console);
}

}  // namespace

Exit set_settings(const Invocation& invocation, Console& console) {
    const auto asked = read_assignments(invocation, console);
    if (!asked) return Exit::WrongUse;
    if (const auto tree = check_tree(invocation.places); !tree) return console.failed(tree.error());
    const std::string& system = invocation.words.front();
    if (system == kPos) return set_pos(invocation, *asked, console);
    if (const auto section = printer_section(system))
        return set_printer(invocation, *section, *asked, console);
    return set_module(invocation, system, *asked, console);
}

Exit get_settings(const Invocation& invocation, Console& console) {
    if (const auto tree = check_tree(invocation.places); !tree) return console.failed(tree.error());
    const std::string& system = invocation.words.front();
    if (system == kPos) return get_pos(invocation, console);
    if (const auto section = printer_section(system))
        return get_printer(invocation, *section, console);
    return get_module(invocation, system, console);
}

}  // namespace linuxcash::cli
