// SPDX-License-Identifier: Apache-2.0
#include "cli/token_commands.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "base/files.h"
#include "base/system_error.h"
#include "cli/module_access.h"
#include "cli/operation_view.h"
#include "cli/settings_file.h"
#include "cli/token_state.h"
#include "journal/files.h"
#include "journal/reader.h"
#include "journal/witness.h"

namespace linuxcash::cli {

namespace {

constexpr mode_t kLockMode = 0640;

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// Installed modules that somebody has switched on or used.
std::vector<std::string> systems_in_use(const Places& places) {
    const auto switched = switched_modules(places);
    const auto used = modules_with_journals(places);
    std::vector<std::string> systems;
    for (const std::string& module : installed_modules(places)) {
        if (std::ranges::count(switched, module) + std::ranges::count(used, module) > 0)
            systems.push_back(module);
    }
    return systems;
}

Text mode_line(const TokenState& state) {
    if (state.condition == TokenCondition::Tokenless) return tr("%1: токена нет", state.system);
    if (state.register_number.empty()) return tr("%1: номер кассы не указан", state.system);
    if (state.mode == "password")
        return tr("%1: режим пароля, касса %2", state.system, state.register_number);
    return tr("%1: режим токена, касса %2", state.system, state.register_number);
}

Text file_line(const TokenState& state, std::int64_t now) {
    if (!state.exists) return tr("файла %1 нет", state.path);
    return tr(
        "файл %1: владелец %2, права %3, изменён %4 (%5 назад)", state.path, state.owner,
        octal(state.permissions), moment(state.changed_ms), duration(now - state.changed_ms));
}

void show_state(const TokenState& state, bool is_owned, Console& console) {
    const auto say = [&](const Text& text) { console.result("  " + console.translated(text)); };
    console.result(console.translated(mode_line(state)));
    if (state.condition == TokenCondition::Tokenless) return;
    say(file_line(state, now_ms()));
    if (!state.token_register.empty()) say(tr("токен кассы %1", state.token_register));
    say(is_owned ? tr("касса работает") : tr("касса не запущена"));
    say(tr("что делать: %1", advice(state)));
}

// The file, and what killed processes left of it; true when there was one.
Result<bool> remove_token(const Places& places, const std::string& module) {
    const auto path = places.token(module);
    remove_leftovers(path);
    if (::unlink(path.c_str()) == 0) {
        if (auto synced = journal::sync_folder(path.parent_path()); !synced) return synced.error();
        return true;
    }
    if (errno == ENOENT) return false;
    const int number = errno;
    return Error{
        system_error_code(number),
        tr("не удалось удалить %1: %2", path.string(), system_error_reason(number))};
}

// The running program forgets what it holds in memory. Only after the file is gone: a token that it
// asks for upon our wish is a new one, and must stay.
Result<> tell_owner(const Places& places, const std::string& module) {
    const auto reader = journal::JournalReader::open(places, module);
    if (!reader) return reader.error();
    const auto left = reader->leave_wish("token-reset", now_ms());
    if (!left) return left.error();
    return Done{};
}

}  // namespace

Exit show_token(const Invocation& invocation, Console& console) {
    std::vector<std::string> systems = invocation.words;
    if (systems.empty()) systems = systems_in_use(invocation.places);
    Exit exit = Exit::Done;
    json::Value document = json::Array{};
    for (const std::string& system : systems) {
        const auto state = token_state(invocation.places, system);
        if (!state) {
            exit = console.failed(state.error());
            continue;
        }
        if (state->condition == TokenCondition::Unreadable) exit = Exit::Failed;
        const bool is_owned = journal::is_owned(invocation.places, system);
        if (!invocation.has("json")) {
            show_state(*state, is_owned, console);
            continue;
        }
        json::Value one = document_of(*state, now_ms());
        one.set("running", is_owned).set("advice", console.translated(advice(*state)));
        document.push(std::move(one));
    }
    if (invocation.has("json")) console.result(document.str());
    if (systems.empty()) console.note(tr("ни одна платёжная система не включена"));
    return exit;
}

Exit reset_token(const Invocation& invocation, Console& console) {
    const Places& places = invocation.places;
    const std::string& module = invocation.words.front();
    if (const auto known = describe_module(places, module); !known)
        return console.failed(known.error());
    // Held while the file goes, so that nobody begins to work with it meanwhile.
    const auto lock = FileLock::take(places.lock(module), kLockMode, tree_owner(places));
    const bool is_owned = !lock && lock.error().code == ErrorCode::Busy;
    // Without a folder for its data nobody can be at work.
    const bool no_data = !lock && lock.error().code == ErrorCode::NotFound;
    if (!lock && !is_owned && !no_data) return console.failed(lock.error());
    const auto removed = remove_token(places, module);
    if (!removed) return console.failed(removed.error());
    console.note(
        *removed ? tr("%1: файл токена удалён", module) : tr("%1: файла токена не было", module));
    if (is_owned) {
        const auto told = tell_owner(places, module);
        if (!told) {
            console.note(tr("%1: перезапустите кассу, сообщить ей о сбросе не удалось", module));
            return console.failed(told.error());
        }
        console.note(tr("%1: передано работающей кассе", module));
    }
    console.note(
        tr("%1: новый токен касса получит при первой операции; для этого токен должен быть сброшен "
           "и в личном кабинете",
           module));
    return Exit::Done;
}

}  // namespace linuxcash::cli
