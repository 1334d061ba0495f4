// SPDX-License-Identifier: Apache-2.0
#include "http/broken_pipe.h"

#include <ctime>

namespace linuxcash::http {
namespace {

bool pending() noexcept {
    sigset_t set;
    return sigpending(&set) == 0 && sigismember(&set, SIGPIPE) == 1;
}

sigset_t only_broken_pipe() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

}  // namespace

BrokenPipeGuard::BrokenPipeGuard() noexcept {
    if (pending()) return;
    const sigset_t set = only_broken_pipe();
    blocked_ = pthread_sigmask(SIG_BLOCK, &set, &before_) == 0;
}

BrokenPipeGuard::~BrokenPipeGuard() {
    if (!blocked_) return;
    const sigset_t set = only_broken_pipe();
    const timespec at_once{};
    while (pending() && sigtimedwait(&set, nullptr, &at_once) >= 0)
        continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace linuxcash::http
