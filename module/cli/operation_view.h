// SPDX-License-Identifier: Apache-2.0
// Operations and records of a journal, written for people and for programs. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>

#include "base/text.h"
#include "core/records.h"
#include "json/json.h"

namespace linuxcash::cli {

// "2026-11-22 10:15:04", local time.
[[nodiscard]] std::string moment(std::int64_t wall_ms);

// "3 ч 20 мин": the two greatest units that are not nothing.
[[nodiscard]] Text duration(std::int64_t ms);

// One operation, as its records tell it.
[[nodiscard]] json::Value document_of(const std::string& system, const core::Operation& operation);
[[nodiscard]] std::string line_of(const std::string& system, const core::Operation& operation);

// One record of it.
[[nodiscard]] json::Value document_of(const core::Record& record);
[[nodiscard]] std::string line_of(const core::Record& record);

// What an operation owes; `now_ms` is the wall clock.
[[nodiscard]] json::Value obligation_document(
    const std::string& system, const core::Operation& operation, std::int64_t now_ms);
[[nodiscard]] std::string obligation_line(
    const std::string& system, const core::Operation& operation, std::int64_t now_ms);

}  // namespace linuxcash::cli
