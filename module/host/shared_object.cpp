// SPDX-License-Identifier: Apache-2.0
#include "host/shared_object.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <utility>

#include "base/files.h"
#include "base/printable.h"
#include "base/system_error.h"

namespace linuxcash::host {

namespace {

constexpr std::size_t kNameMax = 64;

Error error(ErrorCode code, Text text) {
    return Error{code, std::move(text)};
}

bool is_object_name(const std::string& name) {
    if (name.empty() || name.size() > kNameMax) return false;
    return std::all_of(name.begin(), name.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_'
               || letter == '-';
    });
}

Result<> check_path(const std::filesystem::path& path) {
    const std::string shown = printable(path.native());
    if (!path.is_absolute()) {
        return error(
            ErrorCode::InvalidInput, tr("путь %1 не начинается с корня: укажите полный", shown));
    }
    for (const std::filesystem::path& part : path) {
        if (part == "..") {
            return error(
                ErrorCode::InvalidInput, tr("в пути %1 есть «..»: укажите прямой путь", shown));
        }
    }
    return Done{};
}

enum class Place { Above, Folder, File };

// Why what `status` describes may have been put there by somebody else; empty: it may not.
Text mistrust(const struct stat& status, Place place, uid_t uid) {
    if (S_ISLNK(status.st_mode)) return tr("это символическая ссылка");
    if (place == Place::File ? !S_ISREG(status.st_mode) : !S_ISDIR(status.st_mode)) {
        return place == Place::File ? tr("это не файл") : tr("это не папка");
    }
    if (status.st_uid != 0 && status.st_uid != uid) {
        return tr("владелец не root и не текущий пользователь");
    }
    const bool open_to_others = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    const bool sticky = (status.st_mode & S_ISVTX) != 0;
    if (open_to_others && !(place == Place::Above && sticky)) {
        return tr("сюда могут писать группа или другие пользователи, исправьте: chmod go-w");
    }
    return Text();
}

struct Part {
    std::string name;  // in its folder; "/" for the root
    std::string shown;  // whole, for the error
    Place place = Place::Above;
};

// Opens one part of a path inside `folder` without following a link, if it can be trusted.
Result<UniqueFd> open_part(const UniqueFd& folder, const Part& part, uid_t uid) {
    const int at = folder.valid() ? folder.get() : AT_FDCWD;
    UniqueFd opened(::openat(at, part.name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (!opened.valid() || ::fstat(opened.get(), &status) != 0) {
        const int failure = errno;
        return error(
            system_error_code(failure),
            tr("не удалось открыть %1: %2", part.shown, system_error_reason(failure)));
    }
    if (const Text why = mistrust(status, part.place, uid); !why.empty()) {
        const bool wrong_kind = !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
        return error(
            wrong_kind ? ErrorCode::InvalidInput : ErrorCode::Denied,
            tr("модуль нельзя загрузить, %1 не вызывает доверия: %2", part.shown, why));
    }
    return opened;
}

}  // namespace

Result<> check_trusted_file(const std::filesystem::path& path, uid_t uid) {
    if (const Result<> checked = check_path(path); !checked) return checked.error();
    const std::filesystem::path direct = path.lexically_normal();
    std::filesystem::path whole;
    UniqueFd folder;
    for (auto part = direct.begin(); part != direct.end(); ++part) {
        whole /= *part;
        const auto next = std::next(part);
        const bool is_file = next == direct.end();
        const bool is_folder = !is_file && std::next(next) == direct.end();
        const Place place = is_file ? Place::File : is_folder ? Place::Folder : Place::Above;
        Result<UniqueFd> opened =
            open_part(folder, {part->native(), printable(whole.native()), place}, uid);
        if (!opened) return opened.error();
        folder = std::move(*opened);
    }
    return Done{};
}

Result<void*> load_symbol(const SharedObject& object, uid_t uid) {
    if (!is_object_name(object.name)) {
        return error(
            ErrorCode::InvalidInput,
            tr("«%1» не имя модуля: нужны строчные латинские буквы, цифры, «-» и «_»",
               printable(object.name)));
    }
    const std::filesystem::path file = object.folder / (object.name + ".so");
    if (const Result<> trusted = check_trusted_file(file, uid); !trusted) return trusted.error();
    const std::string shown = printable(file.native());
    // The handle is kept for ever on purpose: threads and tables live as long as the process.
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* reason = ::dlerror();
        return error(
            ErrorCode::Io, tr("библиотека %1 не загрузилась: %2", shown,
                              printable(reason == nullptr ? "" : reason)));
    }
    void* symbol = ::dlsym(library, object.symbol.c_str());
    if (symbol == nullptr) {
        return error(
            ErrorCode::Unsupported, tr("%1 не тот модуль: нет функции %2", shown, object.symbol));
    }
    return symbol;
}

}  // namespace linuxcash::host
