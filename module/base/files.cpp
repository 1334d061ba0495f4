// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "base/integer.h"
#include "base/system_error.h"

namespace linuxcash {

namespace {

constexpr std::size_t kReadChunkBytes = 16 * 1024;
constexpr int kLinksMax = 16;
constexpr int kTemporaryNamesMax = 100;
constexpr mode_t kPermissions = 07777;
constexpr mode_t kOpenToOthers = 077;

Error read_error(const std::filesystem::path& path, int error_number) {
    return {
        system_error_code(error_number),
        tr("не удалось прочитать файл %1: %2", path.native(), system_error_reason(error_number))};
}

Error write_error(const std::filesystem::path& path, int error_number) {
    return {
        system_error_code(error_number),
        tr("не удалось записать файл %1: %2", path.native(), system_error_reason(error_number))};
}

Error folder_error(const std::filesystem::path& path, int error_number) {
    return {
        system_error_code(error_number),
        tr("не удалось создать папку %1: %2", path.native(), system_error_reason(error_number))};
}

Error not_a_file(const std::filesystem::path& path) {
    return {
        ErrorCode::InvalidInput,
        tr("%1 не является обычным файлом: уберите то, что стоит на его месте", path.native())};
}

// -1 and errno on failure; a signal does not count as one.
int open_at(int folder, const std::filesystem::path& path, int flags, mode_t mode) {
    for (;;) {
        const int fd = ::openat(folder, path.c_str(), flags | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EINTR) return fd;
    }
}

Result<std::string> read_all(int fd, const std::filesystem::path& path, std::size_t limit_bytes) {
    std::string bytes;
    std::array<char, kReadChunkBytes> chunk{};
    for (;;) {
        const ssize_t count = ::read(fd, chunk.data(), chunk.size());
        if (count == 0) return bytes;
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return read_error(path, errno);
        bytes.append(chunk.data(), static_cast<std::size_t>(count));
        if (bytes.size() > limit_bytes) {
            return Error{
                ErrorCode::TooLarge,
                tr("файл %1 больше допустимых %2 байт", path.native(), limit_bytes)};
        }
    }
}

// 0 or errno.
int write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

// The path at the end of a chain of symbolic links: what a writer replaces, so that the link stays.
Result<std::filesystem::path> link_target(const std::filesystem::path& path) {
    std::filesystem::path target = path;
    for (int links = 0; links < kLinksMax; ++links) {
        std::error_code failure;
        const std::filesystem::path next = std::filesystem::read_symlink(target, failure);
        if (failure) return target;  // no link: the file itself, or nothing yet
        target = target.parent_path() / next;
    }
    return write_error(path, ELOOP);
}

// What the written file will belong to and allow.
struct Rights {
    mode_t mode = 0;
    std::optional<Owner> owner;
};

// A temporary file in the folder of its target; removed again unless it was renamed.
class TemporaryFile {
public:
    TemporaryFile(int folder, std::string name) : folder_(folder), name_(std::move(name)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (created_) ::unlinkat(folder_, temporary_.c_str(), 0);
    }

    // Each step: 0 or errno.
    int create(mode_t mode);
    int fill(std::string_view bytes, const Rights& rights);
    int rename_over();

private:
    int folder_;
    std::string name_;
    std::string temporary_;
    bool created_ = false;
    UniqueFd file_;
};

int TemporaryFile::create(mode_t mode) {
    const std::string beginning = "." + name_ + "." + std::to_string(::getpid()) + ".";
    for (int attempt = 0; attempt < kTemporaryNamesMax; ++attempt) {
        temporary_ = beginning + std::to_string(attempt) + ".tmp";
        // Never looser than asked, not even for a moment; group and others come last, after the
        // owner is right.
        const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
        file_ = UniqueFd(open_at(folder_, temporary_, flags, mode & ~kOpenToOthers));
        created_ = file_.valid();
        if (created_) return 0;
        if (errno != EEXIST) return errno;
    }
    return EEXIST;
}

int TemporaryFile::fill(std::string_view bytes, const Rights& rights) {
    if (const int failure = write_all(file_.get(), bytes); failure != 0) return failure;
    struct stat now {};
    if (::fstat(file_.get(), &now) != 0) return errno;
    const Owner owner = rights.owner.value_or(Owner{now.st_uid, now.st_gid});
    const bool other_owner = owner.uid != now.st_uid || owner.gid != now.st_gid;
    if (other_owner && ::fchown(file_.get(), owner.uid, owner.gid) != 0) return errno;
    if (::fchmod(file_.get(), rights.mode) != 0) return errno;
    return ::fsync(file_.get()) == 0 ? 0 : errno;
}

int TemporaryFile::rename_over() {
    if (::renameat(folder_, temporary_.c_str(), folder_, name_.c_str()) != 0) return errno;
    created_ = false;
    return ::fsync(folder_) == 0 ? 0 : errno;
}

constexpr std::string_view kTemporaryEnd = ".tmp";

// ".name.<pid>.<attempt>.tmp" of a process that is no more.
bool is_orphan(std::string_view entry, std::string_view beginning) {
    if (!entry.starts_with(beginning) || !entry.ends_with(kTemporaryEnd)) return false;
    entry.remove_prefix(beginning.size());
    const auto pid = parse_integer(entry.substr(0, entry.find('.')));
    if (!pid || *pid <= 0 || *pid > std::numeric_limits<pid_t>::max()) return false;
    return ::kill(static_cast<pid_t>(*pid), 0) != 0 && errno == ESRCH;
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

// What cannot be removed is tried again the next time.
void remove_orphans(int folder, const std::string& name) {
    const int own = open_at(folder, ".", O_RDONLY | O_DIRECTORY, 0);
    if (own < 0) return;
    const std::unique_ptr<DIR, CloseFolder> entries(::fdopendir(own));
    if (!entries) {
        ::close(own);
        return;
    }
    const std::string beginning = "." + name + ".";
    while (const dirent* entry = ::readdir(entries.get())) {
        if (is_orphan(entry->d_name, beginning)) ::unlinkat(folder, entry->d_name, 0);
    }
}

// An existing file's rights win over the ones asked for, except that a closed file never stays open
// to others.
Result<Rights> rights_of(int folder, const std::filesystem::path& path, Rights asked) {
    struct stat now {};
    if (::fstatat(folder, path.filename().c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return asked;
        return write_error(path, errno);
    }
    if (!S_ISREG(now.st_mode)) return not_a_file(path);
    const bool closed = (asked.mode & kOpenToOthers) == 0;
    return Rights{closed ? asked.mode : now.st_mode & kPermissions, Owner{now.st_uid, now.st_gid}};
}

}  // namespace

UniqueFd::UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {
}

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
    if (this == &other) return *this;
    reset();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
}

UniqueFd::~UniqueFd() {
    reset();
}

void UniqueFd::reset() noexcept {
    // After EINTR Linux has closed it all the same; nothing can be done about other failures.
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit_bytes) {
    // O_NONBLOCK: a pipe in the file's place must not hang the caller.
    const UniqueFd file(open_at(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0));
    if (!file.valid()) return read_error(path, errno);
    struct stat now {};
    if (::fstat(file.get(), &now) != 0) return read_error(path, errno);
    if (!S_ISREG(now.st_mode)) return not_a_file(path);
    return read_all(file.get(), path, limit_bytes);
}

Result<> write_file(
    const std::filesystem::path& path, std::string_view bytes, mode_t mode,
    std::optional<Owner> owner) {
    const auto target = link_target(path);
    if (!target) return target.error();
    if (!target->has_filename()) return write_error(path, EISDIR);
    const std::filesystem::path parent = target->parent_path();
    const UniqueFd folder(
        open_at(AT_FDCWD, parent.empty() ? "." : parent, O_RDONLY | O_DIRECTORY, 0));
    if (!folder.valid()) return write_error(path, errno);
    const auto rights = rights_of(folder.get(), *target, {mode, owner});
    if (!rights) return rights.error();

    TemporaryFile temporary(folder.get(), target->filename().native());
    int failure = temporary.create(rights->mode);
    if (failure == 0) failure = temporary.fill(bytes, *rights);
    if (failure == 0) failure = temporary.rename_over();
    if (failure != 0) return write_error(path, failure);
    remove_orphans(folder.get(), target->filename().native());
    return Done{};
}

void remove_leftovers(const std::filesystem::path& path) {
    const auto target = link_target(path);
    if (!target) return;
    const std::filesystem::path parent = target->parent_path();
    const UniqueFd folder(
        open_at(AT_FDCWD, parent.empty() ? "." : parent, O_RDONLY | O_DIRECTORY, 0));
    if (folder.valid()) remove_orphans(folder.get(), target->filename().native());
}

Result<> make_folders(const std::filesystem::path& path, mode_t mode) {
    std::vector<std::filesystem::path> missing;
    struct stat now {};
    for (std::filesystem::path each = path; ::stat(each.c_str(), &now) != 0;
         each = each.parent_path()) {
        if (errno != ENOENT || !each.has_relative_path()) return folder_error(each, errno);
        missing.push_back(each);
    }
    if (!S_ISDIR(now.st_mode)) return folder_error(path, ENOTDIR);
    for (; !missing.empty(); missing.pop_back()) {
        const std::filesystem::path& folder = missing.back();
        // Another program may make the same one at the same moment.
        if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST)
            return folder_error(folder, errno);
        const std::filesystem::path parent = folder.parent_path();
        const UniqueFd opened(
            open_at(AT_FDCWD, parent.empty() ? "." : parent, O_RDONLY | O_DIRECTORY, 0));
        if (!opened.valid() || ::fsync(opened.get()) != 0) return folder_error(folder, errno);
    }
    return Done{};
}

Result<FileLock> FileLock::take(
    const std::filesystem::path& path, mode_t mode, std::optional<Owner> owner) {
    // Created exclusively first, so that only a new file is given away.
    UniqueFd file(open_at(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
    const bool created = file.valid();
    if (!created && errno == EEXIST) {
        file = UniqueFd(open_at(AT_FDCWD, path, O_RDWR | O_NOFOLLOW | O_NONBLOCK, 0));
    }
    if (!file.valid()) return write_error(path, errno);
    struct stat now {};
    if (::fstat(file.get(), &now) != 0) return write_error(path, errno);
    if (!S_ISREG(now.st_mode)) return not_a_file(path);
    if (created && owner && ::fchown(file.get(), owner->uid, owner->gid) != 0) {
        return write_error(path, errno);
    }
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return FileLock(std::move(file));
    if (errno != EWOULDBLOCK) return write_error(path, errno);
    return Error{
        ErrorCode::Busy,
        tr("файл %1 занят: с этими данными уже работает другая программа", path.native())};
}

}  // namespace linuxcash
