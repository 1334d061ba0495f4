// SPDX-License-Identifier: Apache-2.0
#include "terminal/papers.h"

#include <utility>

#include "forms/forms.h"
#include "forms/receipt.h"

namespace linuxcash::terminal {

Papers::Papers(Announcer& announcer, core::Clock& clock, const Settings& settings)
    : announcer_(announcer),
      clock_(clock),
      settings_(settings),
      library_(forms::library(settings.reports)) {
}

forms::Occasion Papers::occasion() const {
    return {settings_.desk, settings_.currency, clock_.wall_ms()};
}

core::slip::Slip Papers::form(const std::string& name, const reports::Record& data) {
    Result<forms::Filled> filled = forms::fill(library_, name, data);
    if (filled) {
        if (filled->trouble) {
            tell(name, *filled->trouble);
        } else {
            told_.erase(name);
        }
        return std::move(filled->slip);
    }
    // Only a program that was built wrongly comes here; the paper says so.
    tell(name, filled.error().text);
    core::slip::Text text;
    text.text = announcer_.say(filled.error().text);
    text.wrapping = core::slip::Wrapping::Wordwrap;
    return {{std::move(text)}};
}

core::slip::Slip Papers::receipt(const char* name, const till::Receipt& receipt) {
    return form(name, forms::receipt_data(receipt, clock_.wall_ms()));
}

void Papers::tell(const std::string& name, const Text& trouble) {
    const auto told = told_.find(name);
    if (told != told_.end() && told->second == trouble) return;
    told_.insert_or_assign(name, trouble);
    const Text text =
        tr("Шаблон %1.xml не годится, печатается по шаблону из поставки: %2", name, trouble);
    announcer_.log_warning(text);
    announcer_.notice(host::Level::Warning, text, "reports");
}

}  // namespace linuxcash::terminal
