// SPDX-License-Identifier: Apache-2.0
#include "simulator/printer/server.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <iostream>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "simulator/http_frame.h"
#include "simulator/printer/control.h"
#include "simulator/printer/slip_files.h"

namespace linuxcash::simulator {

namespace {

constexpr int kTickMs = 10;
constexpr std::size_t kSlipsMax = 200;  // kept for the control interface
constexpr std::uint64_t kMsPerSecond = 1000;

}  // namespace

class PrinterSimulator::State {
public:
    State(PrinterSimulator& simulator, PrinterOptions options)
        : options_(std::move(options)),
          device_(options_.profile),
          acceptor_([this](int fd, std::uint64_t) { serve(fd); }),
          control_(simulator),
          control_frame_(control_, nullptr) {
        device_.set_faults(options_.faults);
    }

    Result<> start() {
        const std::lock_guard lock(port_mutex_);
        auto opened = acceptor_.open(options_.listen);
        if (!opened || !options_.control) return opened;
        return control_frame_.start(*options_.control);
    }

    void stop() noexcept {
        stopping_ = true;
        control_frame_.stop();
        acceptor_.stop();
    }

    [[nodiscard]] int port() const { return acceptor_.port(); }
    [[nodiscard]] int control_port() const { return control_frame_.port(); }

    Result<> set_open(bool open) {
        const std::lock_guard lock(port_mutex_);
        if (open) return acceptor_.reopen();
        acceptor_.close_port();
        return Done{};
    }

    Result<> change_faults(const json::Value& document) {
        const std::lock_guard lock(mutex_);
        auto changed = changed_faults(device_.faults(), document);
        if (!changed) return changed.error();
        device_.set_faults(*changed);
        keep_slips();
        return Done{};
    }

    [[nodiscard]] json::Value state() const {
        const std::lock_guard lock(mutex_);
        json::Array remarks;
        for (const Remark& remark : device_.decoder().remarks())
            remarks.push_back(
                json::object({{"offset", remark.offset}, {"text", remark.text.russian()}}));
        return json::object(
            {{"faults", to_json(device_.faults())},
             {"connections", acceptor_.accepted()},
             {"bytes", received_},
             {"drawerPulses", device_.drawer_pulses()},
             {"remarks", remarks}});
    }

    [[nodiscard]] json::Value slips() const {
        const std::lock_guard lock(mutex_);
        json::Array documents;
        for (const PrintedSlip& slip : slips_)
            documents.push_back(to_json(slip));
        return documents;
    }

    void clear() {
        const std::lock_guard lock(mutex_);
        slips_.clear();
    }

private:
    void serve(int fd) {
        // A printer talks to one host at a time: the others have a connection and no answers.
        const std::lock_guard one(service_mutex_);
        std::uint64_t received = 0;
        while (!stopping_ && pass(fd, received)) {
            // All is done in pass().
        }
        const std::lock_guard lock(mutex_);
        device_.hang_up();
        keep_slips();
    }

    // Some bytes in, some answers out. False: the connection is at its end.
    bool pass(int fd, std::uint64_t& received) {
        if (!send_answers(fd)) return false;
        const std::size_t room = allowed(received);
        if (room == 0) return pause(fd);
        if (!wait_readable(fd, kTickMs)) return true;
        std::array<char, PrinterDevice::kBufferBytes> bytes{};
        const auto count = ::recv(fd, bytes.data(), std::min(room, bytes.size()), 0);
        if (count <= 0) return false;
        received += static_cast<std::uint64_t>(count);
        take({bytes.data(), static_cast<std::size_t>(count)});
        const bool answered = send_answers(fd);
        if (must_close(received)) {
            reset_when_closed(fd);
            return false;
        }
        return answered;
    }

    // A slow printer goes on with what a host has sent that is gone; one that takes nothing cannot.
    bool pause(int fd) const {
        std::this_thread::sleep_for(std::chrono::milliseconds(kTickMs));
        const std::lock_guard lock(mutex_);
        return device_.faults().bytes_per_second.has_value() || !wait_until_left(fd, 0);
    }

    void take(std::string_view bytes) {
        const std::lock_guard lock(mutex_);
        received_ += bytes.size();
        device_.receive(bytes);
        keep_slips();
    }

    bool send_answers(int fd) {
        std::string answers;
        {
            const std::lock_guard lock(mutex_);
            answers = device_.take_answers();
        }
        return answers.empty() || send_all(fd, answers);
    }

    // Bytes that may be read now.
    std::size_t allowed(std::uint64_t received) {
        const std::lock_guard lock(mutex_);
        const PrinterFaults& faults = device_.faults();
        std::uint64_t room = device_.room();
        for (const auto& limit : {faults.stall_after_bytes, faults.close_after_bytes}) {
            if (limit) room = std::min(room, *limit - std::min(*limit, received));
        }
        if (!faults.bytes_per_second) return room;
        credit_ += *faults.bytes_per_second * kTickMs;
        const std::uint64_t whole = std::min(credit_ / kMsPerSecond, room);
        credit_ -= whole * kMsPerSecond;
        return whole;
    }

    bool must_close(std::uint64_t received) const {
        const std::lock_guard lock(mutex_);
        const auto limit = device_.faults().close_after_bytes;
        return limit && received >= *limit;
    }

    // With the lock held.
    void keep_slips() {
        for (PrintedSlip& slip : device_.take_slips()) {
            ++printed_;
            if (options_.out) {
                const auto written = write_slip(slip, *options_.out, printed_);
                if (!written) std::cerr << written.error().text.russian() << "\n";
            }
            if (slips_.size() == kSlipsMax) slips_.erase(slips_.begin());
            slips_.push_back(std::move(slip));
        }
    }

    PrinterOptions options_;
    std::atomic<bool> stopping_ = false;
    std::mutex service_mutex_;  // held by the connection that is served
    mutable std::mutex mutex_;  // guards what follows, up to the acceptor
    PrinterDevice device_;
    std::vector<PrintedSlip> slips_;
    std::uint64_t received_ = 0;
    std::uint64_t credit_ = 0;  // thousandths of bytes
    int printed_ = 0;
    std::mutex port_mutex_;
    Acceptor acceptor_;
    PrinterControl control_;
    HttpFrame control_frame_;
};

PrinterSimulator::PrinterSimulator(PrinterOptions options)
    : state_(std::make_unique<State>(*this, std::move(options))) {
}

PrinterSimulator::~PrinterSimulator() {
    stop();
}

Result<> PrinterSimulator::start() {
    return state_->start();
}

void PrinterSimulator::stop() noexcept {
    state_->stop();
}

int PrinterSimulator::port() const {
    return state_->port();
}

int PrinterSimulator::control_port() const {
    return state_->control_port();
}

Result<> PrinterSimulator::change_faults(const json::Value& document) {
    return state_->change_faults(document);
}

Result<> PrinterSimulator::set_open(bool open) {
    return state_->set_open(open);
}

json::Value PrinterSimulator::state() const {
    return state_->state();
}

json::Value PrinterSimulator::slips() const {
    return state_->slips();
}

void PrinterSimulator::clear() {
    state_->clear();
}

}  // namespace linuxcash::simulator
