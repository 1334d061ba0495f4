// SPDX-License-Identifier: Apache-2.0
#include "simulator/control_client.h"

#include <array>
#include <utility>

#include "base/integer.h"
#include "json/json.h"
#include "simulator/connection.h"
#include "simulator/sockets.h"
#include "simulator/tls.h"

namespace linuxcash::simulator {

namespace {

enum class Argument { None, Optional, Document, Desk, Milliseconds, Deed, OpenOrClosed };

struct Command {
    std::string_view name;
    std::string_view method;
    std::string_view path;
    Argument argument;
};

constexpr std::array<Command, 17> kCommands{{
    {"ledger", "GET", "ledger", Argument::None},
    {"state", "GET", "state", Argument::None},
    {"slips", "GET", "slips", Argument::None},
    {"faults", "POST", "faults", Argument::Document},
    {"log", "GET", "log", Argument::Optional},
    {"stats", "GET", "stats", Argument::None},
    {"rules", "GET", "rules", Argument::None},
    {"show-buyer", "GET", "buyer", Argument::None},
    {"time", "GET", "clock", Argument::None},
    {"rule", "POST", "rules", Argument::Document},
    {"buyer", "POST", "buyer", Argument::Document},
    {"clear", "POST", "clear", Argument::None},
    {"reset-token", "POST", "reset-token", Argument::Desk},
    {"advance", "POST", "clock", Argument::Milliseconds},
    {"act", "POST", "act", Argument::Deed},
    {"port", "POST", "port", Argument::OpenOrClosed},
    {"do", "POST", "act", Argument::Document},
}};

Error wrong(Text text) {
    return {ErrorCode::InvalidInput, std::move(text)};
}

Result<std::string> body_of(Argument kind, std::string_view argument) {
    switch (kind) {
        case Argument::None:
        case Argument::Optional:
            return std::string();
        case Argument::Document: {
            const auto parsed = json::parse(argument);
            if (!parsed) return parsed.error();
            return std::string(argument);
        }
        case Argument::Desk:
            if (argument.empty()) return wrong(tr("укажите номер кассы"));
            return json::object({{"regNum", argument}}).str();
        case Argument::Milliseconds: {
            const auto step_ms = parse_integer(argument);
            if (!step_ms) return wrong(tr("укажите число миллисекунд"));
            return json::object({{"advanceMs", *step_ms}}).str();
        }
        case Argument::Deed:
            if (argument.empty()) {
                return wrong(tr("укажите, что делает покупатель: joins, pays, declines …"));
            }
            return json::object({{"do", argument}}).str();
        case Argument::OpenOrClosed:
            if (argument != "open" && argument != "closed") {
                return wrong(tr("укажите open или closed"));
            }
            return json::object({{"open", argument == "open"}}).str();
    }
    return wrong(tr("неизвестная команда"));
}

struct Place {
    bool tls = false;
    Address address;
};

Result<Place> parse_url(std::string_view url) {
    constexpr std::string_view kPlain = "http://";
    constexpr std::string_view kTls = "https://";
    const Error unclear = wrong(
        tr("адрес симулятора %1 непонятен: укажите http://127.0.0.1:ПОРТ или https://…", url));
    Place place;
    place.tls = url.starts_with(kTls);
    if (!place.tls && !url.starts_with(kPlain)) return unclear;
    url.remove_prefix(place.tls ? kTls.size() : kPlain.size());
    const auto address = parse_address(url.substr(0, url.find('/')));
    if (!address) return unclear;
    place.address = *address;
    return place;
}

std::string written(const ControlRequest& request, const Address& address) {
    std::string text = request.method + " " + request.path + " HTTP/1.1\r\nHost: " + address.str();
    text += "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ";
    text += std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
    return text;
}

// The whole answer of a server that closes after it.
Result<std::string> exchange(
    const Place& place, const std::optional<std::string>& ca_file, const std::string& request) {
    const auto connected = connect_to(place.address);
    if (!connected) return connected.error();
    const int fd = connected->get();
    TlsContext tls;
    if (place.tls) {
        auto context = client_tls(ca_file.value_or(""));
        if (!context) return context.error();
        tls = std::move(*context);
    }
    Connection connection(fd, tls.get());
    if (!connection.greet(place.address.host)) {
        return Error{ErrorCode::Io, tr("сертификат или версия TLS не подходят")};
    }
    std::string answer;
    std::array<char, 16 * 1024> piece{};
    std::ptrdiff_t got = connection.send(request) ? connection.read(piece.data(), piece.size()) : 0;
    while (got > 0) {
        answer.append(piece.data(), static_cast<std::size_t>(got));
        got = connection.read(piece.data(), piece.size());
    }
    return answer;
}

Result<ControlReply> parse_answer(const std::string& answer) {
    constexpr std::string_view kVersion = "HTTP/1.1 ";
    constexpr std::size_t kStatusSize = 3;
    constexpr std::string_view kEnd = "\r\n\r\n";
    const std::size_t end = answer.find(kEnd);
    const auto status = answer.starts_with(kVersion)
                            ? parse_integer(answer.substr(kVersion.size(), kStatusSize))
                            : std::nullopt;
    if (!status || end == std::string::npos) {
        return Error{
            ErrorCode::Io, tr("ответ симулятора непонятен: по этому адресу другой сервер?")};
    }
    return ControlReply{static_cast<int>(*status), answer.substr(end + kEnd.size())};
}

bool takes_argument(Argument kind) {
    return kind != Argument::None;
}

}  // namespace

Result<ControlRequest> control_request(std::string_view command, std::string_view argument) {
    for (const Command& known : kCommands) {
        if (known.name != command) continue;
        if (!takes_argument(known.argument) && !argument.empty()) {
            return wrong(tr("у команды «%1» нет аргумента", command));
        }
        auto body = body_of(known.argument, argument);
        if (!body) return body.error();
        ControlRequest request{
            std::string(known.method), "/control/" + std::string(known.path), *body};
        if (known.argument == Argument::Optional && !argument.empty()) {
            request.path += "?endpoint=" + std::string(argument);
        }
        return request;
    }
    return wrong(tr("неизвестная команда «%1»: список — в --help", command));
}

Result<ControlReply> ask(const ControlTarget& target, const ControlRequest& request) {
    const auto place = parse_url(target.url);
    if (!place) return place.error();
    auto answer = exchange(*place, target.ca_file, written(request, place->address));
    if (!answer) {
        return Error{
            answer.error().code, tr("симулятор %1 не ответил: %2; проверьте адрес и что он запущен",
                                    target.url, answer.error().text)};
    }
    return parse_answer(*answer);
}

}  // namespace linuxcash::simulator
