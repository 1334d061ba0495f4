// SPDX-License-Identifier: Apache-2.0
#include "simulator/relay.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "simulator/http_frame.h"
#include "simulator/relay_control.h"

namespace linuxcash::simulator {

namespace {

constexpr int kSliceMs = 20;  // how soon a stop is noticed
constexpr int kDrainMs = 30;  // a request that is followed by nothing for so long is whole
constexpr std::size_t kTextMax = 256 * 1024;
constexpr std::size_t kRecordsMax = 10000;

struct Record {
    std::uint64_t number = 0;
    std::uint64_t from_client = 0;
    std::uint64_t from_server = 0;
    std::vector<RelayAct> acts;
};

// What the threads of all connections share.
class Shared {
public:
    std::optional<RelayRule> take_for_connection(std::uint64_t number) {
        const std::lock_guard lock(mutex_);
        if (records_.size() == kRecordsMax) records_.pop_front();
        records_.push_back({number, 0, 0, {}});
        return noted(number, rules_.take_for_connection());
    }

    std::optional<RelayRule> take_for_request(std::uint64_t number, std::string_view bytes) {
        const std::lock_guard lock(mutex_);
        return noted(number, rules_.take_for_request(bytes));
    }

    std::size_t undecided_tail(std::string_view bytes) const {
        const std::lock_guard lock(mutex_);
        return rules_.undecided_tail(bytes);
    }

    void count(std::uint64_t number, std::size_t from_client, std::size_t from_server) {
        const std::lock_guard lock(mutex_);
        Record* record = find(number);
        if (record == nullptr) return;
        record->from_client += from_client;
        record->from_server += from_server;
    }

    void add(RelayRule rule) {
        const std::lock_guard lock(mutex_);
        rules_.add(std::move(rule));
    }

    void clear() {
        const std::lock_guard lock(mutex_);
        rules_.clear();
    }

    json::Value stats(std::uint64_t accepted) const {
        const std::lock_guard lock(mutex_);
        json::Value list(json::Array{});
        for (const Record& record : records_) {
            json::Value acts(json::Array{});
            for (const RelayAct act : record.acts) {
                acts.push(name_of(act));
            }
            list.push(json::object({
                {"number", record.number},
                {"fromClient", record.from_client},
                {"fromServer", record.from_server},
                {"acts", acts},
            }));
        }
        return json::object(
            {{"accepted", accepted}, {"rules", rules_.to_json()}, {"connections", list}});
    }

    std::atomic<bool> stopping = false;

private:
    Record* find(std::uint64_t number) {
        const auto found = std::find_if(
            records_.begin(), records_.end(),
            [&](const Record& record) { return record.number == number; });
        return found == records_.end() ? nullptr : &*found;
    }

    std::optional<RelayRule> noted(std::uint64_t number, std::optional<RelayRule> rule) {
        Record* record = find(number);
        if (rule && record != nullptr) record->acts.push_back(rule->act);
        return rule;
    }

    mutable std::mutex mutex_;
    RelayRules rules_;
    std::deque<Record> records_;
};

// One connection and its way to the upstream.
class Link {
public:
    Link(Shared& shared, const Address& upstream, int client, std::uint64_t number)
        : shared_(shared), address_(upstream), client_(client), number_(number) {}

    void run() {
        rule_ = shared_.take_for_connection(number_);
        if (rule_ && rule_->act == RelayAct::Refuse) return;
        if (rule_ && rule_->act == RelayAct::Reset) {
            reset_when_closed(client_);
            return;
        }
        while (!shared_.stopping && turn()) {
        }
    }

private:
    // Waits for bytes of either side and deals with them; false: the link is over.
    bool turn() {
        std::array<pollfd, 2> waited{
            pollfd{client_left_ ? -1 : client_, POLLIN, 0},
            pollfd{upstream_.valid() ? upstream_.get() : -1, POLLIN, 0}};
        const int ready = ::poll(waited.data(), waited.size(), kSliceMs);
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) return true;
        if (waited[1].revents != 0 && !from_upstream()) return false;
        return waited[0].revents == 0 || from_client();
    }

    bool from_client() {
        std::string bytes = receive(client_);
        if (bytes.empty()) {
            client_left_ = true;
            if (!upstream_.valid()) return false;
            ::shutdown(upstream_.get(), SHUT_WR);
            return true;
        }
        shared_.count(number_, bytes.size(), 0);
        if (replied_) {
            replied_ = false;
            rule_.reset();
            text_.clear();
        }
        pending_ += bytes;
        text_ += bytes;
        if (text_.size() > kTextMax) text_.erase(0, text_.size() - kTextMax);
        if (!rule_) rule_ = shared_.take_for_request(number_, text_);
        return obey();
    }

    bool obey() {
        if (!rule_) return forward(pending_.size() - held_back());
        switch (rule_->act) {
            case RelayAct::Reset:
                reset_when_closed(client_);
                return false;
            case RelayAct::Refuse:
            case RelayAct::Close:
                drain();
                return false;
            case RelayAct::Silence:
                if (rule_->forward) return forward(pending_.size());
                pending_.clear();
                return true;
            case RelayAct::Delay:
                return wait(rule_->delay_ms) && forward(pending_.size());
            case RelayAct::Pass:
            case RelayAct::ResetAfter:
            case RelayAct::Half:
            case RelayAct::Slow:
                return forward(pending_.size());
        }
        return false;
    }

    std::size_t held_back() const {
        return std::min(pending_.size(), shared_.undecided_tail(text_));
    }

    bool forward(std::size_t size) {
        if (size == 0) return true;
        if (!upstream_.valid()) {
            auto connected = connect_to(address_);
            if (!connected) return false;
            upstream_ = std::move(*connected);
        }
        const bool sent = send_all(upstream_.get(), std::string_view(pending_).substr(0, size));
        pending_.erase(0, size);
        return sent;
    }

    bool from_upstream() {
        const std::string bytes = receive(upstream_.get());
        const RelayAct act = rule_ ? rule_->act : RelayAct::Pass;
        if (bytes.empty()) {
            upstream_.reset();
            // The upstream's leaving is a reply as well, and silence swallows it.
            return act == RelayAct::Silence && !client_left_;
        }
        replied_ = true;
        shared_.count(number_, 0, bytes.size());
        switch (act) {
            case RelayAct::ResetAfter:
                reset_when_closed(client_);
                return false;
            case RelayAct::Half:
                return pass_half(bytes);
            case RelayAct::Silence:
                return true;
            case RelayAct::Slow:
                return pass_slowly(bytes);
            case RelayAct::Pass:
            case RelayAct::Refuse:
            case RelayAct::Reset:
            case RelayAct::Close:
            case RelayAct::Delay:
                // A client that has left must not end the upstream's work.
                static_cast<void>(send_all(client_, bytes));
                return true;
        }
        return false;
    }

    bool pass_half(std::string_view bytes) {
        const std::size_t left = rule_->bytes - std::min(rule_->bytes, passed_);
        const std::size_t size = std::min(left, bytes.size());
        passed_ += size;
        if (!send_all(client_, bytes.substr(0, size))) return false;
        if (size < left) return true;
        if (rule_->end_by_reset) {
            // A reset drops what the client has not read yet: give it time to see the half.
            static_cast<void>(wait_until_left(client_, kDrainMs));
            reset_when_closed(client_);
        }
        return false;
    }

    bool pass_slowly(std::string_view bytes) {
        const std::size_t piece = std::max<std::size_t>(rule_->bytes, 1);
        while (!bytes.empty()) {
            if (!send_all(client_, bytes.substr(0, piece))) return false;
            bytes.remove_prefix(std::min(piece, bytes.size()));
            if (!wait(rule_->every_ms)) return false;
        }
        return true;
    }

    // What else the client sends, until it is quiet: closing with unread bytes would be a reset.
    void drain() {
        while (wait_readable(client_, kDrainMs)) {
            const std::string bytes = receive(client_);
            if (bytes.empty()) return;
            shared_.count(number_, bytes.size(), 0);
        }
    }

    static std::string receive(int fd) {
        constexpr std::size_t kPieceBytes = 64 * 1024;
        std::string bytes(kPieceBytes, '\0');
        ssize_t got = 0;
        do {
            got = ::recv(fd, bytes.data(), bytes.size(), 0);
        } while (got < 0 && errno == EINTR);
        bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return bytes;
    }

    // False when the relay stops meanwhile.
    bool wait(int time_ms) const {
        for (int left_ms = time_ms; left_ms > 0 && !shared_.stopping; left_ms -= kSliceMs) {
            std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left_ms, kSliceMs)));
        }
        return !shared_.stopping;
    }

    Shared& shared_;
    const Address& address_;
    int client_;
    std::uint64_t number_;
    UniqueFd upstream_;
    std::optional<RelayRule> rule_;
    std::string text_;  // of the request that is coming in
    std::string pending_;  // of it, what has not been forwarded
    std::size_t passed_ = 0;
    bool replied_ = false;
    bool client_left_ = false;
};

}  // namespace

class Relay::State {
public:
    State(Relay& relay, RelayOptions options)
        : options_(std::move(options)),
          acceptor_([this](int fd, std::uint64_t number) {
              Link(shared_, options_.upstream, fd, number).run();
          }),
          control_(relay),
          control_frame_(control_, nullptr) {}

    Result<> start() {
        const std::lock_guard lock(port_mutex_);
        auto opened = acceptor_.open(options_.listen);
        if (!opened || !options_.control) return opened;
        return control_frame_.start(*options_.control);
    }

    void stop() noexcept {
        control_frame_.stop();
        shared_.stopping = true;
        acceptor_.stop();
    }

    Result<> set_open(bool open) {
        const std::lock_guard lock(port_mutex_);
        if (open) return acceptor_.reopen();
        acceptor_.close_port();
        return Done{};
    }

    [[nodiscard]] const json::Value& script() const { return options_.script; }
    [[nodiscard]] int port() const { return acceptor_.port(); }
    [[nodiscard]] int control_port() const { return control_frame_.port(); }
    [[nodiscard]] json::Value stats() const { return shared_.stats(acceptor_.accepted()); }
    Shared& shared() { return shared_; }

private:
    RelayOptions options_;
    Shared shared_;
    std::mutex port_mutex_;
    Acceptor acceptor_;
    RelayControl control_;
    HttpFrame control_frame_;
};

Relay::Relay(RelayOptions options) : state_(std::make_unique<State>(*this, std::move(options))) {
}

Relay::~Relay() {
    stop();
}

Result<> Relay::start() {
    if (state_->script().kind() != json::Kind::Null) {
        const auto added = add_relay_rules(*this, state_->script());
        if (!added) return added;
    }
    return state_->start();
}

void Relay::stop() noexcept {
    state_->stop();
}

int Relay::port() const {
    return state_->port();
}

int Relay::control_port() const {
    return state_->control_port();
}

void Relay::add(RelayRule rule) {
    state_->shared().add(std::move(rule));
}

void Relay::clear() {
    state_->shared().clear();
}

Result<> Relay::set_open(bool open) {
    return state_->set_open(open);
}

json::Value Relay::stats() const {
    return state_->stats();
}

}  // namespace linuxcash::simulator
