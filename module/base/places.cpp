// SPDX-License-Identifier: Apache-2.0
#include "base/places.h"

#include <cstdlib>
#include <system_error>
#include <utility>

namespace linuxcash {

namespace {

constexpr const char* kRootVariable = "LINUXCASH_ROOT";
constexpr const char* kInstalledRoot = "/linuxcash";

std::filesystem::path named(std::string_view name, std::string_view ending) {
    return std::string(name).append(ending);
}

// Absolute, so that a later change of the working directory moves nothing.
std::filesystem::path settled(const std::filesystem::path& root) {
    std::error_code failure;
    std::filesystem::path whole = std::filesystem::absolute(root, failure).lexically_normal();
    if (failure) return root;
    return whole.has_filename() || whole == whole.root_path() ? whole : whole.parent_path();
}

}  // namespace

Places::Places(std::filesystem::path root) : root_(settled(root)) {
}

Places Places::choose(const std::optional<std::string>& root_option) {
    if (root_option) return Places(*root_option);
    const char* variable = std::getenv(kRootVariable);
    if (variable != nullptr && *variable != '\0') return Places(variable);
    return Places(kInstalledRoot);
}

std::filesystem::path Places::module_folder(std::string_view module) const {
    return root_ / "cash" / "paysystems" / module;
}

std::filesystem::path Places::settings(std::string_view module) const {
    return module_folder(module) / named(module, ".conf");
}

std::filesystem::path Places::secrets(std::string_view module) const {
    return module_folder(module) / "secrets.conf";
}

std::filesystem::path Places::token(std::string_view module) const {
    return module_folder(module) / "token.conf";
}

std::filesystem::path Places::data() const {
    return root_ / "cash" / "data";
}

std::filesystem::path Places::module_data() const {
    return data() / "paysystems";
}

std::filesystem::path Places::journal(std::string_view module) const {
    return module_data() / named(module, ".journal");
}

std::filesystem::path Places::lock(std::string_view module) const {
    return module_data() / named(module, ".lock");
}

std::filesystem::path Places::reserve(std::string_view module) const {
    return module_data() / named(module, ".reserve");
}

std::filesystem::path Places::till() const {
    return data() / "till.db";
}

std::filesystem::path Places::till_lock() const {
    return data() / "till.lock";
}

std::filesystem::path Places::ncash() const {
    return root_ / "cash" / "conf" / "ncash.ini";
}

std::filesystem::path Places::printers() const {
    return root_ / "cash" / "conf" / "printers.ini";
}

std::filesystem::path Places::feature(std::string_view feature) const {
    return root_ / "cash" / "conf" / "ncash.ini.d" / named(feature, ".ini");
}

std::filesystem::path Places::sales(std::string_view desk) const {
    return root_ / "cash" / "exchange" / ("sale" + std::string(desk));
}

std::filesystem::path Places::reports() const {
    return root_ / "cash" / "reports";
}

std::filesystem::path Places::logs() const {
    return root_ / "logs" / "current";
}

std::filesystem::path Places::terminal_log() const {
    return logs() / "terminal.log";
}

}  // namespace linuxcash
