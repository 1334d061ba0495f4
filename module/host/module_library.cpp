// SPDX-License-Identifier: Apache-2.0
#include "host/module_library.h"

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
#include "host/documents.h"
#include "host/foreign_table.h"

namespace linuxcash::host {

namespace {

constexpr std::size_t kNameMax = 64;

Error error(ErrorCode code, Text text) {
    return Error{code, std::move(text)};
}

bool is_module_name(const std::string& name) {
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

// Copies a table and says what of it cannot be missing.
bool is_complete(const lc_module& table, const lc_conversation& conversation) {
    return table.describe != nullptr && table.create != nullptr && table.start != nullptr
           && table.destroy != nullptr && conversation.next != nullptr
           && conversation.answer != nullptr && conversation.cancel != nullptr
           && conversation.release != nullptr;
}

// The table that the library at `file` offers.
Result<const lc_module*> open_library(const std::filesystem::path& file) {
    const std::string shown = printable(file.native());
    // The handle is kept for ever on purpose: a module's threads and tables live as long as the
    // process.
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* reason = ::dlerror();
        return error(
            ErrorCode::Io, tr("библиотека %1 не загрузилась: %2", shown,
                              printable(reason == nullptr ? "" : reason)));
    }
    void* symbol = ::dlsym(library, LC_ENTRY_NAME);
    if (symbol == nullptr) {
        return error(
            ErrorCode::Unsupported,
            tr("%1 не платежный модуль: нет функции %2", shown, LC_ENTRY_NAME));
    }
    return reinterpret_cast<const lc_module* (*)()>(symbol)();
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

Result<ModuleLibrary> ModuleLibrary::load(
    const std::filesystem::path& modules_dir, const std::string& name, uid_t uid) {
    if (!is_module_name(name)) {
        return error(
            ErrorCode::InvalidInput,
            tr("«%1» не имя модуля: нужны строчные латинские буквы, цифры, «-» и «_»",
               printable(name)));
    }
    const std::filesystem::path file = modules_dir / (name + ".so");
    if (const Result<> trusted = check_trusted_file(file, uid); !trusted) return trusted.error();
    const Result<const lc_module*> table = open_library(file);
    if (!table) return table.error();
    Result<ModuleLibrary> adopted = adopt(*table);
    if (!adopted) return adopted.error();
    if (adopted->description().name != name) {
        return error(
            ErrorCode::InvalidInput,
            tr("модуль из файла %1 называет себя %2", printable(file.native()),
               printable(adopted->description().name)));
    }
    return adopted;
}

Result<ModuleLibrary> ModuleLibrary::adopt(const lc_module* table) {
    const std::optional<lc_module> read = read_foreign(table);
    const bool has_version =
        read && read->size >= offsetof(lc_module, abi_major) + sizeof read->abi_major;
    if (!has_version) return error(ErrorCode::Unsupported, tr("у модуля нет таблицы функций"));
    if (read->abi_major != LC_ABI_MAJOR) {
        return error(
            ErrorCode::Unsupported,
            tr("модуль сделан для версии %1 интерфейса, а касса знает версию %2: обновите "
               "то, что старше",
               read->abi_major, LC_ABI_MAJOR));
    }
    ModuleLibrary library;
    library.table_ = *read;
    library.conversation_ = read_foreign(read->conversation).value_or(lc_conversation{});
    if (!is_complete(library.table_, library.conversation_)) {
        return error(ErrorCode::Unsupported, tr("в таблице модуля нет обязательных функций"));
    }
    const char* document = library.table_.describe();
    Result<Description> description = read_description(document == nullptr ? "" : document);
    if (!description) return description.error();
    library.description_ = std::move(*description);
    return library;
}

}  // namespace linuxcash::host
