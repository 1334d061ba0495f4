// SPDX-License-Identifier: Apache-2.0
// What a cashier reads about operations that an earlier run left without an end: of payments and of
// refunds the same things are said in words of their own. Pure, any thread.
#pragma once

#include <string>

#include "base/text.h"
#include "till/till.h"

namespace linuxcash::terminal::recovery_texts {

[[nodiscard]] Text still_unknown(const till::Operation& operation, const Text& why);
[[nodiscard]] Text did_not_happen(const till::Operation& operation, const std::string& why);
[[nodiscard]] Text of_unknown_receipt(const till::Operation& operation);
[[nodiscard]] Text runs_for_unknown_receipt(const till::Operation& operation);
[[nodiscard]] Text is_followed(const till::Operation& operation);
[[nodiscard]] Text claimed(const till::Operation& operation);
[[nodiscard]] Text is_taken_back(const till::Operation& operation);

[[nodiscard]] Text undo_not_finished(const till::Operation& undo, const Text& why);
[[nodiscard]] Text undo_done(const till::Operation& undo);
[[nodiscard]] Text undo_failed(const till::Operation& undo);

[[nodiscard]] Text half_annulled(const till::Receipt& receipt);

}  // namespace linuxcash::terminal::recovery_texts
