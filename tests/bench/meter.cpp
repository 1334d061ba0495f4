// SPDX-License-Identifier: Apache-2.0
#include "bench/meter.h"

#include <dlfcn.h>
#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <thread>

#include "bench/memory.h"

namespace linuxcash::bench {
namespace {

// A replaced C function has nobody to give it its state: these are the globals of the benchmarks.
std::atomic<std::int64_t> waited_ns{0};
// What was waited before it, in an idle loop, is nobody's time.
std::atomic<std::int64_t> window_ns{0};

std::int64_t cpu_ns() {
    constexpr std::int64_t kNsPerSecond = 1'000'000'000;
    constexpr std::int64_t kNsPerMicrosecond = 1'000;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return time.tv_sec * kNsPerSecond + time.tv_usec * kNsPerMicrosecond;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

std::int64_t reads_and_writes() {
    std::ifstream counts("/proc/self/io");
    std::string word;
    std::int64_t number = 0;
    std::int64_t sum = 0;
    while (counts >> word >> number) {
        if (word == "syscr:" || word == "syscw:") sum += number;
    }
    return sum;
}

std::int64_t median(const std::vector<Spent>& payments, std::int64_t Spent::*member) {
    std::vector<std::int64_t> values;
    for (const Spent& each : payments)
        values.push_back(each.*member);
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace

std::int64_t now_ns() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

void let_a_buyer_go() {
    constexpr std::chrono::milliseconds kPause(15);
    std::this_thread::sleep_for(kPause);
}

Stopwatch::Stopwatch()
    : began_ns_(0),
      wire_ns_(waited_ns),
      cpu_ns_(cpu_ns()),
      calls_(reads_and_writes()),
      syncs_(fakes::syncs_so_far()) {
    began_ns_ = now_ns();
    window_ns = began_ns_;
}

Spent Stopwatch::end() const {
    Spent spent;
    spent.total_ns = now_ns() - began_ns_;
    const fakes::Syncs syncs = fakes::syncs_so_far();
    spent.disk_ns = syncs.nanoseconds - syncs_.nanoseconds;
    spent.journal_syncs = syncs.journal - syncs_.journal;
    spent.other_syncs = syncs.other - syncs_.other;
    spent.wire_ns = waited_ns - wire_ns_;
    spent.cpu_ns = cpu_ns() - cpu_ns_;
    spent.reads_and_writes = reads_and_writes() - calls_;
    return spent;
}

void print_medians(const std::vector<Spent>& payments) {
    const Memory memory;
    std::cout << "payments " << payments.size()  //
              << " total_ns " << median(payments, &Spent::total_ns)  //
              << " disk_ns " << median(payments, &Spent::disk_ns)  //
              << " wire_ns " << median(payments, &Spent::wire_ns)  //
              << " cpu_ns " << median(payments, &Spent::cpu_ns)  //
              << " journal_syncs " << median(payments, &Spent::journal_syncs)  //
              << " other_syncs " << median(payments, &Spent::other_syncs)  //
              << " reads_and_writes " << median(payments, &Spent::reads_and_writes)
              << " memory_kib " << memory.all_kib << " private_kib " << memory.private_kib << "\n";
}

}  // namespace linuxcash::bench

extern "C" __attribute__((visibility("default"))) int poll(
    pollfd* entries, nfds_t count, int timeout_ms) {
    using namespace linuxcash::bench;
    int (*function)(pollfd*, nfds_t, int) = nullptr;
    void* symbol = dlsym(RTLD_NEXT, "poll");
    std::memcpy(&function, &symbol, sizeof function);
    const std::int64_t before = now_ns();
    const int result = function(entries, count, timeout_ms);
    // One descriptor and time to wait: libcurl's own, of a loop that waits for orders.
    const bool idle = count == 1 && timeout_ms > 0;
    if (!idle) waited_ns += now_ns() - std::max(before, window_ns.load());
    return result;
}
