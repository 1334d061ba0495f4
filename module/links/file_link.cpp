// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "base/printable.h"
#include "base/system_error.h"
#include "links/opening.h"

namespace linuxcash::links {

using printing::Arrived;
using printing::Ended;
using printing::LinkTraits;
using printing::Written;

namespace {

constexpr std::size_t kJobMax = 64U << 20U;
constexpr core::Millis kLockPauseMs = 10;
constexpr mode_t kMode = 0640;  // slips hold numbers of cards

// Keeps a job in memory until it is whole.
class FileLink : public printing::Link {
public:
    FileLink(UniqueFd file, std::filesystem::path path, const Waiting& waiting)
        : file_(std::move(file)), path_(std::move(path)), waiting_(waiting) {}

    [[nodiscard]] LinkTraits traits() const override { return {false, true, 0}; }

    [[nodiscard]] Written write(std::string_view bytes, core::Millis /*deadline*/) override {
        if (waiting_.stopped()) return {0, Ended::Stopped, {}};
        if (bytes.size() > kJobMax - job_.size())
            return {0, Ended::Failed, tr("чек слишком велик")};
        job_ += bytes;
        return {bytes.size(), Ended::Complete, {}};
    }

    [[nodiscard]] Arrived read(core::Millis deadline) override {
        return {{}, waiting_.ready(-1, 0, deadline), {}};
    }

    // Nobody's job goes between the bytes of ours, and what was not written whole is taken back.
    [[nodiscard]] Written flush(core::Millis deadline) override {
        if (job_.empty()) return {};
        const Ended locked = lock(deadline);
        if (locked != Ended::Complete) return {0, locked, {}};
        bool torn = false;
        const int error_number = append(torn);
        // Unlocking what we have locked cannot fail.
        (void)flock(file_.get(), LOCK_UN);
        if (error_number != 0) {
            return {
                0, Ended::Failed,
                tr("%1: %2", printable(path_.native()), system_error_reason(error_number)), torn};
        }
        job_.clear();
        return {};
    }

private:
    [[nodiscard]] Ended lock(core::Millis deadline) const {
        while (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
            const Ended ended = waiting_.pause(kLockPauseMs, deadline);
            if (ended != Ended::Complete) return ended;
        }
        return waiting_.stopped() ? Ended::Stopped : Ended::Complete;
    }

    // An errno, or 0. `torn`: what was written of the job could not be taken back.
    [[nodiscard]] int append(bool& torn) const {
        struct stat before {};
        if (fstat(file_.get(), &before) != 0) return errno;
        int error_number = write_all();
        if (error_number == 0 && fsync(file_.get()) != 0) error_number = errno;
        if (error_number != 0) torn = ftruncate(file_.get(), before.st_size) != 0;
        return error_number;
    }

    [[nodiscard]] int write_all() const {
        std::string_view rest = job_;
        while (!rest.empty()) {
            const ssize_t count = ::write(file_.get(), rest.data(), rest.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return errno;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        return 0;
    }

    UniqueFd file_;
    std::filesystem::path path_;
    Waiting waiting_;
    std::string job_;
};

}  // namespace

namespace {

// What root makes belongs to whoever owns the folder, who will print there, too.
void give_to_owner(const UniqueFd& file, const std::filesystem::path& folder) {
    struct stat owner {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &owner) != 0) return;
    struct stat about {};
    if (fstat(file.get(), &about) != 0 || about.st_size != 0) return;
    // A file system without owners keeps the file as it is.
    (void)fchown(file.get(), owner.st_uid, owner.st_gid);
}

}  // namespace

OpenedLink open_file_link(
    const FileAddress& address, const std::filesystem::path& folder, const Waiting& waiting) {
    const std::filesystem::path path = folder / address.path;
    UniqueFd file(::open(
        path.c_str(),
        O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, kMode));
    const int error_number = errno;
    struct stat about {};
    if (file.valid() && (fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode))) {
        return Error{
            ErrorCode::InvalidInput,
            tr("%1 — не файл: для устройства укажите lp:", printable(path.native()))};
    }
    if (!file.valid()) {
        return Error{
            system_error_code(error_number),
            tr("не удалось открыть %1: %2", printable(path.native()),
               system_error_reason(error_number))};
    }
    give_to_owner(file, path.parent_path());
    return std::unique_ptr<printing::Link>(
        std::make_unique<FileLink>(std::move(file), path, waiting));
}

}  // namespace linuxcash::links
