// SPDX-License-Identifier: Apache-2.0
#include "entry/shop.h"

#include <dlfcn.h>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "base/foreign.h"

namespace linuxcash::entry::test {
namespace {

const lc_module* load() {
    void* library = dlopen(TEST_MODULE, RTLD_NOW | RTLD_LOCAL);
    void* symbol = library == nullptr ? nullptr : dlsym(library, LC_ENTRY_NAME);
    if (symbol == nullptr) throw std::runtime_error(dlerror());
    const lc_module* (*entry)() = nullptr;
    std::memcpy(&entry, &symbol, sizeof entry);
    const lc_module* table = entry();
    // Made once and good for ever: before the first test counts its memory.
    static_cast<void>(table->describe());
    return table;
}

const lc_module* const kModule = load();

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what);
}

class Deadline {
public:
    void check(const char* what) const {
        if (std::chrono::steady_clock::now() > until_) fail(std::string("in vain: ") + what);
        std::this_thread::yield();
    }

private:
    std::chrono::steady_clock::time_point until_ =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
};

json::Value parsed(const char* document) {
    auto value = json::parse(document);
    if (!value) fail(value.error().text.russian());
    return *value;
}

Ending ending_of(const lc_event_finished& finished) {
    Ending ending;
    ending.outcome = finished.outcome;
    ending.owed = finished.owed != 0;
    ending.level = finished.level;
    ending.text = finished.text;
    ending.reason = finished.reason;
    ending.sum = finished.sum;
    ending.gateway_id = finished.gateway_id;
    ending.slip = text_of(finished.slip);
    ending.report_info = text_of(finished.report_info);
    ending.details = text_of(finished.details);
    return ending;
}

}  // namespace

const lc_module& module() {
    return *kModule;
}

const lc_payment_1& payment() {
    return *static_cast<const lc_payment_1*>(kModule->ability(nullptr, LC_ABILITY_PAYMENT_1));
}

const lc_queue_1& queue() {
    return *static_cast<const lc_queue_1*>(kModule->ability(nullptr, LC_ABILITY_QUEUE_1));
}

const lc_reconcile_1& reconciliation() {
    return *static_cast<const lc_reconcile_1*>(kModule->ability(nullptr, LC_ABILITY_RECONCILE_1));
}

const lc_loyalty_1& loyalty() {
    return *static_cast<const lc_loyalty_1*>(kModule->ability(nullptr, LC_ABILITY_LOYALTY_1));
}

lc_id id_of(std::uint8_t seed) {
    lc_id id{};
    for (std::uint8_t& byte : id.bytes)
        byte = seed++;
    return id;
}

std::string hex(const lc_id& id) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : id.bytes) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xFU];
    }
    return text;
}

Sale::Sale(std::uint8_t seed, std::int64_t sum_minor) : id(id_of(seed)), minor(sum_minor) {
    const std::string sum = Money(minor, Currency()).str();
    const std::string number = std::to_string(seed);
    receipt =
        R"({"uid":"receipt-)" + number + R"(","number":)" + number
        + R"(,"type":"sale","revision":1,"desk":"1","shift":3,"shift_date":"2026-11-22",)"
        + R"("cashier":"Кассир 1","currency":"BYN","total":")" + sum + R"(","due":")" + sum
        + R"(","lines":[{"index":1,"code":"1001","name":"Молоко 1 л","quantity":"1","price":")"
        + sum + R"(","discount":"0.00","total":")" + sum + R"("}],"payments":[]})";
}

lc_pay_request Sale::request() const {
    lc_pay_request request{};
    request.request.size = sizeof request;
    request.request.flags = flags;
    request.request.id = id;
    request.request.type = 20;
    request.request.cashier = cashier.c_str();
    request.request.receipt = receipt.c_str();
    request.sum.minor = minor;
    currency.copy(request.sum.currency, sizeof request.sum.currency);
    return request;
}

lc_undo_request undo_request(std::uint8_t seed, const lc_id& target) {
    lc_undo_request request{};
    request.request.size = sizeof request;
    request.request.id = id_of(seed);
    request.request.type = 20;
    request.request.cashier = "Кассир 1";
    request.request.receipt = "{}";
    request.target = target;
    return request;
}

const lc_event* Talk::event() {
    const lc_event* event = nullptr;
    const lc_status status = module().conversation->next(operation_, kPatienceMs, &event);
    if (status != LC_OK) fail("no event: status " + std::to_string(status));
    return event;
}

Ending Talk::finish(const char* scanned) {
    Ending ending;
    for (;;) {
        const lc_event* pulled = event();
        if (pulled->kind == LC_EVENT_FINISHED) {
            std::vector<std::string> shown = std::move(ending.shown);
            const std::string qr = ending.qr;
            ending = ending_of(*reinterpret_cast<const lc_event_finished*>(pulled));
            ending.shown = std::move(shown);
            ending.qr = qr;
            return ending;
        }
        if (pulled->kind == LC_EVENT_SHOW) {
            const auto* show = reinterpret_cast<const lc_event_show*>(pulled);
            ending.shown.emplace_back(show->text);
            if (show->qr != nullptr) ending.qr = show->qr;
            continue;
        }
        lc_answer answer{};
        answer.size = sizeof answer;
        answer.event = pulled->number;
        answer.kind = scanned == nullptr ? LC_ANSWER_UNSUPPORTED : LC_ANSWER_VALUE;
        answer.entered_by = LC_ACCEPT_SCAN;
        answer.text = scanned;
        static_cast<void>(module().conversation->answer(operation_, &answer));
    }
}

void Talk::cancel() const {
    if (module().conversation->cancel(operation_) != LC_OK) fail("cancel did not work");
}

void Talk::release() {
    module().conversation->release(std::exchange(operation_, nullptr));
}

Shop::Shop() {
    root = folder_.path();
    bank.buyer.delay_ms = 0;
    bank.consumer_pace_ms = 0;
    bank.payment_pace_ms = 0;
    bank.sums_decide = false;
    for (const char* below : {"cash/paysystems/oplati", "cash/data", "logs/current"})
        std::filesystem::create_directories(path(below));
}

Shop::~Shop() {
    close();
}

void Shop::open_bank() {
    if (gateway_) return;
    gateway_ = std::make_unique<simulator::OplatiSimulator>(bank);
    const auto started = gateway_->start();
    if (!started) fail(started.error().text.russian());
}

void Shop::write_settings() const {
    const std::string scheme = bank.tls_folder ? "https" : "http";
    std::ofstream file(path("cash/paysystems/oplati/oplati.conf"));
    file << "[Main]\nregNum = OPL000011111\nurl = " << scheme << "://127.0.0.1:" << gateway_->port()
         << "/ms-pay\n";
    if (bank.tls_folder) file << "ca_file = " << (*bank.tls_folder / "ca.pem").native() << "\n";
    file << settings;
}

void Shop::open() {
    open_bank();
    write_settings();
    std::string error;
    if (create(&error) != LC_OK) fail(error);
    start();
}

lc_status Shop::create(std::string* error) {
    std::array<char, 1024> text{};
    const lc_host host{sizeof host, root.c_str(), "1", "BYN", "ru"};
    const lc_status status = module().create(&host, &instance_, text.data(), text.size());
    if (error != nullptr) *error = text.data();
    return status;
}

void Shop::start() {
    std::array<char, 1024> text{};
    if (module().start(instance_, text.data(), text.size()) != LC_OK) fail(text.data());
}

void Shop::close() {
    module().destroy(std::exchange(instance_, nullptr));
}

Talk Shop::pay(const Sale& sale) const {
    lc_operation* operation = nullptr;
    const lc_pay_request request = sale.request();
    const lc_status status = payment().pay(instance_, &request, &operation);
    if (status != LC_OK) fail("pay: status " + std::to_string(status));
    return Talk(operation);
}

Talk Shop::undo(std::uint8_t seed, const lc_id& target) const {
    lc_operation* operation = nullptr;
    const lc_undo_request request = undo_request(seed, target);
    const lc_status status = payment().undo(instance_, &request, &operation);
    if (status != LC_OK) fail("undo: status " + std::to_string(status));
    return Talk(operation);
}

lc_status Shop::settle(const lc_id& id, std::int32_t word) const {
    return module().settle(instance_, &id, word);
}

json::Value Shop::unclaimed() const {
    const char* document = nullptr;
    if (module().unclaimed(instance_, &document) != LC_OK) fail("unclaimed did not work");
    return parsed(document);
}

json::Value Shop::obligations() const {
    const char* document = nullptr;
    if (queue().list(instance_, &document) != LC_OK) fail("list did not work");
    return parsed(document);
}

std::string Shop::notice(const std::string& topic) const {
    for (const Deadline deadline;; deadline.check(topic.c_str())) {
        const lc_notice* notice = nullptr;
        if (module().notice(instance_, &notice) == LC_OK && notice->topic == topic)
            return notice->text;
    }
}

void Shop::wait_until_charging() const {
    for (const Deadline deadline; unclaimed().array()->empty(); deadline.check("the intent"))
        continue;
}

void Shop::wait_until_nothing_is_owed() const {
    for (const Deadline deadline; !obligations().array()->empty(); deadline.check("the undo"))
        continue;
}

std::string Shop::kept() {
    return gateway_->control("GET", "ledger").find("totals")->string("kept").value_or("?");
}

std::int64_t Shop::requests_of(const std::string& call) {
    const json::Value stats = gateway_->control("GET", "stats");
    return stats.find("requests")->integer(call).value_or(0);
}

void Shop::rule(const std::string& document) {
    open_bank();
    const json::Value answer = gateway_->control("POST", "rules", parsed(document.c_str()));
    if (answer.find("error") != nullptr) fail(answer.str());
}

std::filesystem::path Shop::path(const std::string& below) const {
    return std::filesystem::path(root) / below;
}

std::string Shop::log() const {
    std::ostringstream text;
    text << std::ifstream(path("logs/current/terminal.log")).rdbuf();
    return text.str();
}

}  // namespace linuxcash::entry::test
