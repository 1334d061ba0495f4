// SPDX-License-Identifier: Apache-2.0
// The HTTP statuses to which the protocol gives a meaning. Constants, no threads.
#pragma once

namespace linuxcash::oplati {

inline constexpr int kOk = 200;
inline constexpr int kBadRequest = 400;
inline constexpr int kUnauthorized = 401;
inline constexpr int kForbidden = 403;
inline constexpr int kNotFound = 404;
inline constexpr int kRequestTimeout = 408;
inline constexpr int kConflict = 409;
inline constexpr int kTooManyRequests = 429;
inline constexpr int kFirstServerError = 500;

// The server understood the request and said no. 408, 409 and 429 are no refusals: the request may
// have been, or may yet be, carried out.
[[nodiscard]] constexpr bool refuses(int status) {
    return status >= kBadRequest && status < kFirstServerError && status != kRequestTimeout
           && status != kConflict && status != kTooManyRequests;
}

}  // namespace linuxcash::oplati
