// SPDX-License-Identifier: Apache-2.0
#include "simulator/random.h"

#include "simulator/digest.h"

#include <CppUTest/TestHarness.h>

using namespace linuxcash::simulator;

TEST_GROUP(SimulatorRandom){};

TEST(SimulatorRandom, the_same_seed_gives_the_same_row) {
    Random first(42);
    Random second(42);

    CHECK(first.uuid() == second.uuid());
    CHECK(first.digits(6) == second.digits(6));
}

TEST(SimulatorRandom, without_a_seed_rows_differ) {
    Random first(std::nullopt);
    Random second(std::nullopt);

    CHECK(first.uuid() != second.uuid());
}

TEST(SimulatorRandom, a_uuid_has_its_form) {
    const std::string uuid = Random(1).uuid();

    LONGS_EQUAL(36, uuid.size());
    CHECK(uuid[8] == '-' && uuid[13] == '-' && uuid[18] == '-' && uuid[23] == '-');
}

TEST(SimulatorRandom, digests_and_base64_are_those_of_the_standards) {
    STRCMP_EQUAL(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        sha256_hex("abc").c_str());
    STRCMP_EQUAL("YWI=", base64("ab").c_str());
    STRCMP_EQUAL("", base64("").c_str());
}
