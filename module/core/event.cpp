// SPDX-License-Identifier: Apache-2.0
#include "core/event.h"

namespace linuxcash::core {

bool is_question(const Event& event) {
    return std::holds_alternative<Ask>(event) || std::holds_alternative<Choose>(event)
           || std::holds_alternative<SetCard>(event);
}

bool answers(const Response& response, const Event& question) {
    if (!is_question(question)) return false;
    if (std::holds_alternative<NotSupported>(response)) return true;
    if (std::holds_alternative<SetCard>(question)) {
        return std::holds_alternative<Applied>(response)
               || std::holds_alternative<NotApplied>(response);
    }
    if (std::holds_alternative<Dismissed>(response)) return true;
    if (const auto* choose = std::get_if<Choose>(&question)) {
        const auto* chosen = std::get_if<Chosen>(&response);
        return chosen != nullptr && chosen->index >= 0
               && static_cast<std::size_t>(chosen->index) < choose->options.size();
    }
    return std::holds_alternative<Value>(response);
}

}  // namespace linuxcash::core
