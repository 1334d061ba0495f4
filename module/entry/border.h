// SPDX-License-Identifier: Apache-2.0
// What every call across the C border has in common: the caller's structs are read no further than
// both sides know, nothing thrown gets out, and a wrong process or a missing start is told. Any
// thread.
#pragma once

#include <linuxcash/paysystem.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "app/module.h"
#include "base/foreign.h"
#include "entry/handles.h"

namespace linuxcash::entry {

// As much of the caller's struct as both sides know; the rest is zero.
template <typename Struct>
Struct known_part(const Struct& theirs, std::uint32_t their_size) {
    Struct ours{};
    std::memcpy(&ours, &theirs, std::min<std::size_t>(their_size, sizeof ours));
    return ours;
}

// Whether their struct reaches to the end of that member, the last of its first version.
template <typename Struct, typename Member>
bool reaches(const Struct& theirs, Member Struct::*last, std::uint32_t their_size) {
    const auto* begin = reinterpret_cast<const char*>(&theirs);
    const auto* end = reinterpret_cast<const char*>(&(theirs.*last)) + sizeof(Member);
    return static_cast<std::size_t>(end - begin) <= their_size;
}

// Sixteen zero bytes name nothing: a host that forgot to make an id.
inline bool is_named(const lc_id& id) {
    return std::any_of(
        std::begin(id.bytes), std::end(id.bytes), [](std::uint8_t byte) { return byte != 0; });
}

template <typename Call>
lc_status guarded(Call call) noexcept {
    try {
        return call();
    } catch (...) {
        return LC_FAILED;
    }
}

// Calls on an instance that need its loop.
template <typename Call>
lc_status with(lc_instance* instance, Call call) noexcept {
    return guarded([&]() -> lc_status {
        if (instance == nullptr) return LC_INVALID;
        if (instance->owner != getpid()) return LC_WRONG_PROCESS;
        if (!instance->started) return LC_NOT_STARTED;
        return call(instance->module->instance());
    });
}

// The table of an ability, or null; good as long as the library is loaded.
[[nodiscard]] const void* table_of(const char* ability);

}  // namespace linuxcash::entry
