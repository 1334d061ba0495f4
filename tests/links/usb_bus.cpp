// SPDX-License-Identifier: Apache-2.0
#include "usb_bus.h"

#include <glib.h>
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <umockdev.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <future>
#include <list>
#include <map>
#include <string_view>
#include <thread>
#include <utility>

namespace linuxcash::fakes {

namespace {

constexpr std::size_t kSetupSize = 8;
constexpr int kFirstNumber = 2;  // 1 is the bus itself

template <typename Type>
Type* at(UMockdevIoctlData* data) {
    return reinterpret_cast<Type*>(data->data);  // NOLINT: what the kernel's interface is
}

void put(std::string& bytes, unsigned value, int size) {
    for (; size > 0; --size, value >>= 8U)
        bytes += static_cast<char>(value & 0xFFU);
}

std::string hex(const std::string& bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += kDigits[value >> 4U];
        text += kDigits[value & 0xFU];
    }
    return text;
}

std::string three(int number) {
    const std::string digits = std::to_string(number);
    return std::string(3 - digits.size(), '0') + digits;
}

std::string endpoint_descriptor(std::uint8_t address) {
    std::string bytes;
    for (const unsigned value : {7U, 5U, static_cast<unsigned>(address), 2U})
        put(bytes, value, 1);
    put(bytes, 64, 2);
    put(bytes, 0, 1);
    return bytes;
}

std::string descriptors(const UsbPrinterShape& shape) {
    std::string settings;
    for (std::size_t i = 0; i < shape.settings.size(); ++i) {
        const UsbSetting& setting = shape.settings[i];
        const unsigned endpoints = setting.in == 0 ? 1 : 2;
        const unsigned subclass = setting.interface_class == 7 ? 1 : 0;
        for (const unsigned value :
             {9U, 4U, 0U, static_cast<unsigned>(i), endpoints,
              static_cast<unsigned>(setting.interface_class), subclass,
              static_cast<unsigned>(setting.protocol), 0U})
            put(settings, value, 1);
        if (setting.in != 0) settings += endpoint_descriptor(setting.in);
        settings += endpoint_descriptor(setting.out);
    }
    std::string bytes("\x12\x01\x00\x02\x00\x00\x00\x40", 8);
    put(bytes, shape.vendor, 2);
    put(bytes, shape.product, 2);
    bytes += std::string("\x01\x01\x01\x02\x03\x01", 6);
    bytes += std::string("\x09\x02", 2);
    put(bytes, static_cast<unsigned>(settings.size() + 9), 2);
    return bytes + std::string("\x01\x01\x00\xC0\x32", 5) + settings;
}

std::string text_descriptor(const std::string& text) {
    std::string bytes;
    put(bytes, static_cast<unsigned>(2 + 2 * text.size()), 1);
    put(bytes, 3, 1);
    for (const char character : text)
        put(bytes, static_cast<unsigned char>(character), 2);
    return bytes;
}

}  // namespace

// One plugged-in printer: answers what libusb asks of its device file.
class SimulatedUsbPrinter {
public:
    SimulatedUsbPrinter(UsbPrinterShape shape, UsbPrinterState state, int number)
        : shape_(std::move(shape)), state_(std::move(state)), number_(number) {}
    SimulatedUsbPrinter(const SimulatedUsbPrinter&) = delete;
    SimulatedUsbPrinter& operator=(const SimulatedUsbPrinter&) = delete;
    ~SimulatedUsbPrinter() {
        for (const Waiting& urb : waiting_)
            umockdev_ioctl_data_unref(urb.data);
        for (UMockdevIoctlData* data : done_)
            umockdev_ioctl_data_unref(data);
    }

    [[nodiscard]] std::string node() const { return "/dev/bus/usb/001/" + three(number_); }
    [[nodiscard]] std::string folder() const {
        return "/sys/devices/usb1/1-" + std::to_string(number_);
    }

    [[nodiscard]] std::string record() const {
        const std::string number = std::to_string(number_);
        return "P: /devices/usb1/1-" + number + "\nN: bus/usb/001/" + three(number_)
               + "\nE: SUBSYSTEM=usb\nE: DRIVER=usb\nE: BUSNUM=001\nE: DEVNUM=" + three(number_)
               + "\nE: DEVNAME=" + node()
               + "\nE: DEVTYPE=usb_device\nA: bConfigurationValue=1\\n\nA: busnum=1\\n\nA: devnum="
               + number + "\\n\nA: speed=12\\n\nH: descriptors=" + hex(descriptors(shape_)) + "\n";
    }

    [[nodiscard]] UsbPrinterState& state() { return state_; }
    [[nodiscard]] bool gone() const { return gone_; }

    // What is under way fails, and everything after it.
    void leave() {
        gone_ = true;
        for (const Waiting& urb : std::exchange(waiting_, {}))
            finish(urb.data, -EPROTO, urb.count);
    }

    // Goes on with what waits, after its state was changed.
    void pump() {
        for (auto urb = waiting_.begin(); urb != waiting_.end();) {
            const bool done = is_in(urb->data) ? give(*urb) : take(*urb);
            urb = done ? waiting_.erase(urb) : std::next(urb);
        }
    }

    // The errno of the call, 0 when it is well; what it returns is in `result`.
    [[nodiscard]] int call(gulong request, UMockdevIoctlData* argument, long& result) {
        if (request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY) return reap(argument);
        if (gone_) return ENODEV;
        switch (request) {
            case USBDEVFS_GET_CAPABILITIES:
                return capabilities(argument);
            case USBDEVFS_GETDRIVER:
                return driver(argument);
            case USBDEVFS_IOCTL:
                return change_driver(argument, result);
            case USBDEVFS_DISCONNECT_CLAIM:
            case USBDEVFS_CLAIMINTERFACE:
                return claim(request == USBDEVFS_DISCONNECT_CLAIM);
            case USBDEVFS_RELEASEINTERFACE:
                state_.driver = "";
                return 0;
            case USBDEVFS_SETINTERFACE:
                return set_interface(argument);
            case USBDEVFS_CLEAR_HALT:
                ++state_.halts_cleared;
                return 0;
            case USBDEVFS_SUBMITURB:
                return submit(argument);
            case USBDEVFS_DISCARDURB:
                return discard(*at<gulong>(argument));
            default:
                return EINVAL;
        }
    }

private:
    // A transfer that the printer has not ended.
    struct Waiting {
        UMockdevIoctlData* data = nullptr;
        std::size_t count = 0;  // bytes that have gone
    };

    static usbdevfs_urb* urb_of(UMockdevIoctlData* data) { return at<usbdevfs_urb>(data); }
    static bool is_in(UMockdevIoctlData* data) { return (urb_of(data)->endpoint & 0x80) != 0; }
    static UMockdevIoctlData* buffer_of(UMockdevIoctlData* data) {
        return umockdev_ioctl_data_resolve(
            data, offsetof(usbdevfs_urb, buffer), static_cast<gsize>(urb_of(data)->buffer_length),
            nullptr);
    }

    static int capabilities(UMockdevIoctlData* argument) {
        guint32 known = USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM
                        | USBDEVFS_CAP_REAP_AFTER_DISCONNECT | USBDEVFS_CAP_ZERO_PACKET;
        fill(argument, 0, &known, sizeof known);
        return 0;
    }

    static void fill(
        UMockdevIoctlData* argument, std::size_t offset, const void* bytes, std::size_t size) {
        UMockdevIoctlData* data = umockdev_ioctl_data_resolve(argument, 0, offset + size, nullptr);
        auto* plain = static_cast<guint8*>(const_cast<void*>(bytes));  // NOLINT: their signature
        umockdev_ioctl_data_update(data, offset, plain, static_cast<int>(size));
        umockdev_ioctl_data_unref(data);
    }

    template <typename Type>
    static Type fetch(UMockdevIoctlData* argument) {
        UMockdevIoctlData* data = umockdev_ioctl_data_resolve(argument, 0, sizeof(Type), nullptr);
        const Type value = *at<Type>(data);
        umockdev_ioctl_data_unref(data);
        return value;
    }

    int driver(UMockdevIoctlData* argument) const {
        if (state_.driver.empty()) return ENODATA;
        usbdevfs_getdriver answer{};
        state_.driver.copy(answer.driver, sizeof answer.driver - 1);
        fill(argument, offsetof(usbdevfs_getdriver, driver), answer.driver, sizeof answer.driver);
        return 0;
    }

    int change_driver(UMockdevIoctlData* argument, long& result) {
        const auto asked = fetch<usbdevfs_ioctl>(argument);
        if (asked.ioctl_code == static_cast<int>(USBDEVFS_DISCONNECT)) state_.driver = "";
        if (asked.ioctl_code == static_cast<int>(USBDEVFS_CONNECT)) {
            state_.driver = "usblp";
            result = 1;
        }
        return 0;
    }

    int claim(bool takes_driver_away) {
        if (state_.busy_claims > 0) {
            --state_.busy_claims;
            return EBUSY;
        }
        if (!takes_driver_away && state_.driver == "usblp") return EBUSY;
        state_.driver = "usbfs";
        return 0;
    }

    int set_interface(UMockdevIoctlData* argument) {
        state_.alternate = static_cast<int>(fetch<usbdevfs_setinterface>(argument).altsetting);
        return 0;
    }

    int submit(UMockdevIoctlData* argument) {
        UMockdevIoctlData* data =
            umockdev_ioctl_data_resolve(argument, 0, sizeof(usbdevfs_urb), nullptr);
        if (urb_of(data)->type == USBDEVFS_URB_TYPE_CONTROL) {
            control(data);
            return 0;
        }
        const bool halted = !is_in(data) && state_.halted_writes > 0;
        if (halted) {
            --state_.halted_writes;
            finish(data, -EPIPE, 0);
            return 0;
        }
        waiting_.push_back({data, 0});
        pump();
        return 0;
    }

    // Whether a bulk IN has ended.
    bool give(Waiting& urb) {
        if (state_.to_read.empty()) return false;
        UMockdevIoctlData* buffer = buffer_of(urb.data);
        const std::size_t size = std::min(
            state_.to_read.size(), static_cast<std::size_t>(urb_of(urb.data)->buffer_length));
        auto* bytes = reinterpret_cast<guint8*>(state_.to_read.data());  // NOLINT: their signature
        umockdev_ioctl_data_update(buffer, 0, bytes, static_cast<int>(size));
        umockdev_ioctl_data_unref(buffer);
        state_.to_read.erase(0, size);
        finish(urb.data, 0, size);
        return true;
    }

    // Whether a bulk OUT has ended; the printer may take a part of it.
    bool take(Waiting& urb) {
        UMockdevIoctlData* buffer = buffer_of(urb.data);
        const auto size = static_cast<std::size_t>(urb_of(urb.data)->buffer_length);
        while (urb.count < size && state_.room > 0 && state_.received.size() < state_.unplugs_at) {
            receive(static_cast<char>(buffer->data[urb.count++]));
            if (state_.room != UsbPrinterState::kEndless) --state_.room;
        }
        umockdev_ioctl_data_unref(buffer);
        if (state_.received.size() >= state_.unplugs_at) {
            finish(urb.data, -EPROTO, 0);
            gone_ = true;
            return true;
        }
        if (urb.count < size) return false;
        finish(urb.data, 0, size);
        return true;
    }

    void receive(char byte) {
        std::string& all = state_.received;
        all += byte;
        if (all.size() < 3 || !state_.answers) return;
        const std::string_view last = std::string_view(all).substr(all.size() - 3);
        if (last.starts_with("\x10\x04")) {
            constexpr std::array<char, 4> kReady{0x12, 0x12, 0x12, 0x12};
            constexpr std::array<char, 4> kPaperOut{0x1A, 0x32, 0x12, 0x7E};
            const auto& says = state_.paper_out ? kPaperOut : kReady;
            state_.to_read += says.at(static_cast<std::size_t>(last[2] - 1));
        }
        if (last == "\x1D\x72\x01" && !state_.paper_out) state_.to_read += '\0';
    }

    void control(UMockdevIoctlData* data) {
        UMockdevIoctlData* buffer = buffer_of(data);
        const guint8* setup = buffer->data;
        const std::string answer = answer_to(setup);
        const std::size_t wanted = setup[6] | static_cast<std::size_t>(setup[7]) << 8U;
        const std::size_t size = std::min(answer.size(), wanted);
        if (size > 0) {
            std::string bytes = answer.substr(0, size);
            umockdev_ioctl_data_update(
                buffer, kSetupSize, reinterpret_cast<guint8*>(bytes.data()),  // NOLINT
                static_cast<int>(size));
        }
        umockdev_ioctl_data_unref(buffer);
        finish(data, size > 0 ? 0 : -EPIPE, size);
    }

    // Nothing: it stalls.
    std::string answer_to(const guint8* setup) {
        const unsigned type = setup[0];
        const unsigned request = setup[1];
        const unsigned value = setup[2] | static_cast<unsigned>(setup[3]) << 8U;
        if (type == 0xA1 && request == 0) return device_id();
        if (type == 0xA1 && request == 1)
            return std::string(1, static_cast<char>(state_.port_status));
        if (type == 0x80 && request == 0) return {1, '\0'};
        if (type != 0x80 || request != 6) return {};
        switch (value) {
            case 0x300:
                return std::string("\x04\x03\x09\x04", 4);
            case 0x301:
                return text_descriptor(shape_.maker);
            case 0x302:
                return text_descriptor(shape_.model);
            case 0x303:
                return text_descriptor(shape_.serial);
            default:
                return {};
        }
    }

    std::string device_id() {
        ++state_.ids_asked;
        if (state_.id_stalls) return {};
        const std::string text = "MFG:IDMAKER;CMD:ESC/POS;MDL:IDMODEL;CLS:PRINTER;";
        std::string bytes;
        put(bytes, 0, 1);
        put(bytes, static_cast<unsigned>(text.size() + 2), 1);
        return bytes + text;
    }

    void finish(UMockdevIoctlData* data, int status, std::size_t count) {
        urb_of(data)->status = status;
        urb_of(data)->actual_length = static_cast<int>(count);
        done_.push_back(data);
    }

    int reap(UMockdevIoctlData* argument) {
        if (done_.empty()) return gone_ ? ENODEV : EAGAIN;
        UMockdevIoctlData* data = done_.front();
        done_.pop_front();
        usbdevfs_urb urb = *urb_of(data);
        const auto tell = [data](std::size_t offset, void* bytes) {
            umockdev_ioctl_data_update(data, offset, static_cast<guint8*>(bytes), sizeof(int));
        };
        tell(offsetof(usbdevfs_urb, status), &urb.status);
        tell(offsetof(usbdevfs_urb, actual_length), &urb.actual_length);
        UMockdevIoctlData* where = umockdev_ioctl_data_resolve(argument, 0, sizeof(void*), nullptr);
        umockdev_ioctl_data_set_ptr(where, 0, data);
        umockdev_ioctl_data_unref(where);
        umockdev_ioctl_data_unref(data);
        return 0;
    }

    int discard(gulong address) {
        const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& urb) {
            return urb.data->client_addr == address;
        });
        if (found == waiting_.end()) return EINVAL;
        finish(found->data, -ENOENT, found->count);
        waiting_.erase(found);
        return 0;
    }

    UsbPrinterShape shape_;
    UsbPrinterState state_;
    int number_;
    bool gone_ = false;
    std::list<Waiting> waiting_;
    std::list<UMockdevIoctlData*> done_;
};

class UsbBus::Impl {
public:
    Impl() : context_(g_main_context_new()), loop_(g_main_loop_new(context_, FALSE)) {
        thread_ = std::thread([this] {
            g_main_context_push_thread_default(context_);
            testbed_ = umockdev_testbed_new();
            g_main_loop_run(loop_);
            while (!printers_.empty())
                remove(printers_.begin()->first);
            g_object_unref(testbed_);
            g_main_context_pop_thread_default(context_);
        });
        call([] {});
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        call([this] { g_main_loop_quit(loop_); });
        thread_.join();
        g_main_loop_unref(loop_);
        g_main_context_unref(context_);
    }

    // Runs it in the thread of the bus and waits for its end.
    void call(const std::function<void()>& what) {
        std::promise<void> done;
        struct Order {
            const std::function<void()>& what;
            std::promise<void>& done;
        } order{what, done};
        GSource* source = g_idle_source_new();
        g_source_set_callback(
            source,
            [](gpointer data) -> gboolean {
                const Order& given = *static_cast<Order*>(data);
                given.what();
                given.done.set_value();
                return FALSE;
            },
            &order, nullptr);
        g_source_set_priority(source, G_PRIORITY_DEFAULT);
        g_source_attach(source, context_);
        g_source_unref(source);
        done.get_future().wait();
    }

    int add(const UsbPrinterShape& shape, const UsbPrinterState& state) {
        const int number = next_++;
        Plugged& plugged = printers_[number];
        plugged.printer = std::make_unique<SimulatedUsbPrinter>(shape, state, number);
        plugged.handler = umockdev_ioctl_base_new();
        const SimulatedUsbPrinter& printer = *plugged.printer;
        g_signal_connect_after(
            plugged.handler, "handle-ioctl", G_CALLBACK(handle), plugged.printer.get());
        umockdev_testbed_attach_ioctl(testbed_, printer.node().c_str(), plugged.handler, nullptr);
        umockdev_testbed_add_from_string(testbed_, printer.record().c_str(), nullptr);
        umockdev_testbed_uevent(testbed_, printer.folder().c_str(), "add");
        return number;
    }

    void remove(int number) {
        const auto found = printers_.find(number);
        if (found == printers_.end()) return;
        SimulatedUsbPrinter& printer = *found->second.printer;
        printer.leave();
        umockdev_testbed_uevent(testbed_, printer.folder().c_str(), "remove");
        umockdev_testbed_remove_device(testbed_, printer.folder().c_str());
        // Programs that have it open still call it: it stays until the bus goes.
        left_.push_back(std::move(found->second));
        printers_.erase(found);
    }

    SimulatedUsbPrinter& printer(int number) { return *printers_.at(number).printer; }

private:
    struct Plugged {
        std::unique_ptr<SimulatedUsbPrinter> printer;
        UMockdevIoctlBase* handler = nullptr;
    };

    static gboolean handle(
        UMockdevIoctlBase* /*handler*/, UMockdevIoctlClient* client, gpointer printer) {
        long result = 0;
        const int error_number = static_cast<SimulatedUsbPrinter*>(printer)->call(
            umockdev_ioctl_client_get_request(client), umockdev_ioctl_client_get_arg(client),
            result);
        umockdev_ioctl_client_complete(client, error_number == 0 ? result : -1, error_number);
        return TRUE;
    }

    GMainContext* context_;
    GMainLoop* loop_;
    UMockdevTestbed* testbed_ = nullptr;
    std::map<int, Plugged> printers_;
    std::list<Plugged> left_;
    int next_ = kFirstNumber;
    std::thread thread_;
};

UsbBus::UsbBus() : impl_(std::make_unique<Impl>()) {
}

UsbBus::~UsbBus() = default;

int UsbBus::plug(const UsbPrinterShape& shape, const UsbPrinterState& state) {
    int number = 0;
    impl_->call([&] { number = impl_->add(shape, state); });
    return number;
}

void UsbBus::unplug(int number) {
    impl_->call([&] { impl_->remove(number); });
}

void UsbBus::with(int number, const std::function<void(UsbPrinterState&)>& what) {
    impl_->call([&] {
        what(impl_->printer(number).state());
        impl_->printer(number).pump();
    });
}

UsbPrinterState UsbBus::state(int number) {
    UsbPrinterState state;
    impl_->call([&] { state = impl_->printer(number).state(); });
    return state;
}

}  // namespace linuxcash::fakes
