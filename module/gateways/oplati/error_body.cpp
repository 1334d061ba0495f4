// SPDX-License-Identifier: Apache-2.0
#include "gateways/oplati/error_body.h"

#include <algorithm>

#include "base/secret.h"
#include "base/utf8.h"
#include "gateways/oplati/http_status.h"
#include "json/json.h"

namespace linuxcash::oplati {
namespace {

std::string text_of(const json::Value& body, std::string_view key) {
    const json::Value* member = body.find(key);
    return member == nullptr ? std::string{} : shown(member->scalar_text().value_or(""));
}

bool is_control(char each) {
    return (each >= 0 && each < ' ') || each == '\x7f';
}

constexpr std::string_view kCodeLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-";
constexpr std::ptrdiff_t kNumberDigitsMin = 5;
constexpr std::size_t kCodeLengthMin = 12;

bool is_digit(char each) {
    return each >= '0' && each <= '9';
}

// A word of a complaint as a log may show it: it may repeat what was sent.
std::string discreet(std::string_view word) {
    constexpr std::string_view kMarksOfCodes = "0123456789+/=";
    if (std::ranges::count_if(word, is_digit) >= kNumberDigitsMin) return masked(word);
    const bool code = word.size() >= kCodeLengthMin
                      && word.find_first_of(kMarksOfCodes) != std::string_view::npos;
    return code ? "***" : std::string(word);
}

}  // namespace

std::string shown(std::string_view words, std::size_t limit) {
    std::string line;
    while (!words.empty()) {
        const std::size_t size = utf8_character_size(words);
        // U+0080 … U+009F are control characters too.
        const bool hidden = size == 0 || (size == 1 && is_control(words.front()))
                            || (words.starts_with('\xc2') && size == 2
                                && static_cast<unsigned char>(words[1]) < 0xa0);
        const std::string_view next = hidden ? std::string_view(" ") : words.substr(0, size);
        words.remove_prefix(size == 0 ? 1 : size);
        if (next == " " && (line.empty() || line.ends_with(' '))) continue;
        if (line.size() + next.size() > limit) {
            line += "…";
            break;
        }
        line += next;
    }
    while (line.ends_with(' '))
        line.pop_back();
    return line;
}

std::string without_codes(std::string_view words) {
    std::string line;
    while (!words.empty()) {
        const std::size_t start = std::min(words.find_first_of(kCodeLetters), words.size());
        line += words.substr(0, start);
        words.remove_prefix(start);
        const std::size_t end = std::min(words.find_first_not_of(kCodeLetters), words.size());
        line += discreet(words.substr(0, end));
        words.remove_prefix(end);
    }
    return line;
}

bool is_blank(std::string_view body) {
    return body.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::optional<ErrorBody> read_error(const std::string& body) {
    const auto parsed = json::parse(body, {.depth = wire::kReplyDepth});
    if (!parsed || parsed->kind() != json::Kind::Object) return std::nullopt;
    const json::Value* user_message = parsed->find("userMessage");
    const bool has_user_message =
        user_message != nullptr && user_message->kind() == json::Kind::Object;
    ErrorBody error{
        text_of(*parsed, "code"),
        text_of(*parsed, "internalCode"),
        text_of(*parsed, "devMessage"),
        {}};
    if (has_user_message) {
        error.user_message = text_of(*user_message, "lang_ru");
        if (error.user_message.empty()) error.user_message = text_of(*user_message, "lang_en");
    }
    const bool ours = has_user_message || !error.code.empty() || !error.internal_code.empty()
                      || !error.dev_message.empty();
    if (!ours) return std::nullopt;
    return error;
}

core::Reason refusal_reason(int status) {
    return status == kUnauthorized || status == kForbidden ? core::Reason::Access
                                                           : core::Reason::GatewayRefused;
}

Text refusal_text(int status, const ErrorBody& error) {
    if (!error.user_message.empty()) return Text::literal(error.user_message);
    const std::string& code = error.internal_code.empty() ? error.code : error.internal_code;
    if (!code.empty()) return tr("О!плати отказала в операции, код %1", code);
    return tr("О!плати отказала в операции, HTTP %1", status);
}

Text describe_error(const core::Reply& reply) {
    const auto error = read_error(reply.body);
    if (!error) return tr("HTTP %1 без описания ошибки О!плати", reply.status);
    return tr(
        "HTTP %1, code %2, internalCode %3: %4", reply.status, error->code, error->internal_code,
        without_codes(error->dev_message));
}

}  // namespace linuxcash::oplati
