// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/routes.h"

#include <algorithm>
#include <array>

namespace linuxcash::simulator::oplati {

namespace {

struct Pattern {
    std::string_view method;
    std::string_view path;  // * stands for one argument
    Endpoint endpoint;
};

constexpr std::array<Pattern, 9> kPatterns{{
    {"GET", "/tokens", Endpoint::Tokens},
    {"POST", "/pos/demandPayment", Endpoint::Demand},
    {"DELETE", "/pos/demandPayment", Endpoint::DemandClose},
    {"GET", "/pos/consumerStatus", Endpoint::Consumer},
    {"POST", "/pos/payments", Endpoint::Charge},
    {"GET", "/pos/payments/*", Endpoint::Payment},
    {"POST", "/pos/payments/*/reversals", Endpoint::Reversal},
    {"DELETE", "/pos/payments/*", Endpoint::Cancel},
    {"GET", "/pos/paymentReports", Endpoint::Report},
}};

// The argument when the path has the pattern's form, empty for a pattern without one.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == path ? std::optional<std::string>("") : std::nullopt;
    }
    const std::string_view before = pattern.substr(0, star);
    const std::string_view after = pattern.substr(star + 1);
    const bool framed = path.size() > before.size() + after.size() && path.starts_with(before)
                        && path.ends_with(after);
    if (!framed) return std::nullopt;
    const auto argument = path.substr(before.size(), path.size() - before.size() - after.size());
    if (argument.find('/') != std::string_view::npos) return std::nullopt;
    return std::string(argument);
}

}  // namespace

Route find_route(std::string_view method, std::string_view path) {
    constexpr std::string_view kPrefix = "/ms-pay";
    if (path.starts_with(kPrefix) && path.substr(kPrefix.size()).starts_with('/')) {
        path.remove_prefix(kPrefix.size());
    }
    Route route;
    for (const Pattern& pattern : kPatterns) {
        const auto argument = match(pattern.path, path);
        if (!argument) continue;
        if (pattern.method == method) return {pattern.endpoint, *argument};
        route.endpoint = Endpoint::WrongMethod;
    }
    return route;
}

std::string_view name_of(Endpoint endpoint) {
    switch (endpoint) {
        case Endpoint::Tokens:
            return "tokens";
        case Endpoint::Demand:
            return "demand";
        case Endpoint::DemandClose:
            return "demand-close";
        case Endpoint::Consumer:
            return "consumer";
        case Endpoint::Charge:
            return "charge";
        case Endpoint::Payment:
            return "payment";
        case Endpoint::Reversal:
            return "reversal";
        case Endpoint::Cancel:
            return "cancel";
        case Endpoint::Report:
            return "report";
        case Endpoint::WrongMethod:
        case Endpoint::Unknown:
            return "unknown";
    }
    return "unknown";
}

std::vector<std::string_view> endpoint_names() {
    std::vector<std::string_view> names;
    names.reserve(kPatterns.size() + 1);
    for (const Pattern& pattern : kPatterns) {
        names.push_back(name_of(pattern.endpoint));
    }
    names.emplace_back("unknown");
    return names;
}

bool bears_secret(Endpoint endpoint) {
    switch (endpoint) {
        case Endpoint::Demand:
        case Endpoint::DemandClose:
        case Endpoint::Charge:
        case Endpoint::Reversal:
        case Endpoint::Cancel:
            return true;
        case Endpoint::Tokens:
        case Endpoint::Consumer:
        case Endpoint::Payment:
        case Endpoint::Report:
        case Endpoint::WrongMethod:
        case Endpoint::Unknown:
            return false;
    }
    return false;
}

}  // namespace linuxcash::simulator::oplati
