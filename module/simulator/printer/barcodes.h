// SPDX-License-Identifier: Apache-2.0
// Bar codes as a printer draws them, written from the standards and not from our own encoder. Pure,
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linuxcash::simulator {

struct BarcodePicture {
    std::string data;  // what a reader says
    std::string modules;  // '1' is a bar, '0' a space
};

// 12 digits, or 13 with the right check digit; nullopt otherwise.
[[nodiscard]] std::optional<BarcodePicture> draw_ean13(std::string_view digits);

// The data of GS k 73: it begins with the set, {A, {B or {C. Nullopt when the printer refuses it.
[[nodiscard]] std::optional<BarcodePicture> draw_code128(std::string_view data);

}  // namespace linuxcash::simulator
