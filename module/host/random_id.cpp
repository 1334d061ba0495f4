// SPDX-License-Identifier: Apache-2.0
#include "host/random_id.h"

#include <sys/random.h>

#include <cerrno>
#include <cstddef>

#include "base/system_error.h"

namespace linuxcash::host {

Result<OperationId> random_operation_id() {
    OperationId id;
    std::size_t filled = 0;
    while (filled < id.bytes.size()) {
        const ssize_t got = ::getrandom(id.bytes.data() + filled, id.bytes.size() - filled, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return Error{
                ErrorCode::Io,
                tr("система не дает случайных чисел: %1", system_error_reason(errno))};
        }
        filled += static_cast<std::size_t>(got);
    }
    return id;
}

}  // namespace linuxcash::host
