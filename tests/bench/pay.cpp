// SPDX-License-Identifier: Apache-2.0
// bench_pay MODULE ROOT PAYMENTS: so many approved payments through the contract, after a few that
// warm everything up; where their time went.
#include <dlfcn.h>
#include <linuxcash/paysystem.h>
#include <sys/random.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>

#include "bench/meter.h"

namespace {

using linuxcash::bench::Spent;
using linuxcash::bench::Stopwatch;

constexpr int kWarmUp = 3;
constexpr std::int64_t kSumMinor = 2450;

constexpr const char* kReceipt =
    R"({"uid":"bench","number":1,"type":"sale","revision":1,"desk":"1","shift":3,)"
    R"("shift_date":"2026-11-22","cashier":"Кассир 1","currency":"BYN","total":"24.50",)"
    R"("due":"24.50","lines":[{"index":1,"code":"1001","name":"Молоко 1 л","quantity":"1",)"
    R"("price":"24.50","discount":"0.00","total":"24.50"}],"payments":[]})";

const lc_module& load(const char* path) {
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void* symbol = library == nullptr ? nullptr : dlsym(library, LC_ENTRY_NAME);
    if (symbol == nullptr) throw std::runtime_error(dlerror());
    const lc_module* (*entry)() = nullptr;
    std::memcpy(&entry, &symbol, sizeof entry);
    return *entry();
}

class Register {
public:
    Register(const char* module, const char* root) : module_(load(module)) {
        std::array<char, 512> error{};
        const lc_host host{sizeof host, root, "1", "BYN", "ru"};
        lc_status status = module_.create(&host, &instance_, error.data(), error.size());
        if (status == LC_OK) status = module_.start(instance_, error.data(), error.size());
        if (status != LC_OK) throw std::runtime_error(error.data());
        payment_ =
            static_cast<const lc_payment_1*>(module_.ability(instance_, LC_ABILITY_PAYMENT_1));
    }
    Register(const Register&) = delete;
    Register& operator=(const Register&) = delete;
    ~Register() { module_.destroy(instance_); }

    // From the cashier's key to the settled payment.
    Spent pay() {
        lc_pay_request request{};
        request.request.size = sizeof request;
        if (getrandom(&request.request.id, sizeof request.request.id, 0) < 0)
            throw std::runtime_error("no randomness");
        request.request.type = 20;
        request.request.cashier = "Кассир 1";
        request.request.receipt = kReceipt;
        request.sum = {kSumMinor, "BYN"};
        linuxcash::bench::let_a_buyer_go();
        const Stopwatch watch;
        lc_operation* operation = nullptr;
        if (payment_->pay(instance_, &request, &operation) != LC_OK)
            throw std::runtime_error("the payment did not begin");
        converse(operation);
        if (module_.settle(instance_, &request.request.id, LC_SETTLED_KEPT) != LC_OK)
            throw std::runtime_error("the payment was not settled");
        return watch.end();
    }

private:
    void converse(lc_operation* operation) {
        constexpr int kPatienceMs = 60'000;
        const lc_event* event = nullptr;
        while (module_.conversation->next(operation, kPatienceMs, &event) == LC_OK) {
            if (event->kind != LC_EVENT_FINISHED) continue;
            const auto* finished = reinterpret_cast<const lc_event_finished*>(event);
            if (finished->outcome != LC_OUTCOME_APPROVED) throw std::runtime_error(finished->text);
            return module_.conversation->release(operation);
        }
        throw std::runtime_error("the payment did not end");
    }

    const lc_module& module_;
    const lc_payment_1* payment_ = nullptr;
    lc_instance* instance_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: bench_pay MODULE ROOT PAYMENTS\n";
        return 2;
    }
    try {
        Register shop(argv[1], argv[2]);
        for (int payment = 0; payment < kWarmUp; ++payment)
            shop.pay();
        std::vector<Spent> payments;
        while (payments.size() < std::strtoul(argv[3], nullptr, 10))
            payments.push_back(shop.pay());
        linuxcash::bench::print_medians(payments);
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "bench_pay: " << failure.what() << "\n";
        return 1;
    }
}
