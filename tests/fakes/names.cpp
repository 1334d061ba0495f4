// SPDX-License-Identifier: Apache-2.0
#include "fakes/names.h"

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <string_view>

namespace linuxcash::fakes {
namespace {

// A replaced C function has nobody to give it its state: these are the only globals of the tests.
std::atomic<int> asked = 0;
std::mutex mutex;
std::condition_variable changed;
bool hanging = false;
int waiting = 0;

void hang() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [] { return !hanging; });
    --waiting;
    changed.notify_all();
}

using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

Function system_function() {
    Function function = nullptr;
    void* symbol = dlsym(RTLD_NEXT, "getaddrinfo");
    std::memcpy(&function, &symbol, sizeof function);
    return function;
}

}  // namespace

int names_asked() {
    return asked;
}

HangingNames::HangingNames() {
    const std::lock_guard lock(mutex);
    hanging = true;
}

HangingNames::~HangingNames() {
    std::unique_lock lock(mutex);
    hanging = false;
    changed.notify_all();
    changed.wait(lock, [] { return waiting == 0; });
}

}  // namespace linuxcash::fakes

extern "C" __attribute__((visibility("default"))) int getaddrinfo(
    const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    using namespace linuxcash::fakes;
    const std::string_view asked_for = name == nullptr ? "" : name;
    ++asked;
    if (asked_for == "missing.test") return EAI_NONAME;
    if (asked_for == "hang.test") {
        hang();
        return EAI_AGAIN;
    }
    return system_function()(asked_for == "shop.test" ? "127.0.0.1" : name, service, hints, result);
}
