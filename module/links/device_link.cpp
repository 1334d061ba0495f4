// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <linux/lp.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "links/descriptor_link.h"
#include "links/device_id.h"
#include "links/opening.h"

namespace linuxcash::links {

using printing::Ended;
using printing::LinkTraits;
using printing::Written;

namespace {

constexpr core::Millis kNothingPauseMs = 20;
constexpr std::size_t kDeviceIdMax = 1'024;

class DeviceLink : public DescriptorLink {
public:
    DeviceLink(UniqueFd fd, bool two_way, const Waiting& waiting)
        : DescriptorLink(std::move(fd), waiting), two_way_(two_way) {}

    [[nodiscard]] LinkTraits traits() const override { return {two_way_, false, 0}; }

    [[nodiscard]] printing::Arrived read(core::Millis deadline) override {
        if (two_way_) return DescriptorLink::read(deadline);
        return {{}, waiting().ready(-1, 0, deadline), {}};
    }

    // The driver of the device keeps no queue that could be looked at.
    [[nodiscard]] Written flush(core::Millis /*deadline*/) override { return {}; }

    [[nodiscard]] std::optional<std::uint8_t> port_status(core::Millis /*deadline*/) override {
        int status = 0;
        if (ioctl(fd(), LPGETSTATUS, &status) != 0) return std::nullopt;
        return static_cast<std::uint8_t>(status);
    }

    [[nodiscard]] std::string device_id(core::Millis /*deadline*/) override {
        std::array<char, kDeviceIdMax> buffer{};
        const unsigned long request = _IOC(_IOC_READ, 'P', 1, kDeviceIdMax);
        if (ioctl(fd(), request, buffer.data()) < 0) return {};
        return device_id_text({buffer.data(), buffer.size()});
    }

protected:
    // The driver ends a read with nothing when the printer has sent an empty packet.
    [[nodiscard]] Ended nothing_there(core::Millis deadline) override {
        return waiting().pause(kNothingPauseMs, deadline);
    }

private:
    bool two_way_;
};

}  // namespace

OpenedLink open_device_link(const DeviceAddress& address, const Waiting& waiting) {
    auto fd = open_device(address.path, O_RDWR);
    bool two_way = fd.ok();
    if (!fd && fd.error().code == ErrorCode::Denied) fd = open_device(address.path, O_WRONLY);
    if (!fd) return fd.error();
    if (flock(fd->get(), LOCK_EX | LOCK_NB) != 0) return open_error(address.path, EBUSY);
    // The driver refuses every read from a one-way printer.
    char nothing = 0;
    if (two_way && ::read(fd->get(), &nothing, 0) != 0 && errno == EINVAL) two_way = false;
    return std::unique_ptr<printing::Link>(
        std::make_unique<DeviceLink>(std::move(*fd), two_way, waiting));
}

}  // namespace linuxcash::links
