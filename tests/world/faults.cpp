// SPDX-License-Identifier: Apache-2.0
#include "world/faults.h"

namespace linuxcash::world {
namespace {

constexpr int kWhole = 1'000;

constexpr std::array<std::string_view, kFaultKinds> kNames{
    "connect-refused",
    "resolve-failed",
    "tls-failed",
    "link-down",
    "reset-before-read",
    "reset-after-read",
    "half-reply",
    "silence-before-read",
    "silence-after-read",
    "late-arrival",
    "late-commit",
    "slow-reply",
    "sent-twice",
    "foreign-page",
    "garbage",
    "empty-reply",
    "http-400",
    "http-401",
    "http-403",
    "http-404",
    "http-408",
    "http-409",
    "http-429",
    "http-500",
    "http-502",
    "http-503",
    "http-504",
    "http-500-after-commit",
    "wrong-sum",
    "other-order",
    "other-payment",
    "lasting-lie",
    "stale-reading",
    "hollow-cancel",
    "list-refused",
    "rotation-lost",
    "rotation-idle",
    "cabinet-reset",
    "buyer-declines",
    "buyer-lacks-money",
    "buyer-too-late",
    "buyer-ignores",
    "buyer-slow",
    "buyer-never-joins",
    "system-cancels",
    "unknown-status",
    "append-fails",
    "disk-full",
    "read-fails",
    "opening-fails",
    "relaxed-lost",
    "secret-not-saved",
    "secret-unreadable",
    "killed-before-commit",
    "killed-after-commit",
    "killed-before-send",
    "killed-after-send",
    "killed-around-secret",
    "killed-while-waiting",
    "killed-at-the-till",
    "killed-in-recovery",
    "power-cut",
    "clock-jump"};

}  // namespace

std::string_view name(Fault fault) {
    return kNames[static_cast<std::size_t>(fault)];
}

bool Faults::happens(Fault fault, int per_mille) {
    if (per_mille == 0 || healed_) return false;
    if (random_.between(0, kWhole - 1) >= per_mille) return false;
    return allow(fault);
}

bool Faults::allow(Fault fault) {
    if (healed_ || happened_ >= limit_) return false;
    ++happened_;
    ++counts_[static_cast<std::size_t>(fault)];
    return true;
}

}  // namespace linuxcash::world
