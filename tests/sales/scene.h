// SPDX-License-Identifier: Apache-2.0
// A time zone for the tests of the export, and short ways into its documents. One thread.
#pragma once

#include <cstdlib>
#include <ctime>
#include <string>

#include "json/json.h"
#include "till/scene.h"

namespace linuxcash::sales {

// Three hours east, whatever the machine's zone is; the old one when it goes.
class MinskTime {
public:
    MinskTime() {
        if (const char* zone = std::getenv("TZ")) before_ = zone;
        set("MSK-3");
    }
    MinskTime(const MinskTime&) = delete;
    MinskTime& operator=(const MinskTime&) = delete;
    ~MinskTime() { set(before_); }

private:
    static void set(const std::string& zone) {
        if (zone.empty()) {
            ::unsetenv("TZ");
        } else {
            ::setenv("TZ", zone.c_str(), 1);
        }
        ::tzset();
    }

    std::string before_;
};

// The text of a member, a number as it is written.
inline std::string text_at(const json::Value& value, const std::string& key) {
    const json::Value* found = value.find(key);
    if (found == nullptr) return "missing";
    return found->scalar_text().value_or(found->str());
}

inline json::Value item(const json::Value& value, const std::string& list, std::size_t place = 0) {
    const json::Array* items = value.array(list);
    if (items == nullptr || place >= items->size()) return {};
    return items->at(place);
}

inline std::size_t count(const json::Value& value, const std::string& list) {
    const json::Array* items = value.array(list);
    return items == nullptr ? 9999 : items->size();
}

}  // namespace linuxcash::sales
