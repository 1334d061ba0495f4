// SPDX-License-Identifier: Apache-2.0
// What the owner answers to the wish "explain", as it lies in the file. For people only: no part of
// the chain. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/operation_id.h"
#include "base/result.h"
#include "core/ports.h"

namespace linuxcash::journal {

// A core::Standing as another program reads it.
struct DebtTold {
    OperationId operation;
    std::int64_t tries = 0;  // since the owner's start
    bool blocks = false;  // new payments wait for it
    std::string last_error;  // Russian; empty: none yet
    friend bool operator==(const DebtTold&, const DebtTold&) = default;
};

[[nodiscard]] std::string encode_answer(const std::vector<core::Standing>& standings);
// Damaged when it is no such answer.
[[nodiscard]] Result<std::vector<DebtTold>> decode_answer(std::string_view body);

}  // namespace linuxcash::journal
