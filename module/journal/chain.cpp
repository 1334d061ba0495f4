// SPDX-License-Identifier: Apache-2.0
#include "journal/chain.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace linuxcash::journal {

namespace {

// Bytes that mean one thing only, whatever the values are.
class Bytes {
public:
    Bytes& add(std::int64_t number) {
        auto value = static_cast<std::uint64_t>(number);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes_ += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
        return *this;
    }
    Bytes& add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        bytes_ += text;
        return *this;
    }
    template <std::size_t Size>
    Bytes& add(const std::array<std::uint8_t, Size>& fixed) {
        bytes_.append(fixed.begin(), fixed.end());
        return *this;
    }
    [[nodiscard]] const std::string& str() const { return bytes_; }

private:
    std::string bytes_;
};

}  // namespace

Digest hash_of(const Digest& former, const Row& row) {
    Bytes bytes;
    bytes.add(former)
        .add(row.seq)
        .add(row.operation.bytes)
        .add(row.kind)
        .add(row.body)
        .add(row.at_ms);
    return crypto::sha256(bytes.str());
}

void toggle(Digest& open_mark, const Entry& entry) {
    if (!entry.open) return;
    Bytes bytes;
    bytes.add(entry.operation.bytes).add(entry.records).add(entry.last_seq);
    const Digest one = crypto::sha256(bytes.str());
    std::transform(
        open_mark.begin(), open_mark.end(), one.begin(), open_mark.begin(),
        [](std::uint8_t left, std::uint8_t right) {
            return static_cast<std::uint8_t>(left ^ right);
        });
}

}  // namespace linuxcash::journal
