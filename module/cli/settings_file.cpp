// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/system_error.h"
#include "config/ini.h"

namespace linuxcash::cli {

namespace {

constexpr mode_t kFolderMode = 0755;

Result<> make_folder(const std::filesystem::path& path, std::optional<Owner> owner) {
    if (::mkdir(path.c_str(), kFolderMode) != 0) {
        if (errno == EEXIST) return Done{};
        const int number = errno;
        return Error{
            system_error_code(number),
            tr("не удалось создать папку %1: %2", path.string(), system_error_reason(number))};
    }
    if (owner && ::lchown(path.c_str(), owner->uid, owner->gid) != 0) {
        const int number = errno;
        return Error{
            system_error_code(number),
            tr("не удалось сменить владельца %1: %2", path.string(), system_error_reason(number))};
    }
    return Done{};
}

}  // namespace

std::optional<Owner> tree_owner(const Places& places) {
    struct stat folder {};
    if (::geteuid() != 0 || ::stat(places.data().c_str(), &folder) != 0) return std::nullopt;
    return Owner{folder.st_uid, folder.st_gid};
}

Result<> check_tree(const Places& places) {
    struct stat folder {};
    const std::filesystem::path conf = places.ncash().parent_path();
    if (::stat(conf.c_str(), &folder) == 0 && S_ISDIR(folder.st_mode)) return Done{};
    return Error{
        ErrorCode::NotFound,
        tr("нет папки %1: укажите дерево кассы параметром --root или создайте его командой "
           "scripts/make-root",
           conf.string())};
}

Result<> change_settings(
    const std::filesystem::path& path, const std::vector<config::IniChange>& changes, mode_t mode,
    std::optional<Owner> owner) {
    if (changes.empty()) return Done{};
    if (const auto made = make_folder(path.parent_path(), owner); !made) return made.error();
    auto text = read_file(path, config::kIniBytesMax);
    const bool missing = !text && text.error().code == ErrorCode::NotFound;
    if (!text && !missing) return text.error();
    const std::string before = missing ? std::string() : *text;
    const auto after = config::edit_ini(before, changes, path.string());
    if (!after) return after.error();
    if (*after == before && !missing) return Done{};
    return write_file(path, *after, mode, owner);
}

}  // namespace linuxcash::cli
