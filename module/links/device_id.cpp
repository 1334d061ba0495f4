// SPDX-License-Identifier: Apache-2.0
#include "links/device_id.h"

#include <algorithm>
#include <cstddef>

#include "base/printable.h"

namespace linuxcash::links {

namespace {

constexpr std::size_t kLengthSize = 2;

std::size_t octet(char byte) {
    return static_cast<unsigned char>(byte);
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

}  // namespace

std::string device_id_text(std::string_view answer) {
    if (answer.size() < kLengthSize) return {};
    // Big-endian, itself included; some printers send it the other way round.
    const std::size_t big = octet(answer[0]) << 8U | octet(answer[1]);
    const std::size_t little = octet(answer[1]) << 8U | octet(answer[0]);
    const std::size_t claimed = big <= answer.size() ? big : little;
    std::string_view text = answer.substr(kLengthSize);
    if (claimed > kLengthSize) text = text.substr(0, claimed - kLengthSize);
    return std::string(text.substr(0, text.find('\0')));
}

std::string device_id_field(
    std::string_view text, std::string_view short_name, std::string_view long_name) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        const std::string_view item = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t colon = item.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view key = trimmed(item.substr(0, colon));
        if (key == short_name || key == long_name)
            return printable(trimmed(item.substr(colon + 1)));
    }
    return {};
}

}  // namespace linuxcash::links
