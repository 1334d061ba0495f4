// SPDX-License-Identifier: Apache-2.0
// The words for sizes, alignments and the like: the same in documents, templates and markup.
// Constant tables for word_of() and of_word(), any thread.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "core/slip.h"
#include "core/word_table.h"

namespace linuxcash::core::slip {

inline constexpr std::array kSizeWords{
    std::pair{Size::Default, std::string_view("default")},
    std::pair{Size::Small, std::string_view("small")},
    std::pair{Size::Medium, std::string_view("medium")},
    std::pair{Size::Large, std::string_view("large")},
};
inline constexpr std::array kAlignmentWords{
    std::pair{Alignment::Left, std::string_view("left")},
    std::pair{Alignment::Center, std::string_view("center")},
    std::pair{Alignment::Right, std::string_view("right")},
};
inline constexpr std::array kWrappingWords{
    std::pair{Wrapping::Anywhere, std::string_view("anywhere")},
    std::pair{Wrapping::Wordwrap, std::string_view("wordwrap")},
};
inline constexpr std::array kCodeSizeWords{
    std::pair{CodeSize::Tiny, std::string_view("tiny")},
    std::pair{CodeSize::Small, std::string_view("small")},
    std::pair{CodeSize::Normal, std::string_view("normal")},
    std::pair{CodeSize::Large, std::string_view("large")},
    std::pair{CodeSize::Extralarge, std::string_view("extralarge")},
};
inline constexpr std::array kPrintTextWords{
    std::pair{PrintText::None, std::string_view("none")},
    std::pair{PrintText::Below, std::string_view("below")},
    std::pair{PrintText::Above, std::string_view("above")},
    std::pair{PrintText::Everywhere, std::string_view("everywhere")},
};
inline constexpr std::array kCorrectionWords{
    std::pair{QrCorrection::Low, std::string_view("low")},
    std::pair{QrCorrection::Medium, std::string_view("medium")},
    std::pair{QrCorrection::High, std::string_view("high")},
    std::pair{QrCorrection::Ultra, std::string_view("ultra")},
};

}  // namespace linuxcash::core::slip
