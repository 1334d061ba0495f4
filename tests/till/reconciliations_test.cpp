// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "scene.h"

#include <CppUTest/TestHarness.h>

namespace linuxcash::till {
namespace {

Reconciliation comparison(std::int64_t shift) {
    Reconciliation made;
    made.system = "oplati";
    made.valutcode = 20;
    made.shift = shift;
    made.outcome = "done";
    made.text = "Итоги сошлись";
    made.comparison = R"({"differences":[]})";
    made.slip = 7;
    made.at_ms = 1'700'000'000'000;
    return made;
}

}  // namespace

TEST_GROUP(TillReconciliations) {
    Scene scene;
};

TEST(TillReconciliations, keeps_each_comparison_of_a_shift_in_order) {
    Reconciliation first = comparison(3);
    Reconciliation second = comparison(3);
    second.outcome = "refused";
    {
        Till till = scene.owner();
        first = *till.add_reconciliation(first);
        CHECK(till.add_reconciliation(comparison(4)).ok());
        second = *till.add_reconciliation(second);
    }
    Till till = scene.owner();

    const auto kept = till.reconciliations(3);

    LONGS_EQUAL(2, kept->size());
    CHECK(kept->front() == first);
    CHECK(kept->back() == second);
}

TEST(TillReconciliations, are_written_by_the_owner_only) {
    Till guest = scene.guest();

    CHECK_FALSE(guest.add_reconciliation(comparison(1)).ok());
}

}  // namespace linuxcash::till
