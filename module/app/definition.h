// SPDX-License-Identifier: Apache-2.0
// What makes one module different from another: its gateway, its settings, its name. Plain values,
// no threads.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/setting.h"
#include "core/gateway.h"

namespace linuxcash::app {

// A gateway that was made from settings, and what the wire to it needs.
struct GatewayParts {
    std::unique_ptr<core::Gateway> gateway;
    std::string ca_file;  // replaces the system's certificates; empty: the system's
    bool allow_http = false;  // plain http to other machines (ruling H4)
    std::string register_key;  // whose token it is: the gateway's name for this register
    std::vector<Text> warnings;  // settings that work, but that an administrator should know of
};

struct TypeKey {
    std::string key;  // empty when the module serves one payment system
    Text title;
};

struct Definition {
    std::string name;  // "oplati": of the file, the folders and the log category
    Text title;  // "О!плати"
    std::vector<TypeKey> types;
    std::vector<std::string> currencies;
    std::vector<Setting> settings;
    bool cards;  // reads loyalty cards from the buyer's application
    // `values` by key, settings and secrets together; absent keys have their defaults.
    // ErrorCode::NotFound means "not configured yet", InvalidInput a wrong value.
    Result<GatewayParts> (*make)(const std::map<std::string, std::string>& values);
};

// Defined once in every module.
[[nodiscard]] Definition definition();

}  // namespace linuxcash::app
