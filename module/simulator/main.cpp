// SPDX-License-Identifier: Apache-2.0
// The command line of artix-simulator. One thread reads it, starts what it asks for, and waits for
// a signal.
#include <signal.h>

#include <boost/program_options.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/integer.h"
#include "simulator/clock.h"
#include "simulator/control_client.h"
#include "simulator/oplati/outcomes.h"
#include "simulator/oplati/simulator.h"
#include "simulator/printer/server.h"
#include "simulator/relay.h"

namespace {

namespace po = boost::program_options;
using namespace linuxcash;  // NOLINT: this file only joins the pieces
using namespace linuxcash::simulator;  // NOLINT

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;
constexpr std::size_t kScriptLimitBytes = 1024 * 1024;
// Boost counts bytes, not letters: lines must not be broken by it, and names of values are ASCII.
constexpr unsigned kHelpColumns = 250;

using Words = std::vector<std::string>;

std::string russian(const char* msgid) {
    return tr(msgid).russian();
}

int complain(const Text& text) {
    std::cerr << "artix-simulator: " << text.russian() << "\n";
    return kFailed;
}

int wrong_use(const Text& text) {
    complain(text);
    std::cerr << russian("Справка: artix-simulator --help") << "\n";
    return kWrongUse;
}

// Blocked before any thread starts, so that all of them inherit it and only `wait_for_end` sees the
// signals.
sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void wait_for_end(const sigset_t& signals) {
    int which = 0;
    sigwait(&signals, &which);
}

// Where to listen, as the options of a subcommand say.
Result<> read_addresses(
    const po::variables_map& given, Address& listen, std::optional<Address>& control) {
    const auto address = parse_address(given["listen"].as<std::string>());
    if (!address) return address.error();
    listen = *address;
    if (given.count("control") == 0) return Done{};
    const auto second = parse_address(given["control"].as<std::string>());
    if (!second) return second.error();
    control = *second;
    return Done{};
}

Result<json::Value> read_script(const po::variables_map& given) {
    if (given.count("script") == 0) return json::Value();
    const std::string path = given["script"].as<std::string>();
    const auto text = read_file(path, kScriptLimitBytes);
    if (!text) return text.error();
    auto script = json::parse(*text);
    if (script) return script;
    return Error{ErrorCode::InvalidInput, tr("сценарий %1: %2", path, script.error().text)};
}

void announce(const char* what, const std::string& host, int port) {
    std::cout << what << " " << host << ":" << port
              << std::endl;  // NOLINT: scripts wait for the line
}

po::options_description oplati_options() {
    po::options_description options(russian("Ключи oplati"), kHelpColumns);
    const auto add = [&options](const char* name, auto* value, const char* meaning) {
        options.add_options()(name, value, russian(meaning).c_str());
    };
    using Number = std::int64_t;
    const auto text = [](const char* form) { return po::value<std::string>()->value_name(form); };
    const auto number = [](Number usual) {
        return po::value<Number>()->value_name("N")->default_value(usual);
    };
    add("listen", po::value<std::string>()->value_name("ADDR:PORT")->default_value("127.0.0.1:0"),
        "где слушать; порт 0 — любой свободный");
    add("control", text("ADDR:PORT"), "ещё один адрес без TLS, только для /control/");
    add("tls", text("DIR"), "каталог сертификатов (создаются сами): работать по HTTPS");
    add("tls-fault", text("FAULT"), "expired, wrong-host, self-signed или tls1.1");
    add("ledger", text("FILE"), "файл журнала: что было на самом деле; переживает перезапуск");
    add("seed", po::value<std::uint64_t>()->value_name("N"),
        "одинаковые номера и токены при каждом запуске");
    add("regnum", po::value<Words>()->value_name("OPL"),
        "зарегистрирована только эта касса (можно повторять)");
    add("password", po::value<Words>()->value_name("OPL=PW"),
        "касса в режиме пароля (можно повторять)");
    add("buyer-delay-ms", number(1000), "через сколько покупатель присоединяется и отвечает");
    add("late-commit-ms", number(5000),
        "через сколько после ухода клиента создаётся «поздний» платёж");
    add("session-life-ms", number(300000), "сколько живёт сессия оплаты");
    add("pace-ms", po::value<std::string>()->value_name("LIST"),
        "как часто можно опрашивать: consumerStatus=3000,payments=5000");
    add("instant-limit", po::value<std::string>()->value_name("SUM")->default_value("0"),
        "до этой суммы платёж оплачен сразу в ответе");
    add("clock", po::value<std::string>()->value_name("system|manual")->default_value("system"),
        "manual: время двигает только команда advance");
    add("script", text("FILE"), "файл JSON с правилами и поведением покупателя");
    add("plain-sums", po::bool_switch(), "копейки суммы ничего не значат");
    add("strict-details", po::bool_switch(), "проверять арифметику details");
    add("refuse-reports", po::bool_switch(), "не давать список смены кассе в режиме токена");
    add("keep-token-on-lost-reply", po::bool_switch(),
        "потерянный симулятором ответ не меняет токен");
    add("cancel-by-payment-id", po::bool_switch(),
        "техническая отмена называет платёж по paymentId");
    return options;
}

po::options_description relay_options() {
    po::options_description options(russian("Ключи relay"), kHelpColumns);
    options.add_options()(
        "listen", po::value<std::string>()->value_name("ADDR:PORT")->default_value("127.0.0.1:0"),
        russian("где слушать; порт 0 — любой свободный").c_str())(
        "upstream", po::value<std::string>()->value_name("ADDR:PORT")->required(),
        russian("куда передавать байты").c_str())(
        "control", po::value<std::string>()->value_name("ADDR:PORT"),
        russian("где слушать команды управления (HTTP)").c_str())(
        "script", po::value<std::string>()->value_name("FILE"),
        russian("файл JSON с правилами").c_str());
    return options;
}

po::options_description printer_options() {
    po::options_description options(russian("Ключи printer"), kHelpColumns);
    const auto add = [&options](const char* name, auto* value, const char* meaning) {
        options.add_options()(name, value, russian(meaning).c_str());
    };
    const auto text = [](const char* form) { return po::value<std::string>()->value_name(form); };
    add("listen", text("ADDR:PORT")->default_value("127.0.0.1:0"),
        "где слушать; у настоящих принтеров порт 9100");
    add("control", text("ADDR:PORT"), "где слушать команды управления (HTTP)");
    add("model", text("NAME")->default_value("epson-80"), "какой это принтер");
    add("out", text("DIR"), "каталог, куда писать слипы: картинка PNG и текст");
    add("faults", text("JSON"), "неисправности с самого начала, как в команде faults");
    return options;
}

po::options_description control_options() {
    po::options_description options(russian("Ключи control"), kHelpColumns);
    options.add_options()(
        "ca", po::value<std::string>()->value_name("FILE"),
        russian("сертификат центра (ca.pem) для https").c_str());
    return options;
}

void print_help() {
    std::cout << russian(
        "Симуляторы платёжных шлюзов для проверки касс. Настоящих денег здесь нет.\n\n"
        "  artix-simulator oplati [ключи]                  симулятор О!плати\n"
        "  artix-simulator relay --upstream АДРЕС:ПОРТ     ретранслятор, портящий соединения\n"
        "  artix-simulator printer --listen АДРЕС:9100     чековый принтер ESC/POS\n"
        "  artix-simulator control URL КОМАНДА [АРГУМЕНТ]  управление запущенным симулятором\n\n"
        "Готовый симулятор печатает строку «listening АДРЕС:ПОРТ» (и «control АДРЕС:ПОРТ»);\n"
        "заканчивает по SIGTERM или SIGINT. Покупатель платит сам через секунду.\n")
              << "\n"
              << oplati_options() << "\n"
              << relay_options() << "\n"
              << printer_options() << "\n"
              << control_options() << "\n"
              << russian(
                     "Команды control:\n"
                     "  ledger               что было на самом деле: события, заказы, итоги\n"
                     "  log [ВЫЗОВ]          принятые запросы (секреты — только как sha256)\n"
                     "  stats                счётчики соединений и запросов; правила и соединения "
                     "relay\n"
                     "  rules | rule JSON    правила; добавить правило или массив правил\n"
                     "  show-buyer | buyer JSON   поведение покупателя; изменить его\n"
                     "  act joins|pays|declines|lacks-money|too-late   покупатель делает это "
                     "сейчас\n"
                     "  do JSON              то же для одного заказа: "
                     "{\"do\":\"pays\",\"orderNumber\":\"…\"}\n"
                     "  reset-token OPL…     сбросить токен кассы, как в личном кабинете\n"
                     "  time | advance МС    часы; передвинуть их (--clock manual)\n"
                     "  port open|closed     relay, printer: слушать порт или отказывать в "
                     "соединении\n"
                     "  state | slips        printer: неисправности, замечания; что напечатано\n"
                     "  faults JSON          printer: {\"paper\":\"ok|near-end|out\",\"cover\":"
                     "\"open\",\"cutter\":\"stuck\",\"drawer\":\"open\",\n"
                     "                       \"silent\":true,\"paperOutAfterBytes\":N,"
                     "\"stallAfterBytes\":N,\"closeAfterBytes\":N,\"bytesPerSecond\":N}\n"
                     "  clear                забыть правила и журнал запросов\n\n"
                     "Вызовы О!плати для правил: tokens, demand, demand-close, consumer, charge, "
                     "payment,\n"
                     "reversal, cancel, report, any.\n\n"
                     "Что значат последние две цифры суммы (копейки) у О!плати; прочие — успех:\n");
    for (const oplati::Outcome& outcome : oplati::outcomes()) {
        const std::string digits = std::to_string(outcome.kopecks);
        std::cout << "  ," << std::string(2 - digits.size(), '0') << digits << "  "
                  << russian(outcome.meaning) << "\n";
    }
}

Result<> read_pace(const std::string& list, OplatiOptions& options) {
    std::size_t start = 0;
    while (start < list.size()) {
        const std::size_t end = std::min(list.find(',', start), list.size());
        const std::string part = list.substr(start, end - start);
        const std::size_t sign = part.find('=');
        const auto pace_ms = parse_integer(sign == std::string::npos ? "" : part.substr(sign + 1));
        const std::string name = part.substr(0, sign);
        if (!pace_ms || *pace_ms < 0 || (name != "consumerStatus" && name != "payments")) {
            return Error{
                ErrorCode::InvalidInput,
                tr("--pace-ms: непонятно «%1»; пример: consumerStatus=3000,payments=5000", part)};
        }
        (name == "payments" ? options.payment_pace_ms : options.consumer_pace_ms) = *pace_ms;
        start = end + 1;
    }
    return Done{};
}

Result<> read_desks(const po::variables_map& given, OplatiOptions& options) {
    if (given.count("regnum") > 0) options.desks = given["regnum"].as<Words>();
    if (given.count("password") == 0) return Done{};
    for (const std::string& pair : given["password"].as<Words>()) {
        const std::size_t sign = pair.find('=');
        if (sign == std::string::npos || sign == 0) {
            // The words may hold a password, so the error does not repeat them.
            return Error{ErrorCode::InvalidInput, tr("--password: укажите КАССА=ПАРОЛЬ")};
        }
        options.passwords[pair.substr(0, sign)] = pair.substr(sign + 1);
    }
    return Done{};
}

Result<> read_world(const po::variables_map& given, OplatiOptions& options) {
    const auto limit = Money::parse(given["instant-limit"].as<std::string>(), Currency());
    if (!limit) return Error{ErrorCode::InvalidInput, tr("--instant-limit: укажите сумму, 250.01")};
    options.instant_limit = *limit;
    const std::string clock = given["clock"].as<std::string>();
    if (clock == "manual") options.clock = std::make_shared<ManualClock>();
    if (clock != "manual" && clock != "system") {
        return Error{ErrorCode::InvalidInput, tr("--clock: укажите system или manual")};
    }
    if (given.count("tls") > 0) options.tls_folder = given["tls"].as<std::string>();
    if (given.count("tls-fault") > 0) {
        const auto fault = parse_tls_fault(given["tls-fault"].as<std::string>());
        if (!fault || !options.tls_folder) {
            return Error{
                ErrorCode::InvalidInput,
                tr("--tls-fault: expired, wrong-host, self-signed или tls1.1, и нужен --tls")};
        }
        options.tls_fault = *fault;
    }
    if (given.count("pace-ms") == 0) return Done{};
    return read_pace(given["pace-ms"].as<std::string>(), options);
}

Result<OplatiOptions> read_oplati(const po::variables_map& given) {
    OplatiOptions options;
    auto read = read_addresses(given, options.listen, options.control);
    if (read) read = read_desks(given, options);
    if (read) read = read_world(given, options);
    if (!read) return read.error();
    auto script = read_script(given);
    if (!script) return script.error();
    options.script = std::move(*script);
    if (given.count("ledger") > 0) options.ledger = given["ledger"].as<std::string>();
    if (given.count("seed") > 0) options.seed = given["seed"].as<std::uint64_t>();
    options.buyer.delay_ms = given["buyer-delay-ms"].as<std::int64_t>();
    options.late_commit_ms = given["late-commit-ms"].as<std::int64_t>();
    options.session_life_ms = given["session-life-ms"].as<std::int64_t>();
    if (options.buyer.delay_ms < 0 || options.late_commit_ms < 0 || options.session_life_ms < 0) {
        return Error{ErrorCode::InvalidInput, tr("время не может быть отрицательным")};
    }
    options.sums_decide = !given["plain-sums"].as<bool>();
    options.strict_details = given["strict-details"].as<bool>();
    options.reports_in_token_mode = !given["refuse-reports"].as<bool>();
    options.rotate_on_lost_reply = !given["keep-token-on-lost-reply"].as<bool>();
    options.cancel_by_payment_id = given["cancel-by-payment-id"].as<bool>();
    return options;
}

Result<PrinterProfile> read_profile(const std::string& name) {
    auto profile = find_printer_profile(name);
    if (profile) return *profile;
    std::string names;
    const std::vector<PrinterProfile> known = printer_profiles();
    for (const PrinterProfile& each : known)
        names += (names.empty() ? "" : ", ") + each.name;
    return Error{ErrorCode::InvalidInput, tr("--model: принтера «%1» нет; есть %2", name, names)};
}

Result<PrinterOptions> read_printer(const po::variables_map& given) {
    PrinterOptions options;
    const auto read = read_addresses(given, options.listen, options.control);
    if (!read) return read.error();
    auto profile = read_profile(given["model"].as<std::string>());
    if (!profile) return profile.error();
    options.profile = std::move(*profile);
    if (given.count("out") > 0) options.out = given["out"].as<std::string>();
    if (given.count("faults") == 0) return options;
    const auto document = json::parse(given["faults"].as<std::string>());
    if (!document) return document.error();
    auto faults = changed_faults({}, *document);
    if (!faults) return faults.error();
    options.faults = *faults;
    return options;
}

po::variables_map parsed(const Words& words, const po::options_description& options) {
    po::variables_map given;
    const po::positional_options_description none;
    po::store(po::command_line_parser(words).options(options).positional(none).run(), given);
    po::notify(given);
    return given;
}

int run_oplati(const Words& words) {
    auto options = read_oplati(parsed(words, oplati_options()));
    if (!options) return wrong_use(options.error().text);
    const sigset_t signals = block_end_signals();
    OplatiSimulator simulated(*options);
    const auto started = simulated.start();
    if (!started) return complain(started.error().text);
    announce("listening", options->listen.host, simulated.port());
    if (options->control) announce("control", options->control->host, simulated.control_port());
    wait_for_end(signals);
    return kDone;
}

int run_printer(const Words& words) {
    auto options = read_printer(parsed(words, printer_options()));
    if (!options) return wrong_use(options.error().text);
    const sigset_t signals = block_end_signals();
    PrinterSimulator printer(*options);
    const auto started = printer.start();
    if (!started) return complain(started.error().text);
    announce("listening", options->listen.host, printer.port());
    if (options->control) announce("control", options->control->host, printer.control_port());
    wait_for_end(signals);
    return kDone;
}

int run_relay(const Words& words) {
    const po::variables_map given = parsed(words, relay_options());
    RelayOptions options;
    const auto upstream = parse_address(given["upstream"].as<std::string>());
    if (!upstream) return wrong_use(upstream.error().text);
    options.upstream = *upstream;
    const auto read = read_addresses(given, options.listen, options.control);
    if (!read) return wrong_use(read.error().text);
    const auto script = read_script(given);
    if (!script) return wrong_use(script.error().text);
    options.script = *script;
    const sigset_t signals = block_end_signals();
    Relay relay(options);
    const auto started = relay.start();
    if (!started) return complain(started.error().text);
    announce("listening", options.listen.host, relay.port());
    if (options.control) announce("control", options.control->host, relay.control_port());
    wait_for_end(signals);
    return kDone;
}

int run_control(const Words& words) {
    constexpr std::size_t kWordsMin = 2;
    constexpr std::size_t kWordsMax = 3;
    po::options_description options = control_options();
    options.add_options()("words", po::value<Words>());
    po::positional_options_description positions;
    positions.add("words", -1);
    po::variables_map given;
    po::store(po::command_line_parser(words).options(options).positional(positions).run(), given);
    const Words said = given.count("words") > 0 ? given["words"].as<Words>() : Words{};
    if (said.size() < kWordsMin || said.size() > kWordsMax) {
        return wrong_use(tr("нужны URL, КОМАНДА и, если требуется, АРГУМЕНТ"));
    }
    const auto request = control_request(said[1], said.size() == kWordsMax ? said[2] : "");
    if (!request) return wrong_use(request.error().text);
    ControlTarget target{said[0], std::nullopt};
    if (given.count("ca") > 0) target.ca_file = given["ca"].as<std::string>();
    const auto reply = ask(target, *request);
    if (!reply) return complain(reply.error().text);
    constexpr int kHttpOk = 200;
    (reply->status == kHttpOk ? std::cout : std::cerr) << reply->body << "\n";
    return reply->status == kHttpOk ? kDone : kFailed;
}

int run(const Words& words) {
    if (words.empty())
        return wrong_use(tr("укажите, что запустить: oplati, relay, printer или control"));
    if (words[0] == "--help" || words[0] == "-h" || words.back() == "--help") {
        print_help();
        return kDone;
    }
    const Words rest(words.begin() + 1, words.end());
    if (words[0] == "oplati") return run_oplati(rest);
    if (words[0] == "relay") return run_relay(rest);
    if (words[0] == "printer") return run_printer(rest);
    if (words[0] == "control") return run_control(rest);
    return wrong_use(tr("«%1» неизвестно: есть oplati, relay, printer и control", words[0]));
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(Words(argv + 1, argv + argc));
    } catch (const po::error& error) {
        return wrong_use(tr("командная строка не понята: %1", error.what()));
    }
}
