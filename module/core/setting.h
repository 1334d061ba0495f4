// SPDX-License-Identifier: Apache-2.0
// One setting of a module, described as data: the one table behind parsing, `describe`, the shipped
// file and the docs. Plain values, no threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"

namespace linuxcash::core {

enum class SettingType { String, Url, Integer, Boolean, Choice };
// Where it lives: <module>.conf, or secrets.conf beside it (0600, shown as ***).
enum class SettingFile { Settings, Secrets };

struct SettingChoice {
    std::string value;
    Text doc;
};

struct Setting {
    std::string section;
    std::string key;
    SettingType type = SettingType::String;
    std::string default_value;  // as it would stand in the file; empty: none
    std::int64_t min =
        0;  // integers: the least and the greatest value; strings: of their length in bytes
    std::int64_t max = 0;
    Text unit;  // "с", "мс"; empty: none
    Text doc;  // one sentence, Russian, without a full stop
    std::vector<Text> more_doc = {};  // further lines of the shipped file
    std::vector<SettingChoice> choices = {};  // of a choice
    SettingFile file = SettingFile::Settings;
};

}  // namespace linuxcash::core
