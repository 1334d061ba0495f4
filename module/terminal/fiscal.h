// SPDX-License-Identifier: Apache-2.0
// The step "fiscal receipt" as the register knows it, and the device of this product: it prints no
// fiscal receipt, and can be told to fail. One thread.
#pragma once

#include "base/result.h"
#include "core/slip.h"
#include "terminal/papers.h"
#include "till/receipt.h"

namespace linuxcash::terminal {

class FiscalDevice {
public:
    virtual ~FiscalDevice() = default;
    // Registers a paid receipt and gives what to print for it. On failure nothing was registered.
    [[nodiscard]] virtual Result<core::slip::Slip> register_receipt(
        const till::Receipt& receipt) = 0;
};

class VirtualFiscalDevice final : public FiscalDevice {
public:
    // `papers` must outlive it.
    explicit VirtualFiscalDevice(Papers& papers) : papers_(papers) {}

    // The next receipt fails, and only that one.
    void fail_next(bool fail) { fails_ = fail; }

    [[nodiscard]] Result<core::slip::Slip> register_receipt(const till::Receipt& receipt) override;

private:
    Papers& papers_;
    bool fails_ = false;
};

}  // namespace linuxcash::terminal
