// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

#include <array>
#include <memory>
#include <string>
#include <utility>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::masked;
using linuxcash::Secret;

namespace {

// Short enough to live inside the object, where its bytes can be looked for after its end.
constexpr const char* kShort = "tOkEn-17";

bool is_in(const std::array<unsigned char, sizeof(Secret)>& memory, const std::string& bytes) {
    return std::string(memory.begin(), memory.end()).find(bytes) != std::string::npos;
}

// A secret in memory that can be looked at.
struct Watched {
    alignas(Secret) std::array<unsigned char, sizeof(Secret)> memory{};
    Secret* secret() { return reinterpret_cast<Secret*>(memory.data()); }
};

}  // namespace

TEST_GROUP(Secret){};

TEST(Secret, is_wiped_when_it_ends) {
    Watched watched;
    std::construct_at(watched.secret(), std::string(kShort));
    CHECK(is_in(watched.memory, kShort));

    std::destroy_at(watched.secret());

    CHECK_FALSE(is_in(watched.memory, kShort));
}

TEST(Secret, leaves_nothing_where_it_was_moved_from) {
    Watched watched;
    std::construct_at(watched.secret(), std::string(kShort));

    const Secret moved(std::move(*watched.secret()));

    CHECK_FALSE(is_in(watched.memory, kShort));
    STRCMP_EQUAL(kShort, moved.reveal().c_str());
    std::destroy_at(watched.secret());
}

TEST(Secret, leaves_nothing_where_it_was_assigned_from) {
    Watched watched;
    std::construct_at(watched.secret(), std::string(kShort));
    Secret target("another");

    target = std::move(*watched.secret());

    CHECK_FALSE(is_in(watched.memory, kShort));
    STRCMP_EQUAL(kShort, target.reveal().c_str());
    std::destroy_at(watched.secret());
}

TEST(Secret, is_wiped_before_another_takes_its_place) {
    Watched watched;
    std::construct_at(watched.secret(), std::string(kShort));
    const Secret long_one(std::string(100, 'x'));

    *watched.secret() = long_one;

    CHECK_FALSE(is_in(watched.memory, kShort));
    CHECK(*watched.secret() == long_one);
    std::destroy_at(watched.secret());
}

TEST(Secret, survives_assignment_to_itself) {
    Secret secret{std::string(kShort)};
    const Secret& same = secret;

    secret = same;

    STRCMP_EQUAL(kShort, secret.reveal().c_str());
}

TEST_GROUP(Masked){};

TEST(Masked, shows_the_last_four) {
    STRCMP_EQUAL("************1000", masked("9070000000001000").c_str());
}

TEST(Masked, shows_as_many_as_asked) {
    STRCMP_EQUAL("**********46", masked("+79211022546", 2).c_str());
}

TEST(Masked, hides_all_of_a_short_number) {
    STRCMP_EQUAL("********", masked("12345678").c_str());
    STRCMP_EQUAL("*****6789", masked("123456789").c_str());
    STRCMP_EQUAL("", masked("").c_str());
}

TEST(Masked, never_tears_a_character) {
    STRCMP_EQUAL("***кг", masked("абвкг", 2).c_str());
}
