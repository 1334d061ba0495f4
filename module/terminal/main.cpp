// SPDX-License-Identifier: Apache-2.0
// The command line of artix-terminal.
#include <boost/program_options.hpp>
#include <iostream>
#include <optional>
#include <string>

#include "terminal/program.h"

namespace {

namespace po = boost::program_options;
using linuxcash::terminal::ProgramOptions;

constexpr int kWrongUse = 2;

po::options_description options() {
    po::options_description known("artix-terminal [--root DIR] [--script FILE|-]");
    known.add_options()("root", po::value<std::string>(), "папка вместо /linuxcash");
    known.add_options()(
        "script", po::value<std::string>(), "команды из файла или со стандартного ввода (-)");
    known.add_options()("help", "эта справка");
    known.add_options()("version", "версия");
    return known;
}

std::optional<std::string> text_of(const po::variables_map& given, const char* name) {
    if (given.count(name) == 0) return std::nullopt;
    return given[name].as<std::string>();
}

// The exit code when there is nothing to run.
std::optional<int> read_command_line(int argc, char** argv, ProgramOptions& wanted) {
    namespace style = po::command_line_style;
    // Shortened names would change their meaning with the next option that is added.
    const int strict = style::allow_long | style::long_allow_adjacent | style::long_allow_next;
    const po::options_description known = options();
    po::variables_map given;
    try {
        const po::positional_options_description none;
        po::command_line_parser parser(argc, argv);
        po::store(parser.options(known).positional(none).style(strict).run(), given);
    } catch (const po::error& error) {
        std::cerr << "artix-terminal: неверная командная строка: " << error.what() << "\n" << known;
        return kWrongUse;
    }
    if (given.count("help") > 0) {
        std::cout << known;
        return 0;
    }
    if (given.count("version") > 0) {
        std::cout << "artix-terminal " LINUXCASH_VERSION "\n";
        return 0;
    }
    wanted.root = text_of(given, "root");
    wanted.script = text_of(given, "script");
    return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
    ProgramOptions wanted;
    if (const std::optional<int> code = read_command_line(argc, argv, wanted)) return *code;
    return linuxcash::terminal::run_program(wanted);
}
