// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include <array>
#include <string>

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::crypto::hex;
using linuxcash::crypto::sha256;

namespace {

std::string digest_of(std::string_view bytes) {
    return hex(sha256(bytes));
}

}  // namespace

TEST_GROUP(Digest){};

TEST(Digest, is_that_of_the_published_examples) {
    STRCMP_EQUAL(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", digest_of("").c_str());
    STRCMP_EQUAL(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        digest_of("abc").c_str());
    STRCMP_EQUAL(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        digest_of(std::string(1'000'000, 'a')).c_str());
}

TEST(Digest, reads_zero_bytes_too) {
    CHECK(sha256(std::string_view("a\0b", 3)) != sha256(std::string_view("a\0c", 3)));
}

TEST(Digest, hexadecimal_keeps_leading_zeros) {
    STRCMP_EQUAL("000fff", hex(std::array<std::uint8_t, 3>{0x00, 0x0F, 0xFF}).c_str());
}
