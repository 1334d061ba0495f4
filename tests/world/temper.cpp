// SPDX-License-Identifier: Apache-2.0
#include "world/temper.h"

#include <array>

namespace linuxcash::world {

Temper draw_temper(Random& random) {
    constexpr std::array kWire{0, 20, 60, 150, 300, 600};
    constexpr std::array kDisk{0, 0, 15, 60, 250};
    constexpr std::array kBuyer{0, 100, 300, 700};
    constexpr std::array kDeaths{0, 0, 1, 1, 2, 3};
    constexpr std::array kReceipts{1, 1, 1, 2, 3};
    constexpr std::array kModes{
        oplati::Mode::BuyersCode, oplati::Mode::StaticCode, oplati::Mode::DynamicCode};
    // The grace of a "not found" (ruling O1) is 60 s: a server that commits later is another world.
    constexpr int kLateCommitAtMostMs = 45'000;
    Temper temper;
    temper.wire_per_mille = random.one_of(kWire);
    temper.disk_per_mille = random.one_of(kDisk);
    temper.buyer_per_mille = random.one_of(kBuyer);
    temper.deaths = random.one_of(kDeaths);
    temper.receipts = random.one_of(kReceipts);
    temper.hollow_cancels = random.percent(20);
    temper.reports_in_token_mode = temper.hollow_cancels || random.percent(80);
    temper.password = random.percent(30);
    temper.late_commit_ms = static_cast<int>(random.between(1, kLateCommitAtMostMs));
    temper.instant_limit = random.percent(20) ? 1'000 : 0;
    temper.mode = random.one_of(kModes);
    return temper;
}

oplati::Settings settings_of(const Temper& temper) {
    oplati::Settings settings;
    settings.url = kBankUrl;
    settings.reg_num = kDesk;
    settings.mode = temper.mode;
    if (temper.password) settings.password = Secret(kPassword);
    return settings;
}

}  // namespace linuxcash::world
