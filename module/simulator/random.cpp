// SPDX-License-Identifier: Apache-2.0
#include "simulator/random.h"

#include <random>
#include <string_view>

namespace linuxcash::simulator {

namespace {

std::uint64_t system_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

Random::Random(std::optional<std::uint64_t> seed) : state_(seed ? *seed : system_seed()) {
}

// SplitMix64: tiny, and the same on every machine, which the standard's distributions are not.
std::uint64_t Random::next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
}

std::string Random::digits(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += static_cast<char>('0' + static_cast<int>(next() % 10));
    }
    return text;
}

std::string Random::uuid() {
    constexpr std::string_view kHexadecimal = "0123456789abcdef";
    constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    std::string text(kShape);
    for (char& place : text) {
        if (place == 'x') place = kHexadecimal[next() % kHexadecimal.size()];
    }
    return text;
}

std::string Random::bytes(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += static_cast<char>(static_cast<unsigned char>(next() & 0xffU));
    }
    return text;
}

}  // namespace linuxcash::simulator
