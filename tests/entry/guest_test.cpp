// SPDX-License-Identifier: Apache-2.0
// The module is a guest in the host's process: it leaves locale, signals, descriptors, threads and
// streams as they were, and no second owner near its data.
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include "entry/shop.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::entry::test;

namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const char* folder) {
    std::set<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        names.insert(entry.path().filename().native());
    return names;
}

std::set<std::string> threads() {
    return names_in("/proc/self/task");
}

// What the system does behind a call is seen a moment later.
template <typename Condition>
bool eventually(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::yield();
    }
    return true;
}

// What the descriptors of this process point to; a count alone would not tell which one stayed.
std::multiset<std::string> open_files() {
    std::multiset<std::string> files;
    for (const std::string& name : names_in("/proc/self/fd")) {
        std::error_code gone;  // the folder's own descriptor
        const fs::path target = fs::read_symlink("/proc/self/fd/" + name, gone);
        if (!gone) files.insert(target.native());
    }
    return files;
}

// "SigBlk" of a thread, as a number of bits.
std::uint64_t blocked_signals(const std::string& thread) {
    std::ifstream status("/proc/self/task/" + thread + "/status");
    std::string word;
    while (status >> word) {
        if (word != "SigBlk:") continue;
        status >> word;
        return std::stoull(word, nullptr, 16);
    }
    return 0;
}

std::uint64_t bit_of(int signal) {
    return std::uint64_t{1} << static_cast<unsigned>(signal - 1);
}

// A forked child that checks something when it is told to; its answer comes back as an exit code,
// since CppUTest lives in the parent. What allocates must be forked before there are threads: one
// of them may hold the allocator's lock, and the child would get it held.
template <typename Check>
class Child {
public:
    explicit Child(Check check) {
        if (pipe(signal_.data()) != 0) return;
        child_ = fork();
        if (child_ != 0) return;
        char go = 0;
        _exit(read(signal_[0], &go, 1) == 1 && check() ? 0 : 1);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        close(signal_[0]);
        close(signal_[1]);
    }

    [[nodiscard]] bool holds() const {
        int status = 0;
        if (write(signal_[1], "!", 1) != 1 || waitpid(child_, &status, 0) != child_) return false;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    std::array<int, 2> signal_{-1, -1};
    pid_t child_ = -1;
};

// A handler can reach nothing else.
std::atomic<int> broken_pipes{0};

void count_broken_pipe(int) {
    ++broken_pipes;
}

}  // namespace

TEST_GROUP(ModuleGuest) {
    Shop shop;
};

TEST(ModuleGuest, leaves_no_descriptor_and_no_thread_behind) {
    shop.open();
    static_cast<void>(shop.pay(Sale(1)).finish());
    shop.close();
    const auto threads_before = threads();
    const auto files_before = open_files();

    for (int round = 0; round < 20; ++round) {
        shop.open();
        shop.close();
    }

    // A joined thread leaves its entry there for a moment.
    CHECK(eventually([&threads_before] { return threads_before == threads(); }));
    CHECK(files_before.size() == open_files().size());
}

TEST(ModuleGuest, opens_no_descriptor_that_a_child_program_would_inherit) {
    const auto before = names_in("/proc/self/fd");
    shop.open();
    static_cast<void>(shop.pay(Sale(1)).finish());

    for (const std::string& name : names_in("/proc/self/fd")) {
        if (before.contains(name)) continue;
        std::ifstream info("/proc/self/fdinfo/" + name);
        std::string word;
        while (info >> word && word != "flags:")
            continue;
        if (!info) continue;  // the descriptor of the listing itself
        info >> word;
        constexpr unsigned long kCloseOnExec = 02000000;
        std::error_code gone;
        const fs::path target = fs::read_symlink("/proc/self/fd/" + name, gone);
        // libcurl's own pair to wake itself, which it gives nobody a chance to mark: no data in it.
        int domain = 0;
        socklen_t size = sizeof domain;
        getsockopt(std::stoi(name), SOL_SOCKET, SO_DOMAIN, &domain, &size);
        if (domain == AF_UNIX) continue;
        CHECK_TEXT(gone || (std::stoul(word, nullptr, 8) & kCloseOnExec) != 0, target.c_str());
    }
}

TEST(ModuleGuest, starts_one_thread_in_start_and_none_before) {
    shop.open_bank();
    shop.write_settings();
    const auto before = threads();

    LONGS_EQUAL(LC_OK, shop.create());
    CHECK(before == threads());
    shop.start();

    LONGS_EQUAL(before.size() + 1, threads().size());
}

TEST(ModuleGuest, blocks_all_signals_in_its_thread_and_none_in_ours) {
    shop.open_bank();
    shop.write_settings();
    const auto before = threads();
    const std::uint64_t ours = blocked_signals(std::to_string(gettid()));
    LONGS_EQUAL(LC_OK, shop.create());

    shop.start();

    CHECK(ours == blocked_signals(std::to_string(gettid())));
    for (const std::string& thread : threads()) {
        if (before.contains(thread)) continue;
        const std::uint64_t blocked = blocked_signals(thread);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGALRM, SIGUSR1, SIGPIPE})
            CHECK((blocked & bit_of(signal)) != 0);
    }
}

TEST(ModuleGuest, changes_no_locale) {
    setenv("LC_ALL", "C.UTF-8", 1);
    const std::string codeset = nl_langinfo(CODESET);
    const std::string point = localeconv()->decimal_point;

    shop.open();
    static_cast<void>(shop.pay(Sale(1)).finish());
    shop.close();

    STRCMP_EQUAL(codeset.c_str(), nl_langinfo(CODESET));
    STRCMP_EQUAL(point.c_str(), localeconv()->decimal_point);
    unsetenv("LC_ALL");
}

TEST(ModuleGuest, raises_no_broken_pipe_when_the_gateway_resets) {
    struct sigaction counting {};
    struct sigaction former {};
    counting.sa_handler = count_broken_pipe;
    sigaction(SIGPIPE, &counting, &former);
    shop.bank.tls_folder = shop.path("tls");
    fs::create_directories(*shop.bank.tls_folder);
    shop.rule(R"({"on":"consumer","fault":"reset"})");
    shop.rule(R"({"on":"charge","fault":"half"})");
    shop.open();

    const Ending ending = shop.pay(Sale(1)).finish();
    shop.close();

    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    LONGS_EQUAL(0, broken_pipes);
    sigaction(SIGPIPE, &former, nullptr);
}

TEST(ModuleGuest, writes_nothing_to_the_standard_streams) {
    int ends[2] = {-1, -1};
    LONGS_EQUAL(0, pipe(ends));
    const int out = dup(STDOUT_FILENO);
    const int errors = dup(STDERR_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);

    shop.open();
    const Ending ending = shop.pay(Sale(1)).finish();
    shop.close();

    dup2(out, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    for (const int descriptor : {out, errors, ends[1]})
        close(descriptor);
    char byte = 0;
    const ssize_t written = read(ends[0], &byte, 1);
    close(ends[0]);
    LONGS_EQUAL(LC_OUTCOME_APPROVED, ending.outcome);
    LONGS_EQUAL(0, written);
}

TEST(ModuleGuest, answers_a_forked_child_that_it_is_the_wrong_process) {
    shop.bank.buyer.joins = false;
    shop.open();
    const Sale sale(1);
    Talk talk = shop.pay(sale);
    // Made before the fork: another thread may hold the allocator's lock, and the child gets it
    // held.
    const Sale second(2);
    const lc_pay_request request = second.request();

    const Child child([&] {
        lc_operation* operation = nullptr;
        const char* document = nullptr;
        const lc_notice* notice = nullptr;
        const lc_event* event = nullptr;
        char error[64] = "";
        const lc_conversation& conversation = *module().conversation;
        bool right = payment().pay(shop.instance(), &request, &operation) == LC_WRONG_PROCESS;
        right = right && module().start(shop.instance(), error, 64) == LC_WRONG_PROCESS;
        right = right && module().unclaimed(shop.instance(), &document) == LC_WRONG_PROCESS;
        right = right && queue().list(shop.instance(), &document) == LC_WRONG_PROCESS;
        right = right && queue().push(shop.instance()) == LC_WRONG_PROCESS;
        right = right && shop.settle(sale.id, LC_SETTLED_KEPT) == LC_WRONG_PROCESS;
        right = right && module().notice(shop.instance(), &notice) == LC_WRONG_PROCESS;
        right = right && module().wait_fd(shop.instance()) == -1;
        right = right && conversation.next(talk.handle(), 0, &event) == LC_WRONG_PROCESS;
        right = right && conversation.cancel(talk.handle()) == LC_WRONG_PROCESS;
        conversation.release(talk.handle());
        module().destroy(shop.instance());
        return right;
    });
    CHECK(child.holds());

    talk.cancel();
    LONGS_EQUAL(LC_OUTCOME_CANCELLED, talk.finish().outcome);
}

TEST(ModuleGuest, lets_no_second_instance_near_its_data) {
    shop.open();
    const lc_host host{sizeof host, shop.root.c_str(), "1", "BYN", "ru"};
    lc_instance* second = nullptr;
    char error[512] = "";

    LONGS_EQUAL(LC_BUSY, module().create(&host, &second, error, sizeof error));

    POINTERS_EQUAL(nullptr, second);
    STRCMP_CONTAINS("oplati", error);
    STRCMP_CONTAINS("завершите", error);
    LONGS_EQUAL(LC_OUTCOME_APPROVED, shop.pay(Sale(1)).finish().outcome);
}

TEST(ModuleGuest, lets_no_second_process_near_its_data) {
    const lc_host host{sizeof host, shop.root.c_str(), "1", "BYN", "ru"};
    const Child child([&] {
        lc_instance* second = nullptr;
        return module().create(&host, &second, nullptr, 0) == LC_BUSY;
    });

    shop.open();

    CHECK(child.holds());
}
