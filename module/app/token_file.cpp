// SPDX-License-Identifier: Apache-2.0
#include "app/token_file.h"

#include <utility>

#include "base/files.h"
#include "config/ini.h"
#include "config/ini_writer.h"

namespace linuxcash::app {
namespace {

constexpr mode_t kSecretMode = 0600;
constexpr const char* kSection = "Main";
constexpr const char* kRegister = "regNum";
constexpr const char* kToken = "token";

// Without a token nobody can pay, and without this file a new one is asked for.
Error damaged(const Text& what) {
    return {
        ErrorCode::Damaged, tr("%1; если токен сброшен в личном кабинете, удалите файл и "
                               "перезапустите программу",
                               what)};
}

}  // namespace

TokenFile::TokenFile(std::filesystem::path path, std::string register_key)
    : path_(std::move(path)), register_key_(std::move(register_key)) {
}

Result<std::optional<Secret>> TokenFile::load() {
    remove_leftovers(path_);
    Result<config::Ini> ini = config::Ini::read(path_);
    if (!ini) {
        if (ini.error().code == ErrorCode::NotFound) return std::optional<Secret>{};
        if (ini.error().code != ErrorCode::InvalidInput) return ini.error();
        return damaged(ini.error().text);
    }
    const config::IniEntry* owner = ini->find(kSection, kRegister);
    const config::IniEntry* token = ini->find(kSection, kToken);
    if (owner == nullptr || token == nullptr || token->value.empty()) {
        return damaged(tr("%1: в файле нет regNum или token", path_.string()));
    }
    if (owner->value != register_key_) return std::optional<Secret>{};
    return std::optional<Secret>{Secret{token->value}};
}

Result<> TokenFile::save(const Secret& secret) {
    Result<std::string> text = config::edit_ini(
        "", {{kSection, kRegister, register_key_}, {kSection, kToken, secret.reveal()}},
        path_.string());
    if (!text) return text.error();
    return write_file(path_, *text, kSecretMode);
}

}  // namespace linuxcash::app
