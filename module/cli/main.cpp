// SPDX-License-Identifier: Apache-2.0
// The command line of paysysctl.
#include <boost/program_options.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "i18n/translate.h"

namespace {

namespace po = boost::program_options;
using namespace linuxcash;  // NOLINT: this file only joins the pieces
using namespace linuxcash::cli;  // NOLINT

po::options_description options() {
    po::options_description known;
    const auto text = [&known](const char* name) {
        known.add_options()(name, po::value<std::string>());
    };
    for (const char* name :
         {"root", "kkm", "kind", "fiscal", "inputmask", "pattern", "receipt", "sum", "outcome",
          "since", "until", "shift", "limit", "skip", "check", "preview", "model"})
        text(name);
    known.add_options()("output,o", po::value<std::string>());
    known.add_options()("print", "")("stdin", "")("json", "")("open", "")("help", "")(
        "version", "");
    known.add_options()("word", po::value<std::vector<std::string>>());
    return known;
}

po::variables_map parse(int argc, char** argv) {
    namespace style = po::command_line_style;
    // Shortened names would change their meaning with the next option that is added.
    const int strict = style::allow_long | style::long_allow_adjacent | style::long_allow_next
                       | style::allow_short | style::allow_dash_for_short | style::short_allow_next;
    po::positional_options_description words;
    words.add("word", -1);
    const po::options_description known = options();
    po::variables_map given;
    po::command_line_parser parser(argc, argv);
    po::store(parser.options(known).positional(words).style(strict).run(), given);
    return given;
}

Invocation invocation_of(const po::variables_map& given) {
    std::optional<std::string> root;
    std::map<std::string, std::string> named;
    std::vector<std::string> words;
    for (const auto& [name, value] : given) {
        if (name == "word") {
            words = value.as<std::vector<std::string>>();
        } else if (name == "root") {
            root = value.as<std::string>();
        } else {
            const auto* text = boost::any_cast<std::string>(&value.value());
            named[name] = text != nullptr ? *text : std::string();
        }
    }
    return {Places::choose(root), words, named};
}

Exit help(Console& console) {
    console.result(console.translated(
        tr("paysysctl [--root ПАПКА] КОМАНДА …: настройки и состояние платёжных систем кассы")));
    for (const Text& line : usage())
        console.result("  " + console.translated(line));
    console.result(console.translated(
        tr("Без --root берётся LINUXCASH_ROOT, иначе /linuxcash. Код возврата: 0 — сделано, 1 — "
           "отказано или не удалось, 2 — неверный вызов, 3 — исход неизвестен.")));
    return Exit::Done;
}

Exit command(int argc, char** argv, Console& console) {
    po::variables_map given;
    try {
        given = parse(argc, argv);
    } catch (const po::unknown_option& error) {
        return console.wrong(tr("нет параметра %1", error.get_option_name()));
    } catch (const po::error_with_option_name& error) {
        return console.wrong(
            tr("у параметра %1 нет значения, или он указан дважды", error.get_option_name()));
    } catch (const po::error&) {
        return console.wrong(tr("командная строка не распознана"));
    }
    if (given.count("help") > 0) return help(console);
    if (given.count("version") > 0) {
        console.result("paysysctl " LINUXCASH_VERSION);
        return Exit::Done;
    }
    return run(invocation_of(given), console);
}

}  // namespace

int main(int argc, char** argv) {
    i18n::set_program_locale();
    Console console(std::cin, std::cout, std::cerr, i18n::translator());
    const Exit exit = command(argc, argv, console);
    std::cout.flush();
    if (std::cout.fail() && exit == Exit::Done) {
        console.note(tr("результат не удалось вывести"));
        return static_cast<int>(Exit::Failed);
    }
    return static_cast<int>(exit);
}
