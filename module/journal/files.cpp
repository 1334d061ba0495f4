// SPDX-License-Identifier: Apache-2.0
#include "journal/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>

#include "base/system_error.h"

namespace linuxcash::journal {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kFolderMode = 0750;

Error os_error(int error_number, Text what) {
    return {system_error_code(error_number), tr("%1: %2", what, system_error_reason(error_number))};
}

// "X.damaged-20240229T235959Z", or with "-2", "-3" … behind it.
fs::path free_name(const fs::path& journal, std::string_view word, std::int64_t wall_ms) {
    const std::string first = journal.native() + "." + std::string(word) + "-" + utc_stamp(wall_ms);
    fs::path name = first;
    const auto taken = [&] { return size_of(name) >= 0 || size_of(beside(name, "-wal")) >= 0; };
    for (int count = 2; taken(); ++count)
        name = first + "-" + std::to_string(count);
    return name;
}

}  // namespace

fs::path beside(const fs::path& journal, const char* suffix) {
    fs::path path = journal;
    path += suffix;
    return path;
}

Result<> make_folder(const Places& places, const std::optional<Owner>& owner) {
    const fs::path folder = places.module_data();
    std::error_code failure;
    fs::create_directories(folder.parent_path(), failure);
    if (failure)
        return os_error(
            failure.value(), tr("не удалось создать каталог %1", folder.parent_path().native()));
    if (::mkdir(folder.c_str(), kFolderMode) != 0) {
        if (errno == EEXIST) return Done{};
        return os_error(errno, tr("не удалось создать каталог %1", folder.native()));
    }
    if (owner && ::chown(folder.c_str(), owner->uid, owner->gid) != 0)
        return os_error(errno, tr("не удалось сменить владельца каталога %1", folder.native()));
    return Done{};
}

std::string utc_stamp(std::int64_t wall_ms) {
    const std::time_t seconds = wall_ms / 1000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
    return {text.data(), size};
}

Result<fs::path> rename_aside(const fs::path& from, const fs::path& journal, const Aside& aside) {
    const fs::path name = free_name(journal, aside.word, aside.wall_ms);
    // The journal itself first: without its -wal it would pass for an older one that is whole.
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const fs::path part = beside(from, suffix);
        if (size_of(part) < 0) continue;
        if (::rename(part.c_str(), beside(name, suffix).c_str()) != 0)
            return os_error(errno, tr("не удалось отложить файл %1", part.native()));
    }
    if (const auto synced = sync_folder(journal.parent_path()); !synced) return synced.error();
    return name;
}

Result<fs::path> set_aside(const fs::path& journal, std::string_view word, std::int64_t wall_ms) {
    return rename_aside(journal, journal, {word, wall_ms});
}

std::vector<fs::path> set_aside_files(const fs::path& journal, std::string_view word) {
    constexpr std::string_view kLog = "-wal";
    const std::string start = journal.filename().native() + "." + std::string(word) + "-";
    std::vector<fs::path> found;
    std::error_code failure;
    for (fs::directory_iterator each(journal.parent_path(), failure), end; !failure && each != end;
         each.increment(failure)) {
        std::string name = each->path().filename().native();
        if (!name.starts_with(start) || name.ends_with("-shm")) continue;
        if (name.ends_with(kLog)) name.resize(name.size() - kLog.size());
        found.push_back(each->path().parent_path() / name);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

Result<> sync_folder(const fs::path& folder) {
    const UniqueFd opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.valid() && ::fsync(opened.get()) == 0) return Done{};
    return os_error(errno, tr("не удалось записать каталог %1", folder.native()));
}

std::int64_t size_of(const fs::path& path) {
    struct stat now {};
    return ::lstat(path.c_str(), &now) == 0 ? now.st_size : -1;
}

}  // namespace linuxcash::journal
