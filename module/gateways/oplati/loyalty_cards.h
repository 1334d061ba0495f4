// SPDX-License-Identifier: Apache-2.0
// The loyalty cards that O!плати passes on with a buyer who is there. Pure, any thread.
#pragma once

#include <vector>

#include "core/gateway.h"
#include "json/json.h"

namespace linuxcash::oplati {

// The cards named in a reply, in its order. A number is 1 to 64 printable characters once the
// blanks around it are gone; an entry without one is dropped, as are repetitions and what is over
// the limit of their count. Names are made fit for a screen.
[[nodiscard]] std::vector<core::LoyaltyCard> loyalty_cards(const json::Value& reply);

}  // namespace linuxcash::oplati
