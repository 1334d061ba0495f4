// SPDX-License-Identifier: Apache-2.0
// How wide text is on paper with characters of one width. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace linuxcash::core {

// 0 for a combining mark and other marks without a width, 2 for East Asian wide characters, 1 for
// everything else.
[[nodiscard]] std::size_t cell_width(char32_t code);

// The cells of a UTF-8 text; a byte that is no UTF-8 takes one.
[[nodiscard]] std::size_t cell_count(std::string_view text);

// The bytes of as many characters from the start of `text` as fit into `cells`, each with its
// combining marks.
[[nodiscard]] std::size_t bytes_in_cells(std::string_view text, std::size_t cells);

}  // namespace linuxcash::core
