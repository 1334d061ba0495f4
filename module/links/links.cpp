// SPDX-License-Identifier: Apache-2.0
#include "links/links.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "base/printable.h"
#include "base/system_error.h"
#include "links/descriptor_link.h"
#include "links/opening.h"

namespace linuxcash::links {

namespace {

// For the last bytes and a friendly end of a connection.
constexpr core::Millis kCloseMs = 2'000;

class Opener {
public:
    explicit Opener(const Surroundings& surroundings)
        : surroundings_(surroundings),
          waiting_(surroundings.clock, surroundings.stop),
          deadline_(waiting_.now() + surroundings.open_ms) {}

    OpenedLink operator()(const UsbAddress& usb) const {
        return retried([&] { return open_usb(usb, waiting_, deadline_); });
    }
    OpenedLink operator()(const SerialAddress& serial) const {
        return retried([&] { return open_serial(serial, waiting_); });
    }
    OpenedLink operator()(const TcpAddress& tcp) const {
        return retried([&] { return open_tcp(tcp, waiting_, deadline_); });
    }
    OpenedLink operator()(const DeviceAddress& device) const {
        return retried([&] { return open_device_link(device, waiting_); });
    }
    OpenedLink operator()(const FileAddress& file) const {
        return open_file_link(file, surroundings_.folder, waiting_);
    }

private:
    [[nodiscard]] OpenedLink retried(const std::function<OpenedLink()>& open) const {
        return when_free(waiting_, deadline_, open);
    }

    const Surroundings& surroundings_;
    Waiting waiting_;
    core::Millis deadline_;
};

}  // namespace

OpenedLink when_free(
    const Waiting& waiting, core::Millis deadline, const std::function<OpenedLink()>& open) {
    for (int tries = 1;; ++tries) {
        OpenedLink link = open();
        if (link || link.error().code != ErrorCode::Busy || tries >= kBusyTriesMax) return link;
        if (waiting.pause(kBusyPauseMs, deadline) != printing::Ended::Complete) return link;
    }
}

Result<UniqueFd> open_device(const std::string& name, int flags) {
    UniqueFd fd(::open(name.c_str(), flags | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!fd.valid()) return open_error(name, errno);
    struct stat about {};
    if (fstat(fd.get(), &about) != 0) return open_error(name, errno);
    if (!S_ISCHR(about.st_mode)) {
        return Error{
            ErrorCode::InvalidInput,
            tr("%1 — не устройство: для печати в файл укажите file:", printable(name))};
    }
    return fd;
}

Error open_error(const std::string& name, int error_number) {
    const std::string shown = printable(name);
    switch (error_number) {
        case EACCES:
        case EPERM:
            return {
                ErrorCode::Denied,
                tr("нет прав на %1: добавьте пользователя кассы в группу устройства (lp для "
                   "принтеров, dialout для последовательных портов)",
                   shown)};
        case EBUSY:
            return {ErrorCode::Busy, tr("%1 занят другой программой: закройте её", shown)};
        case ENOENT:
        case ENOTDIR:
        case ENODEV:
        case ENXIO:
            return {
                ErrorCode::NotFound,
                tr("%1 не найден: проверьте, что принтер включён и подключён", shown)};
        default:
            return {
                system_error_code(error_number),
                tr("не удалось открыть %1: %2", shown, link_reason(error_number))};
    }
}

Error stopped_error(const std::string& name) {
    return {ErrorCode::Timeout, tr("%1 не открыт: печать прервана", printable(name))};
}

OpenedLink open_link(const Address& address, const Surroundings& surroundings) {
    if (surroundings.stop.raised()) return stopped_error(address_text(address));
    return std::visit(Opener(surroundings), address);
}

printing::JobResult print(
    const Address& address, const printing::Job& job, const Surroundings& surroundings) {
    const OpenedLink link = open_link(address, surroundings);
    if (!link) {
        printing::JobResult result = printing::not_opened(link.error());
        if (surroundings.stop.raised()) result.trouble = printing::Trouble::Stopped;
        return result;
    }
    printing::JobResult result = printing::run_job(**link, job, surroundings.clock);
    (*link)->close(surroundings.clock.monotonic() + kCloseMs);
    return result;
}

}  // namespace linuxcash::links
