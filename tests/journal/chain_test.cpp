// SPDX-License-Identifier: Apache-2.0
#include "journal/chain.h"

#include "journal/workbench.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using linuxcash::crypto::hex;
using linuxcash::journal::Digest;
using linuxcash::journal::Entry;
using linuxcash::journal::hash_of;
using linuxcash::journal::operation;
using linuxcash::journal::Row;
using linuxcash::journal::toggle;

TEST_GROUP(Chain) {
    Row row{1, operation(0xAA), "learned", "{}", 5, {}};
};

// Every journal ever written depends on these bytes. Computed independently:
// python3 -c "import hashlib; n=lambda x: x.to_bytes(8,'big'); t=lambda s: n(len(s))+s
// print(hashlib.sha256(bytes(32)+n(1)+b'\xaa'*16+t(b'learned')+t(b'{}')+n(5)).hexdigest())"
TEST(Chain, a_hash_is_what_it_always_was) {
    STRCMP_EQUAL(
        "0807c165049861e1c986d5cc45538532a4c4a25818507ca5be152519cd307d38",
        hex(hash_of(Digest{}, row)).c_str());
}

TEST(Chain, each_part_of_a_record_and_its_former_count) {
    const Digest whole = hash_of(Digest{}, row);
    Digest former{};
    former[31] = 1;
    Row other = row;

    CHECK(hash_of(former, row) != whole);
    other.seq = 2;
    CHECK(hash_of(Digest{}, other) != whole);
    other = row;
    other.operation.bytes[15] = 0;
    CHECK(hash_of(Digest{}, other) != whole);
    other = row;
    other.at_ms = 6;
    CHECK(hash_of(Digest{}, other) != whole);
    other = row;
    other.kind = "learned{";
    other.body = "}";  // the same letters, divided otherwise
    CHECK(hash_of(Digest{}, other) != whole);
}

TEST(Chain, the_mark_of_open_operations_does_not_hang_on_their_order) {
    const Entry one{operation(1), 2, 3, true};
    const Entry two{operation(2), 1, 4, true};
    Digest left{};
    Digest right{};

    toggle(left, one);
    toggle(left, two);
    toggle(right, two);
    toggle(right, one);

    CHECK(left == right);
    CHECK(left != Digest{});
}

TEST(Chain, what_is_taken_out_of_the_mark_leaves_no_trace) {
    const Entry one{operation(1), 2, 3, true};
    Digest mark{};

    toggle(mark, one);
    toggle(mark, one);

    CHECK(mark == Digest{});
}

TEST(Chain, a_closed_operation_is_not_in_the_mark) {
    Digest mark{};

    toggle(mark, Entry{operation(1), 2, 3, false});

    CHECK(mark == Digest{});
}
