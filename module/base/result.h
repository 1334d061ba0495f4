// SPDX-License-Identifier: Apache-2.0
// A value or the reason why there is none; exceptions are left for bugs and exhausted memory. Plain
// values, no threads.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/text.h"

namespace linuxcash {

// What kind of failure it was, for code that decides; the text is for people.
enum class ErrorCode {
    InvalidInput,  // outside data is wrong: settings, wire bytes, script lines
    NotFound,  // there is no such file, record or key
    Denied,  // the system refused: permission, owner, mode
    Busy,  // somebody else holds it; later it may work
    Io,  // disk, socket or device failed
    NoSpace,  // the disk is full, or the quota used up
    TooLarge,  // over a named limit
    Damaged,  // stored data does not check out
    Unsupported,  // not known to this version
    Timeout,  // a deadline passed
    Internal,  // a broken invariant of our own
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    Text text;  // what was tried, on what, what happened, what to do; never holds a secret

    friend bool operator==(const Error&, const Error&) = default;
};

// Success without a value.
struct Done {
    friend bool operator==(const Done&, const Done&) = default;
};

template <typename T = Done>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::move(value)) {}  // NOLINT: a value is a result
    Result(Error error) : held_(std::move(error)) {}  // NOLINT: and so is an error

    [[nodiscard]] bool ok() const noexcept { return std::holds_alternative<T>(held_); }
    explicit operator bool() const noexcept { return ok(); }

    // Only after ok(): std::bad_variant_access otherwise.
    [[nodiscard]] T& value() & { return std::get<T>(held_); }
    [[nodiscard]] const T& value() const& { return std::get<T>(held_); }
    [[nodiscard]] T&& value() && { return std::get<T>(std::move(held_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    // Only after !ok().
    [[nodiscard]] const Error& error() const { return std::get<Error>(held_); }

private:
    std::variant<T, Error> held_;
};

}  // namespace linuxcash
