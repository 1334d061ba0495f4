// SPDX-License-Identifier: Apache-2.0
#include "journal/reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include "journal/files.h"

namespace linuxcash::journal {

namespace {

constexpr mode_t kReserveMode = 0640;

}  // namespace

bool make_reserve(const std::filesystem::path& path, const std::optional<Owner>& owner) {
    if (size_of(path) >= kReserveBytes) return true;
    ::unlink(path.c_str());  // half a reserve of a process that was killed
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const UniqueFd file(::open(path.c_str(), flags, kReserveMode));
    if (!file.valid()) return false;
    const bool owned = !owner || ::fchown(file.get(), owner->uid, owner->gid) == 0;
    if (owned && ::posix_fallocate(file.get(), 0, kReserveBytes) == 0) return true;
    ::unlink(path.c_str());
    return false;
}

bool free_reserve(const std::filesystem::path& path) {
    return ::unlink(path.c_str()) == 0;
}

}  // namespace linuxcash::journal
