// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_error.h"

#include <sqlite3.h>

#include <cerrno>

#include "base/system_error.h"

namespace linuxcash::store {

namespace {

constexpr int kPrimaryCode = 0xFF;

ErrorCode code_of(int primary, int system_errno) {
    if (system_errno == ENOSPC || system_errno == EDQUOT) return ErrorCode::NoSpace;
    switch (primary) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::Busy;
        case SQLITE_FULL:
            return ErrorCode::NoSpace;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::Damaged;
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_READONLY:
            return ErrorCode::Denied;
        case SQLITE_CANTOPEN:
            return system_errno == 0 ? ErrorCode::Io : system_error_code(system_errno);
        case SQLITE_IOERR:
        case SQLITE_PROTOCOL:
            return ErrorCode::Io;
        case SQLITE_CONSTRAINT:
            return ErrorCode::InvalidInput;
        case SQLITE_TOOBIG:
            return ErrorCode::TooLarge;
        default:
            return ErrorCode::Internal;
    }
}

Text reason_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::Busy:
            return tr("занята другой программой");
        case ErrorCode::NoSpace:
            return tr("на диске нет места");
        case ErrorCode::Damaged:
            return tr("файл повреждён или не является базой данных");
        case ErrorCode::Denied:
            return tr("нет прав доступа");
        case ErrorCode::NotFound:
            return tr("нет такого файла или каталога");
        case ErrorCode::InvalidInput:
            return tr("запись не принята");
        case ErrorCode::TooLarge:
            return tr("запись слишком велика");
        case ErrorCode::Io:
        case ErrorCode::Timeout:
            return tr("ошибка диска или устройства");
        case ErrorCode::Unsupported:
        case ErrorCode::Internal:
            return tr("внутренняя ошибка");
    }
    return {};
}

// Only what the failed call itself saw: SQLite keeps the number of an earlier failure.
int system_errno_of(sqlite3* database, int primary) {
    const bool touches_files =
        primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR || primary == SQLITE_FULL;
    return database != nullptr && touches_files ? sqlite3_system_errno(database) : 0;
}

}  // namespace

Error sqlite_error(sqlite3* database, int extended_code, const std::string& path) {
    const int primary = extended_code & kPrimaryCode;
    const ErrorCode code = code_of(primary, system_errno_of(database, primary));
    // SQLite's own message names tables and columns, never values.
    const char* words =
        database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(extended_code);
    return {
        code, tr("база данных %1: %2 (%3, код %4)", path, reason_of(code), words, extended_code)};
}

}  // namespace linuxcash::store
