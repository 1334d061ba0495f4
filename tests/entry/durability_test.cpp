// SPDX-License-Identifier: Apache-2.0
// What a payment costs the disk, counted in calls that reach it, never in time.
#include "entry/shop.h"
#include "fakes/sync_meter.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::entry::test;
using linuxcash::fakes::Syncs;
using linuxcash::fakes::syncs_so_far;

TEST_GROUP(ModuleDurability) {
    Shop shop;

    // In password mode nothing but the journal is written.
    void use_a_password() {
        shop.bank.passwords["OPL000011111"] = "pw";
        const std::string file = shop.path("cash/paysystems/oplati/secrets.conf");
        CHECK(linuxcash::write_file(file, "[Main]\npassword = pw\n", 0600).ok());
    }

    void pay(std::uint8_t seed) {
        const Sale sale(seed);
        LONGS_EQUAL(LC_OUTCOME_APPROVED, shop.pay(sale).finish().outcome);
        LONGS_EQUAL(LC_OK, shop.settle(sale.id, LC_SETTLED_KEPT));
    }
};

TEST(ModuleDurability, an_approved_payment_is_two_synced_writes_of_the_journal) {
    use_a_password();
    shop.open();
    pay(1);  // the log is warm

    const Syncs before = syncs_so_far();
    for (std::uint8_t seed = 2; seed < 12; ++seed)
        pay(seed);
    const Syncs after = syncs_so_far();

    LONGS_EQUAL(20, after.journal - before.journal);
    LONGS_EQUAL(0, after.other - before.other);
}

TEST(ModuleDurability, a_payment_that_is_paid_in_the_reply_is_two_as_well) {
    use_a_password();
    shop.bank.instant_limit = linuxcash::Money(100'000, linuxcash::Currency());
    shop.open();
    pay(1);

    const Syncs before = syncs_so_far();
    for (std::uint8_t seed = 2; seed < 12; ++seed)
        pay(seed);

    LONGS_EQUAL(20, syncs_so_far().journal - before.journal);
}

TEST(ModuleDurability, each_rotated_token_is_one_file_and_its_folder) {
    shop.open();
    pay(1);

    const Syncs before = syncs_so_far();
    pay(2);
    const Syncs after = syncs_so_far();

    // Two replies bring tokens: of the session and of the charge.
    LONGS_EQUAL(2, after.journal - before.journal);
    LONGS_EQUAL(4, after.other - before.other);
}

TEST(ModuleDurability, a_payment_that_never_reached_its_charge_writes_nothing) {
    use_a_password();
    shop.bank.buyer.joins = false;
    shop.open();

    const Syncs before = syncs_so_far();
    Talk talk = shop.pay(Sale(1));
    static_cast<void>(talk.event());
    talk.cancel();
    LONGS_EQUAL(LC_OUTCOME_CANCELLED, talk.finish().outcome);

    LONGS_EQUAL(0, syncs_so_far().journal - before.journal);
}
