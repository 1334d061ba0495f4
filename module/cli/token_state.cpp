// SPDX-License-Identifier: Apache-2.0
#include "cli/token_state.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "cli/module_access.h"
#include "cli/operation_view.h"
#include "cli/settings_file.h"
#include "config/ini.h"

namespace linuxcash::cli {

namespace {

// The names that every module with a token gives these.
constexpr std::string_view kRegisterKey = "regNum";
constexpr std::string_view kPasswordKey = "password";
constexpr const char* kTokenSection = "Main";
constexpr const char* kTokenKey = "token";
constexpr unsigned kPermissionBits = 07777;
constexpr unsigned kOthersBits = 077;
constexpr std::int64_t kMsPerSecond = 1000;

constexpr std::array kNames{
    std::pair{TokenCondition::Tokenless, std::string_view{"tokenless"}},
    std::pair{TokenCondition::Unconfigured, std::string_view{"unconfigured"}},
    std::pair{TokenCondition::PasswordMode, std::string_view{"password_mode"}},
    std::pair{TokenCondition::Ready, std::string_view{"ready"}},
    std::pair{TokenCondition::Missing, std::string_view{"missing"}},
    std::pair{TokenCondition::OtherRegister, std::string_view{"other_register"}},
    std::pair{TokenCondition::Damaged, std::string_view{"damaged"}},
    std::pair{TokenCondition::Exposed, std::string_view{"exposed"}},
    std::pair{TokenCondition::WrongOwner, std::string_view{"wrong_owner"}},
    std::pair{TokenCondition::Unreadable, std::string_view{"unreadable"}},
};

const Setting* find(const config::Schema& schema, std::string_view key) {
    const auto found =
        std::ranges::find_if(schema, [&](const Setting& setting) { return setting.key == key; });
    return found == schema.end() ? nullptr : &*found;
}

std::string owner_name(uid_t user, gid_t group) {
    const passwd* known_user = ::getpwuid(user);
    const ::group* known_group = ::getgrgid(group);
    std::string text = known_user != nullptr ? known_user->pw_name : std::to_string(user);
    text += ":";
    return text + (known_group != nullptr ? known_group->gr_name : std::to_string(group));
}

// Of a file that is there and is a file.
TokenCondition read_token_file(TokenState& state) {
    const auto ini = config::Ini::read(state.path);
    // Its error could quote a line of the file, and so the token.
    if (!ini) {
        return ini.error().code == ErrorCode::Denied ? TokenCondition::Unreadable
                                                     : TokenCondition::Damaged;
    }
    const config::IniEntry* owner = ini->find(kTokenSection, std::string(kRegisterKey));
    const config::IniEntry* token = ini->find(kTokenSection, kTokenKey);
    if (owner == nullptr || token == nullptr || token->value.empty())
        return TokenCondition::Damaged;
    state.token_register = owner->value;
    return owner->value == state.register_number ? TokenCondition::Ready
                                                 : TokenCondition::OtherRegister;
}

TokenCondition look_at_file(const Places& places, TokenState& state) {
    struct stat file {};
    if (::lstat(state.path.c_str(), &file) != 0)
        return errno == ENOENT ? TokenCondition::Missing : TokenCondition::Unreadable;
    state.exists = true;
    state.owner = owner_name(file.st_uid, file.st_gid);
    state.permissions = file.st_mode & kPermissionBits;
    state.changed_ms = std::int64_t{file.st_mtime} * kMsPerSecond;
    if (!S_ISREG(file.st_mode)) return TokenCondition::Damaged;
    const TokenCondition read = read_token_file(state);
    if (read != TokenCondition::Ready) return read;
    struct stat data {};
    if (::stat(places.data().c_str(), &data) == 0 && data.st_uid != file.st_uid) {
        state.due_owner = owner_name(data.st_uid, data.st_gid);
        return TokenCondition::WrongOwner;
    }
    return (state.permissions & kOthersBits) != 0 ? TokenCondition::Exposed : TokenCondition::Ready;
}

// Register number and mode, as the settings have them.
Result<> read_mode(const Places& places, const config::Schema& schema, TokenState& state) {
    const Setting* number = find(schema, kRegisterKey);
    if (number == nullptr) return Done{};
    state.mode = "token";
    const auto settings = config::read_settings(places.settings(state.system), schema);
    if (!settings) return settings.error();
    state.register_number = settings->settings.text(number->section, number->key);
    const Setting* password = find(schema, kPasswordKey);
    if (password == nullptr) return Done{};
    const auto secrets =
        config::read_settings(places.secrets(state.system), schema, SettingFile::Secrets);
    if (!secrets) return secrets.error();
    if (!secrets->settings.text(password->section, password->key).empty()) state.mode = "password";
    return Done{};
}

}  // namespace

std::string_view name(TokenCondition condition) {
    const auto found =
        std::ranges::find_if(kNames, [&](const auto& each) { return each.first == condition; });
    return found == kNames.end() ? std::string_view() : found->second;
}

// "0600"
std::string octal(unsigned permissions) {
    constexpr unsigned kBase = 8;
    std::string digits;
    for (unsigned rest = permissions; rest != 0; rest /= kBase)
        digits.insert(digits.begin(), static_cast<char>('0' + rest % kBase));
    return "0" + digits;
}

bool TokenState::troubled() const {
    return condition == TokenCondition::Unconfigured || condition == TokenCondition::Damaged
           || condition == TokenCondition::WrongOwner;
}

Result<TokenState> token_state(const Places& places, const std::string& system) {
    const auto description = describe_module(places, system);
    if (!description) return description.error();
    TokenState state;
    state.system = system;
    state.path = places.token(system).string();
    if (auto mode = read_mode(places, schema_of(*description), state); !mode) return mode.error();
    const TokenCondition of_file = look_at_file(places, state);
    if (state.mode.empty()) {
        state.condition = TokenCondition::Tokenless;
    } else if (state.register_number.empty()) {
        state.condition = TokenCondition::Unconfigured;
    } else if (state.mode == "password") {
        state.condition = TokenCondition::PasswordMode;
    } else {
        state.condition = of_file;
    }
    return state;
}

Text advice(const TokenState& state) {
    const std::string& system = state.system;
    switch (state.condition) {
        case TokenCondition::Tokenless:
            return tr("ничего: эта система работает без токена");
        case TokenCondition::Unconfigured:
            return tr("укажите номер кассы: paysysctl set %1 regNum=НОМЕР", system);
        case TokenCondition::PasswordMode:
            return tr("ничего: касса работает с паролем, токен не нужен");
        case TokenCondition::Ready:
            return tr(
                "ничего. Если касса пишет, что нужно получить новый токен: сбросьте токен кассы в "
                "личном кабинете и выполните paysysctl token reset %1. Если касса пишет, что токен "
                "уже существует: сбросьте токен кассы в личном кабинете, после этого работа "
                "продолжится сама",
                system);
        case TokenCondition::Missing:
            return tr(
                "ничего: токен будет получен при первой операции. Если касса пишет, что токен уже "
                "существует: сбросьте токен кассы в личном кабинете, после этого работа "
                "продолжится "
                "сама");
        case TokenCondition::OtherRegister:
            return tr(
                "проверьте regNum (paysysctl get %1 regNum): токен в файле принадлежит кассе %2 и "
                "не используется; с этим regNum касса получит новый при первой операции",
                system, state.token_register);
        case TokenCondition::Damaged:
            return tr(
                "файл не читается как токен: сбросьте токен кассы в личном кабинете и выполните "
                "paysysctl token reset %1",
                system);
        case TokenCondition::Exposed:
            return tr("закройте файл от других: chmod 600 %1", state.path);
        case TokenCondition::WrongOwner:
            return tr("верните файл пользователю кассы: chown %1 %2", state.due_owner, state.path);
        case TokenCondition::Unreadable:
            return tr("повторите от имени пользователя кассы или root: файл вам не открыт");
    }
    return {};
}

json::Value document_of(const TokenState& state, std::int64_t now_ms) {
    json::Value document = json::object(
        {{"system", state.system},
         {"condition", name(state.condition)},
         {"mode", state.mode},
         {"register", state.register_number},
         {"path", state.path},
         {"exists", state.exists}});
    if (!state.exists) return document;
    document.set("owner", state.owner).set("permissions", octal(state.permissions));
    document.set("changed", moment(state.changed_ms));
    document.set("age", std::max<std::int64_t>(0, now_ms - state.changed_ms) / kMsPerSecond);
    document.set("token_register", state.token_register);
    return document;
}

}  // namespace linuxcash::cli
