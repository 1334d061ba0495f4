// SPDX-License-Identifier: Apache-2.0
// Russian sentences in the reader's language, by gettext. Translating: any thread.
#pragma once

#include <string>

#include "base/text.h"

namespace linuxcash::i18n {

// The catalogue of this product: <folder of locales>/<language>/LC_MESSAGES/linuxcash.mo.
inline constexpr const char* kDomain = "linuxcash";

// For Text::translated(). Follows the locale that the process has at the time of each call, always
// in UTF-8; what the catalogue lacks stays Russian. Never sets a locale: a module leaves that to
// its host, and reads the catalogue where the host or the C library looks (/usr/share/locale).
[[nodiscard]] Translate translator(std::string domain = kDomain);

// Only for a program's main, before it starts threads: takes LC_CTYPE and LC_MESSAGES from the
// environment (numbers and times stay as in C), and the catalogue from ../share/locale beside the
// program, which fits both the installed tree and the build folder.
void set_program_locale();

}  // namespace linuxcash::i18n
