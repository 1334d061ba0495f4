// SPDX-License-Identifier: Apache-2.0
// One printer at work: its queue, its thread, and what is known of its state. While it is in
// trouble its state is asked again and again, so that the host hears when it is well.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>

#include "base/result.h"
#include "core/ports.h"
#include "driver/device.h"
#include "driver/event.h"

namespace linuxcash::driver {

class Station {
public:
    struct Parts {
        std::string target;
        std::unique_ptr<Device> device;
        core::Log& log;
        std::function<void(const Event&)> tell;  // in the station's thread
        int recheck_ms;  // how often a printer in trouble is asked
    };

    explicit Station(Parts parts);
    Station(const Station&) = delete;
    Station& operator=(const Station&) = delete;
    // Stops what runs; what waits is forgotten.
    ~Station();

    // Io: the system gives no thread.
    [[nodiscard]] Result<> start();

    using What = std::variant<std::string, printing::DrawerPulse>;  // bytes of a slip, or a drawer
    struct Work {
        std::uint64_t job = 0;
        What what;
    };

    // Queues it, a drawer before all slips; any thread. False: too many wait.
    [[nodiscard]] bool put(Work work);
    // One event of its state follows, changed or not. Any thread.
    void check();

private:
    struct Turn {  // what to do next
        bool quit = false;
        bool look = false;
        bool always_tell = false;
        Work work;
    };

    void run() noexcept;
    [[nodiscard]] Turn next_turn();
    void look(bool always_tell);
    [[nodiscard]] printing::JobResult carry_out(const Work& work);
    void work_off(const Work& work);
    void forget_rest(const Event& why);
    void lose(const Work& work);
    struct Seen {
        State state = State::Unknown;
        Text detail;
        bool always_tell = false;
    };
    void set_state(const Seen& seen);

    Parts parts_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> waiting_;  // guarded
    bool check_ = false;  // guarded
    bool quit_ = false;  // guarded
    State state_ = State::Unknown;  // the thread's own
    std::thread thread_;
};

}  // namespace linuxcash::driver
