// SPDX-License-Identifier: Apache-2.0
#include "driver/device.h"

#include <memory>
#include <utility>

namespace linuxcash::driver {

LinkedDevice::LinkedDevice(const PrinterSettings& settings, std::filesystem::path folder)
    : address_(settings.address),
      answers_(settings.model.status),
      surroundings_{clock_, stop_, std::move(folder)} {
}

printing::JobResult LinkedDevice::print(std::string_view bytes, const OnChange& on_change) {
    printing::Job job;
    job.bytes = bytes;
    job.answers = answers_;
    job.on_change = on_change;
    return links::print(address_, job, surroundings_);
}

printing::Condition LinkedDevice::ask() {
    const Result<std::unique_ptr<printing::Link>> link = links::open_link(address_, surroundings_);
    if (!link) {
        const printing::Trouble trouble = printing::not_opened(link.error()).trouble;
        return {{}, trouble, link.error().text};
    }
    const printing::Patience patience;
    printing::Condition condition = printing::query(**link, answers_, patience, clock_);
    (*link)->close(clock_.monotonic() + patience.answer_ms);
    return condition;
}

}  // namespace linuxcash::driver
