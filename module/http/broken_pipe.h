// SPDX-License-Identifier: Apache-2.0
// Keeps SIGPIPE away while OpenSSL writes to a socket that the other side has closed. For the
// calling thread only.
#pragma once

#include <signal.h>

namespace linuxcash::http {

// While it lives, a SIGPIPE caused by this thread is swallowed; one that was pending before is left
// alone.
class BrokenPipeGuard {
public:
    BrokenPipeGuard() noexcept;
    BrokenPipeGuard(const BrokenPipeGuard&) = delete;
    BrokenPipeGuard& operator=(const BrokenPipeGuard&) = delete;
    ~BrokenPipeGuard();

private:
    sigset_t before_{};
    bool blocked_ = false;  // by us: neither blocked nor pending before
};

}  // namespace linuxcash::http
