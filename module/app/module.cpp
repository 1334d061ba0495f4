// SPDX-License-Identifier: Apache-2.0
#include "app/module.h"

#include <utility>

#include "app/token_file.h"
#include "base/files.h"
#include "config/schema.h"
#include "http/curl_exchange.h"
#include "journal/journal.h"
#include "log/terminal_log.h"

namespace linuxcash::app {
namespace {

// Whatever keeps settings from being read (a directory in the file's place, no permission), the
// module is not configured, and the administrator mends it.
Error not_configured(const Error& error) {
    return {error.code == ErrorCode::NotFound ? error.code : ErrorCode::InvalidInput, error.text};
}

// What a gateway says of its values names the key, and we where it stands.
Error placed(const Error& error, const std::filesystem::path& folder) {
    if (error.code != ErrorCode::InvalidInput) return error;
    return {error.code, tr("настройки в %1: %2", folder.native(), error.text)};
}

// Said at the start, not at the first payment.
Result<> check_certificates(const std::string& ca_file) {
    constexpr std::size_t kCaFileBytesMax = 4 * 1024 * 1024;
    if (ca_file.empty()) return Done{};
    const Result<std::string> read = read_file(ca_file, kCaFileBytesMax);
    if (read) return Done{};
    return Error{
        ErrorCode::InvalidInput,
        tr("ключ ca_file: %1; укажите файл сертификатов или удалите ключ", read.error().text)};
}

// What is wrong with the journal is no matter of settings.
Error not_usable(const Error& error) {
    const bool of_settings =
        error.code == ErrorCode::NotFound || error.code == ErrorCode::InvalidInput;
    return {of_settings ? ErrorCode::Io : error.code, error.text};
}

// Values of both files by key, checked against the module's description.
Result<std::map<std::string, std::string>> read_values(
    const Definition& definition, const Places& places, core::Log& log) {
    Result<config::ReadSettings> open =
        config::read_settings(places.settings(definition.name), definition.settings);
    if (!open) return not_configured(open.error());
    Result<config::ReadSettings> secret = config::read_settings(
        places.secrets(definition.name), definition.settings, SettingFile::Secrets);
    if (!secret) return not_configured(secret.error());
    for (const Text& warning : open->warnings)
        log.write(core::LogLevel::Warning, warning);
    for (const Text& warning : secret->warnings)
        log.write(core::LogLevel::Warning, warning);
    std::map<std::string, std::string> values;
    for (const Setting& setting : definition.settings) {
        const config::Settings& from =
            setting.file == SettingFile::Secrets ? secret->settings : open->settings;
        values[setting.key] = from.text(setting.section, setting.key);
    }
    return values;
}

Result<GatewayParts> make_gateway(
    const Definition& definition, const Places& places,
    const std::map<std::string, std::string>& values) {
    const std::filesystem::path folder = places.module_folder(definition.name);
    Result<GatewayParts> parts = definition.make(values);
    if (!parts) return placed(parts.error(), folder);
    const Result<> trusted = check_certificates(parts->ca_file);
    if (!trusted) return placed(trusted.error(), folder);
    return parts;
}

}  // namespace

// In the order in which they need one another; destroyed from the last to the first.
struct Module::Parts {
    std::string name;
    log::TerminalLog terminal_log;
    log::CategoryLog log;
    SystemClock clock;
    GatewayParts gateway;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<TokenFile> token;
    std::unique_ptr<http::CurlExchange> exchange;
    std::unique_ptr<runtime::Instance> instance;

    Parts(const std::string& module, const Places& places)
        : name(module), terminal_log(places.terminal_log()), log(terminal_log, module) {}
};

Result<std::unique_ptr<Module>> Module::create(
    const Definition& definition, const HostFacts& facts) {
    const Places places{facts.root};
    auto parts = std::make_unique<Parts>(definition.name, places);
    Result<std::map<std::string, std::string>> values = read_values(definition, places, parts->log);
    if (!values) {
        parts->log.write(core::LogLevel::Error, values.error().text);
        return values.error();
    }
    Result<GatewayParts> gateway = make_gateway(definition, places, *values);
    if (!gateway) {
        parts->log.write(core::LogLevel::Warning, gateway.error().text);
        return gateway.error();
    }
    parts->gateway = std::move(gateway).value();
    for (const Text& warning : parts->gateway.warnings) {
        parts->log.write(core::LogLevel::Warning, warning);
    }
    Result<std::unique_ptr<journal::Journal>> journal =
        journal::Journal::open({places, definition.name, std::nullopt}, parts->clock);
    if (!journal) {
        parts->log.write(core::LogLevel::Error, journal.error().text);
        return not_usable(journal.error());
    }
    parts->journal = std::move(journal).value();
    parts->token =
        std::make_unique<TokenFile>(places.token(definition.name), parts->gateway.register_key);
    http::CurlOptions wire;
    wire.ca_file = parts->gateway.ca_file;
    wire.allow_http = parts->gateway.allow_http;
    wire.log = &parts->log;
    parts->exchange = std::make_unique<http::CurlExchange>(std::move(wire));
    parts->instance = std::make_unique<runtime::Instance>(runtime::Ports{
        *parts->gateway.gateway, *parts->exchange, *parts->journal, *parts->token, parts->clock,
        parts->log});
    return std::make_unique<Module>(std::move(parts));
}

Module::Module(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
}

Module::~Module() = default;

Result<> Module::start() {
    return parts_->instance->start();
}

runtime::Instance& Module::instance() {
    return *parts_->instance;
}

const std::string& Module::name() const {
    return parts_->name;
}

bool Module::blocks_while_owing() const {
    return parts_->gateway.gateway->rules().blocks_while_owing;
}

}  // namespace linuxcash::app
