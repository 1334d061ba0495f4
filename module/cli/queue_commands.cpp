// SPDX-License-Identifier: Apache-2.0
#include "cli/queue_commands.h"

#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <thread>

#include "base/system_error.h"
#include "cli/explanation.h"
#include "cli/journal_search.h"
#include "cli/module_access.h"
#include "cli/operation_view.h"
#include "cli/settings_file.h"
#include "cli/token_state.h"
#include "host/module.h"
#include "host/module_library.h"
#include "journal/reader.h"
#include "journal/witness.h"

namespace linuxcash::cli {

namespace {

using std::chrono::steady_clock;

constexpr auto kPushLimit = std::chrono::seconds(30);
constexpr int kLookEveryMs = 200;
constexpr std::chrono::milliseconds kAskEvery(100);

Exit ask_owner(
    const Invocation& invocation, const std::string& module, std::string_view wish,
    Console& console) {
    const auto reader = journal::JournalReader::open(invocation.places, module);
    if (!reader) return console.failed(reader.error());
    const auto left = reader->leave_wish(wish, wall_clock_ms());
    if (!left) return console.failed(left.error());
    console.note(tr("%1: передано работающей кассе", module));
    return Exit::Done;
}

// An owner writes journals and tokens: root must not leave any that the register cannot read, so
// from here on the process is the register's user.
Result<> become_tree_owner(const Places& places) {
    const auto owner = tree_owner(places);
    if (!owner || owner->uid == 0) return Done{};
    const passwd* user = ::getpwuid(owner->uid);
    const bool grouped = user != nullptr ? ::initgroups(user->pw_name, owner->gid) == 0
                                         : ::setgroups(0, nullptr) == 0;
    if (grouped && ::setgid(owner->gid) == 0 && ::setuid(owner->uid) == 0) return Done{};
    const int number = errno;
    return Error{
        system_error_code(number), tr("не удалось стать пользователем кассы (%1): %2", owner->uid,
                                      system_error_reason(number))};
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
    if (const auto become = become_tree_owner(invocation.places); !become)
        return console.failed(become.error());
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

using Answer = std::optional<std::vector<journal::DebtTold>>;

// What the running register says of its queue; nullopt when it does not say anything in time.
Result<Answer> ask_how_it_stands(const Invocation& invocation, const std::string& module) {
    const auto reader = journal::JournalReader::open(invocation.places, module);
    if (!reader) return reader.error();
    const auto wish = reader->leave_wish("explain", wall_clock_ms());
    if (!wish) return wish.error();
    const auto end = steady_clock::now() + std::chrono::milliseconds(invocation.patience_ms);
    for (;;) {
        auto answer = reader->answer_to(*wish);
        if (!answer || *answer || steady_clock::now() >= end) return answer;
        std::this_thread::sleep_for(kAskEvery);
    }
}

// What is the same for all operations of a system.
Situation situation_of(const Invocation& invocation, const std::string& system, Console& console) {
    Situation situation;
    situation.system = system;
    const auto description = describe_module(invocation.places, system);
    situation.title = description ? description->title : system;
    const auto token = token_state(invocation.places, system);
    if (token && token->troubled()) situation.token_trouble = advice(*token);
    situation.running = journal::is_owned(invocation.places, system);
    situation.now_ms = wall_clock_ms();
    if (!situation.running) return situation;
    auto answer = ask_how_it_stands(invocation, system);
    if (!answer) console.note(answer.error().text);
    situation.answered = answer && *answer;
    if (situation.answered) situation.debts = std::move(**answer);
    return situation;
}

class Explainer {
public:
    Explainer(const Invocation& invocation, Console& console)
        : invocation_(invocation), console_(console) {}

    Result<> explain(Found found) {
        auto known = situations_.find(found.system);
        if (known == situations_.end()) {
            auto made = situation_of(invocation_, found.system, console_);
            known = situations_.emplace(found.system, std::move(made)).first;
        }
        Situation& situation = known->second;
        journal::Filter filter;
        filter.target = found.listed.operation.id;
        const auto about = search_journals(invocation_.places, {found.system}, filter);
        if (!about) return about.error();
        situation.about.clear();
        for (const Found& each : *about)
            situation.about.push_back(each.listed.operation);
        situation.listed = std::move(found.listed);
        show(situation);
        return Done{};
    }

    void finish() {
        if (invocation_.has("json")) console_.result(document_.str());
    }

private:
    void show(const Situation& situation) {
        const auto translate = [this](const Text& text) { return console_.translated(text); };
        if (invocation_.has("json")) {
            document_.push(document_of(situation, translate));
            return;
        }
        console_.result(translate(heading(situation)));
        for (const Text& line : explanation(situation))
            console_.result("  " + translate(line));
    }

    const Invocation& invocation_;
    Console& console_;
    std::map<std::string, Situation> situations_;
    json::Value document_ = json::Array{};
};

// The words behind `queue explain`: a system, an operation, or both.
struct Asked {
    std::vector<std::string> systems;
    std::string operation;  // empty: all that is unfinished
};

std::optional<Asked> read_words(const Invocation& invocation) {
    Invocation rest = invocation;
    Asked asked;
    const auto journals = modules_with_journals(invocation.places);
    const bool names_operation =
        !rest.words.empty() && is_operation_text(rest.words.back())
        && (rest.words.size() == 2 || std::ranges::count(journals, rest.words.back()) == 0);
    if (rest.words.size() == 2 && !names_operation) return std::nullopt;
    if (names_operation) {
        asked.operation = rest.words.back();
        rest.words.pop_back();
    }
    asked.systems = systems_of(rest);
    return asked;
}

Result<std::vector<Found>> unfinished(
    const Places& places, const std::vector<std::string>& systems) {
    journal::Filter filter;
    filter.only_open = true;
    auto found = search_journals(places, systems, filter);
    if (!found) return found;
    std::erase_if(*found, [](const Found& each) { return !is_unfinished(each.listed.operation); });
    return found;
}

}  // namespace

Exit list_queue(const Invocation& invocation, Console& console) {
    journal::Filter filter;
    filter.only_open = true;
    const auto found = search_journals(invocation.places, systems_of(invocation), filter);
    if (!found) return console.failed(found.error());
    const std::int64_t now = wall_clock_ms();
    json::Value document = json::Array{};
    for (const Found& one : *found) {
        if (!one.listed.operation.owes()) continue;
        if (invocation.has("json")) {
            document.push(obligation_document(one.system, one.listed.operation, now));
        } else {
            console.result(obligation_line(one.system, one.listed.operation, now));
        }
    }
    if (invocation.has("json")) console.result(document.str());
    return Exit::Done;
}

Exit explain_queue(const Invocation& invocation, Console& console) {
    const auto asked = read_words(invocation);
    if (!asked) return console.wrong(operation_text_wanted());
    std::vector<Found> found;
    if (asked->operation.empty()) {
        auto all = unfinished(invocation.places, asked->systems);
        if (!all) return console.failed(all.error());
        found = std::move(*all);
    } else {
        auto one = find_operation(invocation.places, asked->systems, asked->operation);
        if (!one) return console.failed(one.error());
        found.push_back(std::move(*one));
    }
    Explainer explainer(invocation, console);
    for (Found& each : found) {
        if (auto done = explainer.explain(std::move(each)); !done)
            return console.failed(done.error());
    }
    explainer.finish();
    if (found.empty())
        console.note(tr("очередь пуста: ничего не осталось ни отменить, ни вернуть"));
    return Exit::Done;
}

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

}  // namespace linuxcash::cli
