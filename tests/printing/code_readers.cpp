// SPDX-License-Identifier: Apache-2.0
#include "printing/code_readers.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fakes/temporary_folder.h"
#include "paper/png.h"

namespace linuxcash::tests {

namespace {

constexpr int kMargin = 24;  // dots: 3 mm

std::string contents(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

struct Answer {
    Codes lines;
    bool fell = false;  // the program ended by a signal
};

// What a program writes.
Answer answer_of(std::vector<std::string> words, const std::filesystem::path& answer) {
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, answer.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    const int error =
        posix_spawnp(&child, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return {{words[0] + " is not there: scripts/install-deps --tests"}};
    int status = 0;
    waitpid(child, &status, 0);
    Answer made;
    made.fell = WIFSIGNALED(status);
    std::istringstream text(contents(answer));
    for (std::string line; std::getline(text, line);)
        made.lines.push_back(line);
    return made;
}

Answer read_with(std::vector<std::string> words, const std::vector<paper::Bitmap>& pictures) {
    const fakes::TemporaryFolder folder;
    int number = 0;
    for (const paper::Bitmap& picture : pictures) {
        const auto path = folder.path() / (std::to_string(number++) + ".png");
        const auto png = paper::write_png(with_margins(picture));
        if (!png) continue;
        std::ofstream(path, std::ios::binary) << *png;
        words.push_back(path.native());
    }
    return answer_of(std::move(words), folder.path() / "answer");
}

}  // namespace

Codes read_with_zbar(const std::vector<paper::Bitmap>& pictures) {
    return read_with({"zbarimg", "--nodbus", "-q", "--raw"}, pictures).lines;
}

// Its lines are: file, format, "text".
Codes read_with_zxing(const std::vector<paper::Bitmap>& pictures) {
    Answer answer = read_with({"ZXingReader", "-1"}, pictures);
    // Version 1.4 stops with an assertion now and then when it looks at a picture in two sizes.
    if (answer.fell) answer = read_with({"ZXingReader", "-1", "-noscale"}, pictures);
    Codes codes = std::move(answer.lines);
    for (std::string& line : codes) {
        const std::size_t quote = line.find('"');
        const std::size_t end = line.rfind('"');
        if (quote < end && end != std::string::npos) line = line.substr(quote + 1, end - quote - 1);
    }
    return codes;
}

paper::Bitmap with_margins(const paper::Bitmap& picture) {
    paper::Bitmap sheet(picture.width() + 2 * kMargin, picture.height() + 2 * kMargin);
    sheet.draw(picture, {kMargin, kMargin});
    return sheet;
}

}  // namespace linuxcash::tests
