// SPDX-License-Identifier: Apache-2.0
#include "i18n/translate.h"

#include <libintl.h>

#include <clocale>
#include <filesystem>
#include <system_error>
#include <utility>

namespace linuxcash::i18n {

Translate translator(std::string domain) {
    // Without it gettext answers in the character set of LC_CTYPE, which a host may have left at C.
    bind_textdomain_codeset(domain.c_str(), "UTF-8");
    return [domain = std::move(domain)](const std::string& msgid) {
        return std::string(dgettext(domain.c_str(), msgid.c_str()));
    };
}

void set_program_locale() {
    // An unknown locale leaves the one of C, and so Russian.
    std::setlocale(LC_CTYPE, "");
    std::setlocale(LC_MESSAGES, "");
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure) return;  // the C library's own folder is the right one for installed programs
    const auto folder = program.parent_path().parent_path() / "share" / "locale";
    bindtextdomain(kDomain, folder.c_str());
    bind_textdomain_codeset(kDomain, "UTF-8");
}

}  // namespace linuxcash::i18n
