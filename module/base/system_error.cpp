// SPDX-License-Identifier: Apache-2.0
#include "base/system_error.h"

#include <cerrno>

namespace linuxcash {

ErrorCode system_error_code(int error_number) {
    switch (error_number) {
        case ENOENT:
        case ENOTDIR:
            return ErrorCode::NotFound;
        case EACCES:
        case EPERM:
        case EROFS:
            return ErrorCode::Denied;
        case EISDIR:
        case ELOOP:
        case ENAMETOOLONG:
        case ENXIO:
            return ErrorCode::InvalidInput;
        case EAGAIN:
        case EBUSY:
        case ETXTBSY:
            return ErrorCode::Busy;
        case EFBIG:
            return ErrorCode::TooLarge;
        case ENOSPC:
        case EDQUOT:
            return ErrorCode::NoSpace;
        case ETIMEDOUT:
            return ErrorCode::Timeout;
        default:
            return ErrorCode::Io;
    }
}

Text system_error_reason(int error_number) {
    switch (error_number) {
        case ENOENT:
            return tr("нет такого файла или каталога");
        case ENOTDIR:
            return tr("часть пути не является каталогом");
        case EACCES:
        case EPERM:
            return tr("нет прав доступа");
        case EROFS:
            return tr("файловая система доступна только для чтения");
        case EISDIR:
            return tr("это каталог, а нужен файл");
        case ELOOP:
            return tr("вместо файла символическая ссылка или кольцо ссылок");
        case ENAMETOOLONG:
            return tr("слишком длинное имя");
        case ENOSPC:
        case EDQUOT:
            return tr("на диске нет места");
        case EAGAIN:
        case EBUSY:
        case ETXTBSY:
            return tr("занято другой программой");
        case EMFILE:
        case ENFILE:
            return tr("открыто слишком много файлов");
        case EIO:
            return tr("ошибка диска или устройства");
        default:
            return tr("системная ошибка %1", error_number);
    }
}

}  // namespace linuxcash
