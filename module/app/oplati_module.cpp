// SPDX-License-Identifier: Apache-2.0
// The module oplati.so: O!плати's gateway put into the common house.
#include "app/definition.h"
#include "gateways/oplati/gateway.h"
#include "gateways/oplati/settings.h"

namespace linuxcash::app {
namespace {

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
    if (settings->allow_http) {
        parts.warnings.push_back(
            tr("О!плати: включён ключ allow_http, обмен с сервером может идти без шифрования"));
    }
    parts.gateway = std::make_unique<oplati::Oplati>(std::move(settings).value());
    return parts;
}

}  // namespace

Definition definition() {
    return {"oplati", Text::literal("О!плати"), {{"", Text::literal("О!плати")}},
            {"BYN"},  oplati::setting_table(),  make_oplati};
}

}  // namespace linuxcash::app
