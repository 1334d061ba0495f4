// SPDX-License-Identifier: Apache-2.0
// What may go wrong in a world: the kinds, whether one happens here and now, and how often each has
// happened. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "world/random.h"

namespace linuxcash::world {

enum class Fault {
    // The wire.
    ConnectRefused,
    ResolveFailed,
    TlsFailed,
    LinkDown,  // for a while
    ResetBeforeRead,
    ResetAfterRead,
    HalfReply,
    SilenceBeforeRead,
    SilenceAfterRead,
    LateArrival,  // the server reads it after the client has left
    LateCommit,  // the server read it, and does it after the client has left
    SlowReply,
    SentTwice,  // by a proxy; only what HTTP calls idempotent
    ForeignPage,  // a proxy's page; the server has seen nothing, or everything
    Garbage,  // the server has done it, its body is no JSON
    EmptyReply,
    // The server.
    Http400,
    Http401,
    Http403,
    Http404,
    Http408,
    Http409,
    Http429,
    Http500,
    Http502,
    Http503,
    Http504,
    Http500AfterCommit,
    WrongSum,
    OtherOrder,
    OtherPayment,
    LastingLie,  // every reply about this payment tells another sum, order or payment
    StaleReading,  // a payment that is seconds old is not seen yet
    HollowCancel,  // a cancel is taken, and nothing is done
    ListRefused,
    RotationLost,  // the reply with the next token
    RotationIdle,  // the call succeeded, its token stays
    CabinetReset,  // the merchant drops the register's token
    // The buyer.
    BuyerDeclines,
    BuyerLacksMoney,
    BuyerTooLate,
    BuyerIgnores,
    BuyerSlow,
    BuyerNeverJoins,
    SystemCancels,
    UnknownStatus,
    // The register.
    AppendFails,
    DiskFull,  // for a while
    ReadFails,
    OpeningFails,
    RelaxedLost,
    SecretNotSaved,
    SecretUnreadable,
    KilledBeforeCommit,
    KilledAfterCommit,
    KilledBeforeSend,
    KilledAfterSend,
    KilledAroundSecret,
    KilledWhileWaiting,
    KilledAtTheTill,
    KilledInRecovery,
    PowerCut,
    ClockJump,
    Last = ClockJump
};

inline constexpr std::size_t kFaultKinds = static_cast<std::size_t>(Fault::Last) + 1;

[[nodiscard]] std::string_view name(Fault fault);

using FaultCounts = std::array<std::uint64_t, kFaultKinds>;

class Faults {
public:
    // At most `limit` faults happen: cutting them off the end makes a failing world smaller.
    Faults(Random random, int limit) : random_(random), limit_(limit) {}

    // Whether it happens, with a chance of so many in a thousand.
    [[nodiscard]] bool happens(Fault fault, int per_mille);
    // It is chosen already: whether it is allowed to happen.
    [[nodiscard]] bool allow(Fault fault);
    // From here on nothing goes wrong.
    void heal() { healed_ = true; }
    [[nodiscard]] bool healed() const { return healed_; }
    [[nodiscard]] int happened() const { return happened_; }
    [[nodiscard]] const FaultCounts& counts() const { return counts_; }
    [[nodiscard]] Random& random() { return random_; }

private:
    Random random_;
    int limit_;
    int happened_ = 0;
    bool healed_ = false;
    FaultCounts counts_{};
};

}  // namespace linuxcash::world
