// SPDX-License-Identifier: Apache-2.0
#include "links/usb.h"

#include <libusb-1.0/libusb.h>
#include <sys/time.h>

#include <algorithm>
#include <utility>

#include "base/printable.h"

namespace linuxcash::links {

namespace {

// The kernel ends a transfer that was called back at once; this is for a kernel that does not.
constexpr core::Millis kCallBackMs = 2'000;
constexpr long kMicrosecondsPerMs = 1'000;
constexpr int kEventStepMs = 20;

UsbEnd end_of(libusb_transfer_status status) {
    switch (status) {
        case LIBUSB_TRANSFER_COMPLETED:
            return UsbEnd::Complete;
        case LIBUSB_TRANSFER_TIMED_OUT:
        case LIBUSB_TRANSFER_CANCELLED:
            return UsbEnd::Deadline;
        case LIBUSB_TRANSFER_STALL:
            return UsbEnd::Stalled;
        case LIBUSB_TRANSFER_NO_DEVICE:
            return UsbEnd::Gone;
        case LIBUSB_TRANSFER_ERROR:
        case LIBUSB_TRANSFER_OVERFLOW:
            return UsbEnd::Failed;
    }
    return UsbEnd::Failed;
}

}  // namespace

void EndUsb::operator()(libusb_context* context) const {
    libusb_exit(context);
}

void EndUsb::operator()(libusb_device* device) const {
    libusb_unref_device(device);
}

void EndUsb::operator()(libusb_device_handle* handle) const {
    libusb_close(handle);
}

void EndUsb::operator()(libusb_config_descriptor* descriptor) const {
    libusb_free_config_descriptor(descriptor);
}

Result<UsbContext> make_usb_context() {
    libusb_context* context = nullptr;
    const int code = libusb_init(&context);
    if (code != LIBUSB_SUCCESS) return usb_error(code, "USB");
    return UsbContext(context);
}

std::vector<UsbDevice> usb_devices(libusb_context* context) {
    libusb_device** list = nullptr;
    const ssize_t count = libusb_get_device_list(context, &list);
    std::vector<UsbDevice> devices;
    for (ssize_t i = 0; i < count; ++i)
        devices.emplace_back(list[i]);
    // The devices are ours now; only the list goes.
    if (list != nullptr) libusb_free_device_list(list, 0);
    return devices;
}

Error usb_error(int code, const std::string& name) {
    const std::string shown = printable(name);
    switch (code) {
        case LIBUSB_ERROR_ACCESS:
            return {
                ErrorCode::Denied,
                tr("нет прав на принтер %1: добавьте пользователя кассы в группу lp", shown)};
        case LIBUSB_ERROR_BUSY:
            return {ErrorCode::Busy, tr("принтер %1 занят другой программой: закройте её", shown)};
        case LIBUSB_ERROR_NO_DEVICE:
        case LIBUSB_ERROR_NOT_FOUND:
            return {
                ErrorCode::NotFound,
                tr("принтер %1 не найден: проверьте, что он включён и подключён", shown)};
        case LIBUSB_ERROR_TIMEOUT:
            return {ErrorCode::Timeout, tr("принтер %1 не ответил вовремя", shown)};
        default:
            return {
                ErrorCode::Io,
                tr("не удалось открыть %1: ошибка USB %2", shown, libusb_error_name(code))};
    }
}

// The transfer with everything that the kernel may still write to.
struct UsbTransfers::Flight {
    struct Free {
        void operator()(libusb_transfer* landed) const { libusb_free_transfer(landed); }
    };

    Flight() : transfer(libusb_alloc_transfer(0)) {}

    static void land(libusb_transfer* landed) { *static_cast<int*>(landed->user_data) = 1; }

    std::array<unsigned char, LIBUSB_CONTROL_SETUP_SIZE + kBufferSize> buffer{};
    int completed = 0;
    std::unique_ptr<libusb_transfer, Free> transfer;
};

UsbTransfers::UsbTransfers(
    libusb_context* context, libusb_device_handle* handle, const Waiting& waiting)
    : context_(context), handle_(handle), waiting_(waiting), flight_(std::make_unique<Flight>()) {
}

UsbTransfers::~UsbTransfers() = default;

UsbDone UsbTransfers::write(unsigned char endpoint, std::string_view bytes, core::Millis deadline) {
    if (!flight_ || !flight_->transfer) return {UsbEnd::Failed, 0, false};
    const std::size_t size = std::min(bytes.size(), kBufferSize);
    std::copy_n(bytes.begin(), size, flight_->buffer.begin());
    libusb_fill_bulk_transfer(
        flight_->transfer.get(), handle_, endpoint, flight_->buffer.data(), static_cast<int>(size),
        Flight::land, &flight_->completed, 0);
    return fly(deadline);
}

UsbDone UsbTransfers::read(unsigned char endpoint, std::size_t size, core::Millis deadline) {
    received_ = {};
    if (!flight_ || !flight_->transfer) return {UsbEnd::Failed, 0, false};
    libusb_fill_bulk_transfer(
        flight_->transfer.get(), handle_, endpoint, flight_->buffer.data(),
        static_cast<int>(std::min(size, kBufferSize)), Flight::land, &flight_->completed, 0);
    const UsbDone done = fly(deadline);
    if (flight_) {
        // NOLINTNEXTLINE: bytes are bytes
        received_ = {reinterpret_cast<const char*>(flight_->buffer.data()), done.count};
    }
    return done;
}

UsbDone UsbTransfers::ask(const Request& request, core::Millis deadline) {
    received_ = {};
    if (!flight_ || !flight_->transfer) return {UsbEnd::Failed, 0, false};
    const auto size = std::min<std::uint16_t>(request.size, kBufferSize);
    libusb_fill_control_setup(
        flight_->buffer.data(), request.type, request.request, request.value, request.index, size);
    libusb_fill_control_transfer(
        flight_->transfer.get(), handle_, flight_->buffer.data(), Flight::land, &flight_->completed,
        0);
    const UsbDone done = fly(deadline);
    if (flight_) {
        // NOLINTNEXTLINE: bytes are bytes
        const auto* bytes = reinterpret_cast<const char*>(flight_->buffer.data());
        received_ = {bytes + LIBUSB_CONTROL_SETUP_SIZE, done.count};
    }
    return done;
}

std::string UsbTransfers::text(std::uint8_t number, core::Millis deadline) {
    constexpr std::size_t kHeaderSize = 2;
    constexpr std::size_t kCharacterSize = 2;
    constexpr std::uint16_t kTextMax = 255;
    const auto get = [&](std::uint8_t index, std::uint16_t language) {
        const Request request{
            LIBUSB_ENDPOINT_IN, LIBUSB_REQUEST_GET_DESCRIPTOR,
            static_cast<std::uint16_t>(LIBUSB_DT_STRING << 8 | index), language, kTextMax};
        const bool done = ask(request, deadline).end == UsbEnd::Complete;
        if (!done || received_.size() < kHeaderSize + kCharacterSize) return std::string();
        const std::size_t claimed = static_cast<unsigned char>(received_[0]);
        if (claimed < kHeaderSize) return std::string();
        return std::string(received_.substr(0, claimed).substr(kHeaderSize));
    };
    if (number == 0) return {};
    const std::string languages = get(0, 0);
    if (languages.size() < kCharacterSize) return {};
    const unsigned low = static_cast<unsigned char>(languages[0]);
    const unsigned high = static_cast<unsigned char>(languages[1]);
    const std::string utf16 = get(number, static_cast<std::uint16_t>(low | high << 8U));
    std::string text;
    for (std::size_t i = 0; i + 1 < utf16.size(); i += kCharacterSize) {
        const bool plain = utf16[i + 1] == 0 && utf16[i] >= ' ' && utf16[i] <= '~';
        text += plain ? utf16[i] : '?';
    }
    return text;
}

UsbDone UsbTransfers::fly(core::Millis deadline) {
    if (waiting_.stopped()) return {UsbEnd::Stopped, 0, false};
    flight_->completed = 0;
    const int code = libusb_submit_transfer(flight_->transfer.get());
    if (code == LIBUSB_ERROR_NO_DEVICE) return {UsbEnd::Gone, 0, false};
    if (code != LIBUSB_SUCCESS) return {UsbEnd::Failed, 0, false};
    UsbDone done;
    land(*flight_, deadline, done);
    if (flight_->completed == 0) {
        // Never called back: the kernel keeps the memory.
        (void)flight_.release();
        return {UsbEnd::Failed, 0, true};
    }
    done.maybe_more = done.end == UsbEnd::Gone || done.end == UsbEnd::Failed;
    return done;
}

void UsbTransfers::land(Flight& flight, core::Millis deadline, UsbDone& done) {
    UsbEnd why = UsbEnd::Complete;
    core::Millis until = deadline;
    while (flight.completed == 0) {
        const core::Millis now = waiting_.now();
        if (why == UsbEnd::Complete && (waiting_.stopped() || now >= deadline)) {
            why = waiting_.stopped() ? UsbEnd::Stopped : UsbEnd::Deadline;
            until = now + kCallBackMs;
            // One that has just ended cannot be called back any more: it lands by itself.
            (void)libusb_cancel_transfer(flight.transfer.get());
        } else if (why != UsbEnd::Complete && now >= until) {
            return;
        }
        const core::Millis left = std::clamp<core::Millis>(until - now, 1, kEventStepMs);
        timeval step{0, static_cast<suseconds_t>(left) * kMicrosecondsPerMs};
        (void)libusb_handle_events_timeout_completed(context_, &step, &flight.completed);
    }
    done.end = end_of(flight.transfer->status);
    done.count = static_cast<std::size_t>(std::max(0, flight.transfer->actual_length));
    if (done.end == UsbEnd::Deadline && why == UsbEnd::Stopped) done.end = UsbEnd::Stopped;
}

}  // namespace linuxcash::links
