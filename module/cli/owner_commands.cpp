// SPDX-License-Identifier: Apache-2.0
#include "cli/owner_commands.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "base/files.h"
#include "base/system_error.h"
#include "cli/module_access.h"
#include "cli/settings_file.h"
#include "host/module.h"
#include "host/module_library.h"
#include "journal/reader.h"

namespace linuxcash::cli {

namespace {

using std::chrono::steady_clock;

constexpr auto kPushLimit = std::chrono::seconds(30);
constexpr int kLookEveryMs = 200;
constexpr mode_t kLockMode = 0640;

std::int64_t wall_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Exit ask_owner(
    const Invocation& invocation, const std::string& module, std::string_view wish,
    Console& console) {
    const auto reader = journal::JournalReader::open(invocation.places, module);
    if (!reader) return console.failed(reader.error());
    const auto left = reader->leave_wish(wish, wall_ms());
    if (!left) return console.failed(left.error());
    console.note(tr("%1: передано работающей кассе", module));
    return Exit::Done;
}

Result<host::Instance> load(const Places& places, const std::string& module) {
    const auto pos = read_pos_settings(places);
    if (!pos) return pos.error();
    const auto library = host::ModuleLibrary::load(
        pos->settings.text("paysystems", "modules_dir"), module, ::geteuid());
    if (!library) return library.error();
    return host::Instance::create(
        *library, {places.root().string(), pos->settings.text("Main", "desk"),
                   pos->settings.text("Main", "currency"), pos->settings.text("Main", "language")});
}

// Until nothing is owed any more, or time is up; tells what the module tells.
Result<std::size_t> deliver(host::Instance& instance, Console& console) {
    const auto end = steady_clock::now() + kPushLimit;
    if (const auto pushed = instance.push(); !pushed) return pushed.error();
    for (;;) {
        while (const auto notice = instance.next_notice())
            console.note(Text::literal(notice->text));
        const auto left = instance.obligations();
        if (!left) return left.error();
        if (left->empty() || steady_clock::now() >= end) return left->size();
        pollfd waiting{instance.wait_fd(), POLLIN, 0};
        ::poll(&waiting, 1, kLookEveryMs);
    }
}

Exit push_one(const Invocation& invocation, const std::string& module, Console& console) {
    auto instance = load(invocation.places, module);
    if (!instance && instance.error().code == ErrorCode::Busy)
        return ask_owner(invocation, module, "push", console);
    if (!instance) return console.failed(instance.error());
    if (const auto started = instance->start(); !started) return console.failed(started.error());
    const auto left = deliver(*instance, console);
    if (!left) return console.failed(left.error());
    if (*left == 0) return Exit::Done;
    console.note(tr("%1: в очереди осталось %2; касса продолжит сама", module, *left));
    return Exit::Unknown;
}

}  // namespace

Exit push_queue(const Invocation& invocation, Console& console) {
    std::vector<std::string> modules = invocation.words;
    if (modules.empty()) modules = modules_with_journals(invocation.places);
    Exit worst = Exit::Done;
    for (const std::string& module : modules) {
        const Exit exit = push_one(invocation, module, console);
        if (exit != Exit::Done && worst != Exit::Failed) worst = exit;
    }
    return worst;
}

Exit reset_token(const Invocation& invocation, Console& console) {
    const Places& places = invocation.places;
    const std::string& module = invocation.words.front();
    if (const auto known = describe_module(places, module); !known)
        return console.failed(known.error());
    const auto lock = FileLock::take(places.lock(module), kLockMode, tree_owner(places));
    if (!lock && lock.error().code == ErrorCode::Busy)
        return ask_owner(invocation, module, "token-reset", console);
    if (!lock) return console.failed(lock.error());
    const std::string path = places.token(module).string();
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return Exit::Done;
    return console.failed(tr("не удалось удалить %1: %2", path, system_error_reason(errno)));
}

}  // namespace linuxcash::cli
