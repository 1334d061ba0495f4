// SPDX-License-Identifier: Apache-2.0
// The program's name resolution in the test's hands: the program that links names.cpp has its own
// getaddrinfo, which libcurl calls too. "hang.test" hangs until let go, "missing.test" is unknown,
// "shop.test" is 127.0.0.1, the rest is the system's. Any thread.
#pragma once

namespace linuxcash::fakes {

// How many names were asked for since the program began.
[[nodiscard]] int names_asked();

// While it lives, "hang.test" hangs; its end waits until nobody hangs any more.
class HangingNames {
public:
    HangingNames();
    HangingNames(const HangingNames&) = delete;
    HangingNames& operator=(const HangingNames&) = delete;
    ~HangingNames();
};

}  // namespace linuxcash::fakes
