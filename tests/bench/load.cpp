// SPDX-License-Identifier: Apache-2.0
// bench_load MODULE ROOT: loads the module into a process that has nothing of it yet, until its
// first answer; prints the time and the resident memory that it added.
#include <dlfcn.h>
#include <linuxcash/paysystem.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

std::int64_t now_ns() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

// VmRSS, or another line of the same file.
std::int64_t status_kib(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string word;
    std::int64_t number = 0;
    while (status >> word) {
        if (word == name + ":" && status >> number) return number;
    }
    return 0;
}

const lc_module& load(const char* path) {
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void* symbol = library == nullptr ? nullptr : dlsym(library, LC_ENTRY_NAME);
    if (symbol == nullptr) throw std::runtime_error(dlerror());
    const lc_module* (*entry)() = nullptr;
    std::memcpy(&entry, &symbol, sizeof entry);
    return *entry();
}

void check(lc_status status, const char* error) {
    if (status != LC_OK) throw std::runtime_error(error);
}

void measure(const char* path, const char* root) {
    std::array<char, 512> error{};
    const lc_host host{sizeof host, root, "1", "BYN", "ru"};
    lc_instance* instance = nullptr;
    const char* document = nullptr;
    const std::int64_t before_kib = status_kib("VmRSS");
    const std::int64_t before_private_kib = status_kib("RssAnon");
    const std::int64_t began = now_ns();
    const lc_module& module = load(path);
    const std::int64_t loaded = now_ns();
    check(module.create(&host, &instance, error.data(), error.size()), error.data());
    const std::int64_t created = now_ns();
    check(module.start(instance, error.data(), error.size()), error.data());
    check(module.unclaimed(instance, &document), "no answer");
    const std::int64_t ready = now_ns();
    std::cout << "load_ns " << loaded - began << " create_ns " << created - loaded << " start_ns "
              << ready - created << " ready_ns " << ready - began << " memory_kib "
              << status_kib("VmRSS") - before_kib << " private_kib "
              << status_kib("RssAnon") - before_private_kib << "\n";
    module.destroy(instance);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: bench_load MODULE ROOT\n";
        return 2;
    }
    try {
        measure(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& failure) {
        std::cerr << "bench_load: " << failure.what() << "\n";
        return 1;
    }
}
