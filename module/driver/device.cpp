// SPDX-License-Identifier: Apache-2.0
#include "driver/device.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>

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

printing::JobResult LinkedDevice::open_drawer(const printing::DrawerPulse& pulse) {
    Result<std::unique_ptr<printing::Link>> link = links::open_link(address_, surroundings_);
    if (!link) return printing::not_opened(link.error());
    const printing::Patience patience;
    const printing::Condition condition = printing::query(**link, answers_, patience, clock_);
    // A printer that cannot print would keep the pulse until it can.
    const std::string& bytes =
        printing::prints(condition.status.state()) ? pulse.in_turn : pulse.at_once;
    const Millis deadline = clock_.monotonic() + patience.answer_ms;
    printing::JobResult result;
    result.status = condition.status;
    const printing::Written written = (*link)->write(bytes, deadline);
    static_cast<void>((*link)->flush(deadline));
    (*link)->close(clock_.monotonic() + patience.answer_ms);
    result.taken = written.count;
    if (written.ended == printing::Ended::Complete) {
        result.delivery = printing::Delivery::Sent;
        return result;
    }
    result.trouble = printing::Trouble::TimedOut;
    result.text = tr("денежный ящик не открыт: принтер не принимает команды");
    return result;
}

printing::Condition LinkedDevice::ask() {
    // A file is made by the first slip, not by a question.
    if (std::holds_alternative<links::FileAddress>(address_)) return {};
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
