// SPDX-License-Identifier: Apache-2.0
// What can be said of a module's token.conf without ever showing the token: whose it is, whether
// the module will use it, and what an administrator should do. One thread; waits for the disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/places.h"
#include "base/result.h"
#include "base/text.h"
#include "json/json.h"

namespace linuxcash::cli {

enum class TokenCondition {
    Tokenless,  // this payment system knows no token
    Unconfigured,  // no register number yet
    PasswordMode,  // nobody uses a token
    Ready,
    Missing,  // none yet: it is asked for at the first operation
    OtherRegister,  // it is another register's: not used
    Damaged,  // not ours, half a file, a link, a folder
    Exposed,  // others may read it
    WrongOwner,  // the register's user is not its owner
    Unreadable,  // by whoever asks here
};

// The word that programs read.
[[nodiscard]] std::string_view name(TokenCondition condition);

struct TokenState {
    std::string system;
    TokenCondition condition = TokenCondition::Missing;
    std::string mode;  // "token", "password"; empty: the system knows neither
    std::string register_number;  // by the settings; empty: not configured
    std::string path;
    bool exists = false;
    std::string owner;  // "name:group"
    unsigned permissions = 0;
    std::string due_owner;  // who should own it, when it is somebody else's
    std::int64_t changed_ms = 0;  // Unix time
    std::string token_register;  // by the file; empty: not known

    // Something must be done before payments go through.
    [[nodiscard]] bool troubled() const;
};

// NotFound and others: there is no such module, or its settings cannot be read.
[[nodiscard]] Result<TokenState> token_state(const Places& places, const std::string& system);

// "0600"
[[nodiscard]] std::string octal(unsigned permissions);

// What the administrator should do.
[[nodiscard]] Text advice(const TokenState& state);

[[nodiscard]] json::Value document_of(const TokenState& state, std::int64_t now_ms);

}  // namespace linuxcash::cli
