// SPDX-License-Identifier: Apache-2.0
#include "core/outcome.h"

#include <array>
#include <utility>

#include "core/word_table.h"

namespace linuxcash::core {
namespace {

constexpr std::array kOutcomes{
    std::pair{Outcome::Approved, std::string_view{"approved"}},
    std::pair{Outcome::Declined, std::string_view{"declined"}},
    std::pair{Outcome::Cancelled, std::string_view{"cancelled"}},
    std::pair{Outcome::Refused, std::string_view{"refused"}},
    std::pair{Outcome::Unknown, std::string_view{"unknown"}},
    std::pair{Outcome::Done, std::string_view{"done"}},
};

constexpr std::array kReasons{
    std::pair{Reason::None, std::string_view{""}},
    std::pair{Reason::NoLink, std::string_view{"no_link"}},
    std::pair{Reason::Blocked, std::string_view{"blocked"}},
    std::pair{Reason::Recovering, std::string_view{"recovering"}},
    std::pair{Reason::NotConfigured, std::string_view{"not_configured"}},
    std::pair{Reason::Currency, std::string_view{"currency"}},
    std::pair{Reason::Limit, std::string_view{"limit"}},
    std::pair{Reason::Access, std::string_view{"access"}},
    std::pair{Reason::DeclinedByBuyer, std::string_view{"declined_by_buyer"}},
    std::pair{Reason::NotEnoughMoney, std::string_view{"not_enough_money"}},
    std::pair{Reason::BuyerTimeout, std::string_view{"buyer_timeout"}},
    std::pair{Reason::CancelledByGateway, std::string_view{"cancelled_by_gateway"}},
    std::pair{Reason::CancelledByCashier, std::string_view{"cancelled_by_cashier"}},
    std::pair{Reason::NoAnswer, std::string_view{"no_answer"}},
    std::pair{Reason::GatewayRefused, std::string_view{"gateway_refused"}},
    std::pair{Reason::Mismatch, std::string_view{"mismatch"}},
    std::pair{Reason::Journal, std::string_view{"journal"}},
    std::pair{Reason::Silent, std::string_view{"silent"}},
    std::pair{Reason::Unsupported, std::string_view{"unsupported"}},
    std::pair{Reason::Training, std::string_view{"training"}},
    std::pair{Reason::NotFound, std::string_view{"not_found"}},
    std::pair{Reason::Internal, std::string_view{"internal"}},
};

}  // namespace

std::string_view name(Outcome outcome) {
    return word_of(kOutcomes, outcome);
}

std::optional<Outcome> parse_outcome(std::string_view word) {
    return of_word(kOutcomes, word);
}

std::string_view name(Reason reason) {
    return word_of(kReasons, reason);
}

std::optional<Reason> parse_reason(std::string_view word) {
    return of_word(kReasons, word);
}

}  // namespace linuxcash::core
