// SPDX-License-Identifier: Apache-2.0
// Bugs that the simulator must find: the product's parts with one thing done wrong, chosen when the
// program runs. Plain values, one thread.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "gateways/oplati/gateway.h"
#include "world/disk.h"
#include "world/wire.h"

namespace linuxcash::world {

enum class Bug {
    None,
    ForgetsIntents,
    SyncsNothing,
    ForgetsDebts,
    ForgetsOpenPayments,
    SilenceMeansUnsent,
    ServerErrorMeansDeclined,
    PendingMeansPaid,
    GoneIsProof,
    UndoTrustsItsReply,
    KeyRepeats,
    ChargesAnotherSum,
    ChargesWhileOwing,
    RefundErrorMeansDeclined,
    SaysWrittenWhenFull,
    Last = SaysWrittenWhenFull
};

inline constexpr std::size_t kBugs = static_cast<std::size_t>(Bug::Last) + 1;

[[nodiscard]] std::string_view name(Bug bug);

[[nodiscard]] std::unique_ptr<Disk> make_disk(Stage stage, int per_mille, Bug bug);
[[nodiscard]] std::unique_ptr<Wire> make_wire(Wire::Parts parts, const Temper& temper, Bug bug);
[[nodiscard]] std::unique_ptr<core::Gateway> make_gateway(oplati::Settings settings, Bug bug);

}  // namespace linuxcash::world
