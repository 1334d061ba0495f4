// SPDX-License-Identifier: Apache-2.0
#include "journal/links.h"

#include <string>

namespace linuxcash::journal {

// The first word keeps a label from ever meaning a target.
Link link_to_target(const OperationId& target) {
    return crypto::sha256(std::string("target ") + target.hex());
}

Link link_to_shift(std::string_view label) {
    return crypto::sha256(std::string("shift ") + std::string(label));
}

std::vector<Link> links_of(const core::Intent& intent) {
    std::vector<Link> links{link_to_shift(intent.shift_label)};
    if (intent.target) links.push_back(link_to_target(*intent.target));
    return links;
}

}  // namespace linuxcash::journal
