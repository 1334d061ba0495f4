// SPDX-License-Identifier: Apache-2.0
// The module oplati.so: O!плати's gateway put into the common house.
#include "app/definition.h"
#include "gateways/oplati/gateway.h"
#include "gateways/oplati/settings.h"

namespace linuxcash::app {
namespace {

struct Pace {
    const char* key;
    int chosen_ms;
    int permitted_ms;
};

std::vector<Text> warnings_about(const oplati::Settings& settings) {
    std::vector<Text> warnings;
    if (settings.allow_http) {
        warnings.push_back(
            tr("О!плати: включён ключ allow_http, обмен с сервером может идти без шифрования"));
    }
    const oplati::Settings defaults;  // as fast as O!плати permits
    for (const Pace& pace :
         {Pace{"ready_pace_ms", settings.ready_pace_ms, defaults.ready_pace_ms},
          Pace{"status_pace_ms", settings.status_pace_ms, defaults.status_pace_ms}}) {
        if (pace.chosen_ms >= pace.permitted_ms) continue;
        warnings.push_back(
            tr("О!плати: %1 = %2, а О!плати не разрешает спрашивать чаще, чем раз в %3 мс; "
               "удалите этот ключ, если это не испытания",
               pace.key, pace.chosen_ms, pace.permitted_ms));
    }
    return warnings;
}

Result<GatewayParts> make_oplati(const std::map<std::string, std::string>& values) {
    Result<oplati::Settings> settings = oplati::make_settings(values);
    if (!settings) return settings.error();
    if (!settings->configured()) {
        return Error{
            ErrorCode::NotFound, tr("О!плати не настроена: укажите regNum и url (dpkg-reconfigure "
                                    "artix-oplati или paysysctl set "
                                    "oplati regNum=… url=…)")};
    }
    GatewayParts parts;
    parts.ca_file = settings->ca_file;
    parts.allow_http = settings->allow_http;
    parts.register_key = settings->reg_num;
    parts.warnings = warnings_about(*settings);
    parts.gateway = std::make_unique<oplati::Oplati>(std::move(settings).value());
    return parts;
}

}  // namespace

Definition definition() {
    return {"oplati",   Text::literal("О!плати"), {{"", Text::literal("О!плати")}},
            {"BYN"},    oplati::setting_table(),  true,
            make_oplati};
}

}  // namespace linuxcash::app
