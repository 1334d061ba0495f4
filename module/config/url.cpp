// SPDX-License-Identifier: Apache-2.0
#include "config/url.h"

#include <algorithm>

#include "base/integer.h"

namespace linuxcash::config {

namespace {

constexpr std::int64_t kPortMax = 65'535;

bool is_letter_or_digit(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
           || (character >= '0' && character <= '9');
}

bool in_name(char character) {
    return is_letter_or_digit(character) || character == '-' || character == '.'
           || character == '_';
}

bool in_ipv6(char character) {
    return is_letter_or_digit(character) || character == ':' || character == '.';
}

bool in_path(char character) {
    constexpr std::string_view kSigns = "/-._~%!$&'()*+,;=:";
    return is_letter_or_digit(character) || kSigns.find(character) != std::string_view::npos;
}

// Takes the scheme away; false when there is none that we speak.
bool drop_scheme(std::string_view& url) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!url.starts_with(scheme)) continue;
        url.remove_prefix(scheme.size());
        return true;
    }
    return false;
}

// Takes the host away and gives it back; empty when there is none.
std::string_view take_host(std::string_view& rest) {
    if (rest.starts_with('[')) {
        const std::size_t end = rest.find(']');
        if (end == std::string_view::npos) return {};
        const std::string_view host = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
        return std::ranges::all_of(host, in_ipv6) ? host : std::string_view();
    }
    const auto end = std::ranges::find_if_not(rest, in_name);
    const std::string_view host(rest.begin(), end);
    rest.remove_prefix(host.size());
    return host;
}

bool is_port(std::string_view text) {
    if (!std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; })) {
        return false;
    }
    const auto port = parse_integer(text);
    return port && *port >= 1 && *port <= kPortMax;
}

}  // namespace

std::optional<Text> url_fault(std::string_view url) {
    std::string_view rest = url;
    if (!drop_scheme(rest)) return tr("адрес должен начинаться с http:// или https://");
    if (rest.find('@') != std::string_view::npos) {
        return tr("имя и пароль в адресе не допускаются");
    }
    if (take_host(rest).empty()) return tr("в адресе нет имени сервера");
    const std::size_t path = std::min(rest.find('/'), rest.size());
    const std::string_view port = rest.substr(0, path);
    if (port.starts_with(':') && !is_port(port.substr(1))) {
        return tr("порт в адресе должен быть числом от 1 до %1", kPortMax);
    }
    if (!port.empty() && !port.starts_with(':')) {
        return tr("после имени сервера в адресе стоит недопустимый знак");
    }
    if (!std::ranges::all_of(rest.substr(path), in_path)) {
        return tr("в пути адреса недопустимый знак: пробелы, ? и # не допускаются");
    }
    return std::nullopt;
}

}  // namespace linuxcash::config
