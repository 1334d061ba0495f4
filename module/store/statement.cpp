// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include <utility>

#include "store/database.h"
#include "store/sqlite_error.h"

namespace linuxcash::store {

namespace {

// An empty view may have no address, which SQLite would take for null.
const char* address_of(std::string_view bytes) {
    return bytes.data() != nullptr ? bytes.data() : "";
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);  // repeats the error of the last step, which was reported then
}

Statement::Statement(sqlite3_stmt* statement, std::string path)
    : statement_(statement), path_(std::move(path)) {
}

void Statement::remember(int code) {
    if (code != SQLITE_OK && bind_failure_ == SQLITE_OK) bind_failure_ = code;
}

Error Statement::failure(int code) const {
    return sqlite_error(sqlite3_db_handle(statement_.get()), code, path_);
}

Statement& Statement::bind(int parameter, std::int64_t number) {
    remember(sqlite3_bind_int64(statement_.get(), parameter, number));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    remember(sqlite3_bind_text64(
        statement_.get(), parameter, address_of(text), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
    remember(sqlite3_bind_blob64(
        statement_.get(), parameter, address_of(bytes), bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_blob(int parameter, std::span<const std::uint8_t> bytes) {
    const void* address = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
    remember(
        sqlite3_bind_blob64(statement_.get(), parameter, address, bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null(int parameter) {
    remember(sqlite3_bind_null(statement_.get(), parameter));
    return *this;
}

Result<bool> Statement::step() {
    if (bind_failure_ != SQLITE_OK) return failure(bind_failure_);
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return failure(code);
}

Result<> Statement::run() {
    for (;;) {
        const auto row = step();
        if (row && row.value()) continue;
        reset();
        if (!row) return row.error();
        return Done{};
    }
}

void Statement::reset() {
    sqlite3_reset(statement_.get());  // repeats the error of the last step, which was reported then
    sqlite3_clear_bindings(statement_.get());
    bind_failure_ = SQLITE_OK;
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_.get(), column);
    if (text == nullptr) return {};
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return {text, text + size};
}

std::string Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    if (bytes == nullptr) return {};
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

}  // namespace linuxcash::store
