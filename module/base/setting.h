// SPDX-License-Identifier: Apache-2.0
// One setting, described as data: the one table behind parsing, `describe`, the shipped file, the
// installer's questions and the docs. Plain values, no threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"

namespace linuxcash {

enum class SettingType {
    String,  // min … max: its length in bytes, when it is not empty; max 0: as long as a line may
             // be
    Url,  // an http or https address
    Integer,  // min … max
    Boolean,  // 0 or 1
    Choice,  // one of `choices`
};

// Which file it belongs to: the one that everybody may read, or secrets.conf beside it (0600, shown
// as ***).
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
    std::int64_t min = 0;
    std::int64_t max = 0;
    Text unit;  // of an integer: "с", "мс"; empty: none
    Text doc;  // one sentence, Russian, without a full stop
    std::vector<Text> more_doc = {};  // further lines of the shipped file
    std::vector<SettingChoice> choices = {};  // of a choice
    SettingFile file = SettingFile::Settings;
    bool required = false;  // absent or empty is an error
};

}  // namespace linuxcash
