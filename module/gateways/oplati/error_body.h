// SPDX-License-Identifier: Apache-2.0
// The error body of O!плати, read in one place. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "core/outcome.h"
#include "core/ports.h"
#include "gateways/oplati/wire.h"

namespace linuxcash::oplati {

struct ErrorBody {
    std::string code;
    std::string internal_code;
    std::string dev_message;
    std::string user_message;  // Russian, else English; fit for a screen
};

// nullopt when the body is not O!плати's: empty, HTML, a proxy's JSON. Its words are made safe to
// show: control characters become blanks, and they are cut to a limit.
[[nodiscard]] std::optional<ErrorBody> read_error(const std::string& body);

// Why a request with this refusal ends: credentials, or anything else.
[[nodiscard]] core::Reason refusal_reason(int status);
// O!плати's own words, else what is known of the refusal.
[[nodiscard]] Text refusal_text(int status, const ErrorBody& error);

// For the log: status, code, internalCode and devMessage of a reply.
[[nodiscard]] Text describe_error(const core::Reply& reply);

// A stranger's words made fit for one line of a screen or a log, at most about so many bytes.
[[nodiscard]] std::string shown(std::string_view words, std::size_t limit = wire::kShownTextLimit);

// The words without anything that looks like a number or a code of payments, cards, tokens, buyers:
// a complaint may repeat what was sent.
[[nodiscard]] std::string without_codes(std::string_view words);

// Empty, or blanks alone: as good as no body.
[[nodiscard]] bool is_blank(std::string_view body);

}  // namespace linuxcash::oplati
