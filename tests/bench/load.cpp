// SPDX-License-Identifier: Apache-2.0
// bench_load MODULE ROOT: loads the module into a process that has nothing of it yet, until its
// first answer; prints the time and the resident memory that it added. bench_load plain FOLDER: the
// same of libcurl and SQLite by themselves, until each is ready for work.
#include <dlfcn.h>
#include <linuxcash/paysystem.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <iostream>
#include <stdexcept>
#include <string>

#include "bench/memory.h"

namespace {

using linuxcash::bench::Memory;

// Of all threads: a busy machine changes it less than the time that passes.
std::int64_t cpu_ns() {
    constexpr std::int64_t kNsPerTick = 1'000'000'000 / CLOCKS_PER_SEC;
    return std::clock() * kNsPerTick;
}

std::int64_t now_ns() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

template <typename Function>
Function symbol_of(const char* path, const char* name) {
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void* symbol = library == nullptr ? nullptr : dlsym(library, name);
    if (symbol == nullptr) throw std::runtime_error(dlerror());
    Function function = nullptr;
    std::memcpy(&function, &symbol, sizeof function);
    return function;
}

// What there was before anything was loaded.
struct Before {
    Memory memory;
    std::int64_t spent_ns = cpu_ns();
    std::int64_t began_ns = now_ns();
};

// To be called when everything is ready.
void print_added(const Before& before) {
    const std::int64_t ready_ns = now_ns() - before.began_ns;
    const std::int64_t spent_ns = cpu_ns() - before.spent_ns;
    const Memory now;
    std::cout << "ready_ns " << ready_ns << " cpu_ns " << spent_ns << " memory_kib "
              << now.all_kib - before.memory.all_kib << " private_kib "
              << now.private_kib - before.memory.private_kib;
}

void check(lc_status status, const char* error) {
    if (status != LC_OK) throw std::runtime_error(error);
}

void measure(const char* path, const char* root) {
    std::array<char, 512> error{};
    const lc_host host{sizeof host, root, "1", "BYN", "ru"};
    lc_instance* instance = nullptr;
    const char* document = nullptr;
    const Before before;
    const lc_module& module = *symbol_of<const lc_module* (*)()>(path, LC_ENTRY_NAME)();
    const std::int64_t loaded = now_ns();
    check(module.create(&host, &instance, error.data(), error.size()), error.data());
    const std::int64_t created = now_ns();
    check(module.start(instance, error.data(), error.size()), error.data());
    check(module.unclaimed(instance, &document), "no answer");
    const std::int64_t started = now_ns();
    print_added(before);
    std::cout << " load_ns " << loaded - before.began_ns << " create_ns " << created - loaded
              << " start_ns " << started - created << "\n";
    module.destroy(instance);
}

// Kept open until everything has been measured, then closed as a program would.
void measure_plain(const std::string& folder) {
    constexpr const char* kCurl = "libcurl.so.4";
    constexpr const char* kSqlite = "libsqlite3.so.0";
    constexpr long kEverything = 3;  // CURL_GLOBAL_DEFAULT
    using Execute = int (*)(void*, const char*, void*, void*, void*);
    const std::string path = folder + "/plain.db";
    void* database = nullptr;
    const Before before;
    symbol_of<int (*)(long)>(kCurl, "curl_global_init")(kEverything);
    void* multi = symbol_of<void* (*)()>(kCurl, "curl_multi_init")();
    symbol_of<int (*)(const char*, void**)>(kSqlite, "sqlite3_open")(path.c_str(), &database);
    symbol_of<Execute>(kSqlite, "sqlite3_exec")(
        database, "PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS records(body TEXT)", nullptr,
        nullptr, nullptr);
    print_added(before);
    std::cout << "\n";
    symbol_of<int (*)(void*)>(kSqlite, "sqlite3_close")(database);
    symbol_of<int (*)(void*)>(kCurl, "curl_multi_cleanup")(multi);
    symbol_of<void (*)()>(kCurl, "curl_global_cleanup")();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: bench_load MODULE|plain FOLDER\n";
        return 2;
    }
    try {
        if (std::string(argv[1]) == "plain") {
            measure_plain(argv[2]);
        } else {
            measure(argv[1], argv[2]);
        }
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "bench_load: " << failure.what() << "\n";
        return 1;
    }
}
