// SPDX-License-Identifier: Apache-2.0
// Runs worlds: many seeds and what happened in them, one seed and its story, or the planted bugs.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/integer.h"
#include "world/world.h"

namespace linuxcash::world {
namespace {

constexpr int kUsage = 2;
constexpr int kFailuresShown = 5;

struct Options {
    std::uint64_t first = 1;
    std::uint64_t count = 1'000;
    std::optional<std::uint64_t> seed;
    Bug bug = Bug::None;
    bool planted = false;
    bool same = false;
    bool every_fault = true;
};

// What all worlds together have seen.
struct Totals {
    FaultCounts faults{};
    OutcomeCounts outcomes;
    std::uint64_t starts = 0;
    std::uint64_t turns = 0;
    std::uint64_t operations = 0;
    int failures = 0;
};

void add(Totals& totals, const Story& story) {
    for (std::size_t i = 0; i < kFaultKinds; ++i)
        totals.faults[i] += story.faults[i];
    for (const auto& [what, count] : story.outcomes) {
        totals.outcomes[what] += count;
        totals.operations += count;
    }
    totals.starts += static_cast<std::uint64_t>(story.starts);
    totals.turns += story.turns;
}

std::string command(std::uint64_t seed, Bug bug) {
    std::string line = "test_world --seed " + std::to_string(seed);
    if (bug != Bug::None) line += " --planted " + std::string(name(bug));
    return line;
}

int tell(const Options& options) {
    Order order{*options.seed, options.bug};
    const Story first = run_world(order);
    if (first.violation) order.fault_limit = fewest_faults(order, first.happened);
    order.chronicle = true;
    const Story story = run_world(order);
    for (const std::string& line : story.chronicle)
        std::cout << line << '\n';
    if (!story.violation) {
        std::cout << "seed " << order.seed << ": nothing is broken\n";
        return EXIT_SUCCESS;
    }
    std::cout << "seed " << order.seed << ", after " << story.happened << " of " << first.happened
              << " faults: " << story.violation->invariant << ": " << story.violation->what << '\n';
    return EXIT_FAILURE;
}

int report(const Totals& totals, const Options& options, std::int64_t took_ms) {
    std::cout << "worlds " << options.count << " from seed " << options.first << ", failed "
              << totals.failures << "; operations " << totals.operations << ", starts "
              << totals.starts << ", turns " << totals.turns << ", " << took_ms << " ms\n";
    for (const auto& [what, count] : totals.outcomes) {
        std::cout << "  " << core::name(what.first) << ' ' << core::name(what.second) << ": "
                  << count << '\n';
    }
    int never = 0;
    std::cout << "faults:\n";
    for (std::size_t i = 0; i < kFaultKinds; ++i) {
        std::cout << "  " << name(static_cast<Fault>(i)) << ": " << totals.faults[i] << '\n';
        if (totals.faults[i] == 0) ++never;
    }
    if (never > 0 && options.every_fault) {
        std::cout << never << " kinds of faults never happened\n";
        return EXIT_FAILURE;
    }
    return totals.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int explore(const Options& options) {
    const auto begun = std::chrono::steady_clock::now();
    Totals totals;
    for (std::uint64_t seed = options.first; seed < options.first + options.count; ++seed) {
        const Story story = run_world({seed, options.bug});
        add(totals, story);
        if (!story.violation) continue;
        if (++totals.failures > kFailuresShown) continue;
        std::cout << "seed " << seed << ": " << story.violation->invariant << ": "
                  << story.violation->what << "\n    " << command(seed, options.bug) << '\n';
    }
    const auto took = std::chrono::steady_clock::now() - begun;
    return report(
        totals, options, std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
}

// Each planted bug is found within so many worlds.
int find_planted(const Options& options) {
    int missed = 0;
    for (std::size_t i = 1; i < kBugs; ++i) {
        const auto bug = static_cast<Bug>(i);
        std::optional<Violation> found;
        std::uint64_t seed = options.first;
        for (; !found && seed < options.first + options.count; ++seed)
            found = run_world({seed, bug}).violation;
        std::cout << name(bug) << ": ";
        if (!found) {
            std::cout << "NOT FOUND in " << options.count << " worlds\n";
            ++missed;
            continue;
        }
        std::cout << "world " << seed - options.first << ", " << found->invariant << ": "
                  << found->what << "\n    " << command(seed - 1, bug) << '\n';
    }
    return missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

// The same seed tells the same story, or no failure could be looked into.
int compare(const Options& options) {
    for (std::uint64_t seed = options.first; seed < options.first + options.count; ++seed) {
        Order order{seed, options.bug};
        order.chronicle = true;
        if (run_world(order).chronicle == run_world(order).chronicle) continue;
        std::cout << "seed " << seed << " tells two stories\n";
        return EXIT_FAILURE;
    }
    std::cout << options.count << " worlds, each the same twice\n";
    return EXIT_SUCCESS;
}

std::optional<Bug> parse_bug(std::string_view word) {
    for (std::size_t i = 0; i < kBugs; ++i) {
        if (name(static_cast<Bug>(i)) == word) return static_cast<Bug>(i);
    }
    return std::nullopt;
}

bool read_number(const std::string& text, std::uint64_t& number) {
    const auto parsed = parse_integer(text);
    if (!parsed || *parsed < 0) return false;
    number = static_cast<std::uint64_t>(*parsed);
    return true;
}

bool read(Options& options, const std::string& key, const std::string& value) {
    if (key == "--first") return read_number(value, options.first);
    if (key == "--count") return read_number(value, options.count);
    if (key == "--seed") return read_number(value, options.seed.emplace());
    if (key != "--planted") return false;
    const std::optional<Bug> bug = parse_bug(value);
    if (bug) options.bug = *bug;
    return bug.has_value();
}

std::optional<Options> parse(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--find-planted") {
            options.planted = true;
        } else if (words[i] == "--same-twice") {
            options.same = true;
        } else if (words[i] == "--few") {
            options.every_fault = false;
        } else if (i + 1 == words.size() || !read(options, words[i], words[i + 1])) {
            return std::nullopt;
        } else {
            ++i;
        }
    }
    return options;
}

}  // namespace
}  // namespace linuxcash::world

int main(int argc, char** argv) {
    using namespace linuxcash::world;
    const auto options = parse(std::vector<std::string>(argv + 1, argv + argc));
    if (!options) {
        std::cerr << "usage: test_world [--first SEED] [--count N] [--few] [--planted BUG]\n"
                     "       test_world --seed SEED [--planted BUG]\n"
                     "       test_world --find-planted | --same-twice [--first SEED] [--count N]\n";
        return kUsage;
    }
    if (options->seed) return tell(*options);
    if (options->planted) return find_planted(*options);
    return options->same ? compare(*options) : explore(*options);
}
