// SPDX-License-Identifier: Apache-2.0
#include "terminal/fiscal.h"

#include <utility>

namespace linuxcash::terminal {

Result<core::slip::Slip> VirtualFiscalDevice::register_receipt(const till::Receipt& receipt) {
    if (std::exchange(fails_, false)) {
        return Error{
            ErrorCode::Io, tr("фискальный чек не напечатан: сбой виртуального устройства")};
    }
    return papers_.receipt("receipt", receipt);
}

}  // namespace linuxcash::terminal
