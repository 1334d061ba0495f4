// SPDX-License-Identifier: Apache-2.0
// The step "fiscal receipt" as the register knows it, and the device of this product: it prints no
// fiscal receipt, and can be told to fail. One thread.
#pragma once

#include "base/result.h"
#include "base/text.h"
#include "core/slip.h"
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
    explicit VirtualFiscalDevice(Translate translate) : translate_(std::move(translate)) {}

    // The next receipt fails, and only that one.
    void fail_next(bool fail) { fails_ = fail; }

    [[nodiscard]] Result<core::slip::Slip> register_receipt(const till::Receipt& receipt) override;

private:
    Translate translate_;
    bool fails_ = false;
};

// The slip of a receipt that is no fiscal document: lines, discounts, total, payments, change.
[[nodiscard]] core::slip::Slip receipt_slip(
    const till::Receipt& receipt, const Translate& translate);

// The slip of a closed receipt that was annulled: what the buyer signs or takes away. The receipt
// as it was before: what it held goes back, less the change that the buyer has already.
[[nodiscard]] core::slip::Slip annulment_slip(
    const till::Receipt& receipt, const Translate& translate);

}  // namespace linuxcash::terminal
