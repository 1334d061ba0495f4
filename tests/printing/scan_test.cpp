// SPDX-License-Identifier: Apache-2.0
// What our raster looks like to a program that did not come from us: zbarimg reads the codes back
// out of the bytes for the printer.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "fakes/temporary_folder.h"
#include "printing/escpos.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash::core::slip;
using namespace linuxcash::printing;
using linuxcash::fakes::TemporaryFolder;

namespace {

constexpr std::string_view kRasterCommand{"\x1Dv0\0", 4};
constexpr std::size_t kHeader = 8;
constexpr int kMargin = 64;  // white paper on the left and the right

std::size_t number_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at])
           + (std::size_t{static_cast<unsigned char>(bytes[at + 1])} << 8U);
}

// The strips of the raster as one portable bitmap between white margins.
std::string bitmap_of(std::string_view bytes) {
    std::string rows;
    std::size_t stride = 0;
    std::size_t height = 0;
    const std::string margin(kMargin / 8, '\0');
    for (auto at = bytes.find(kRasterCommand); at < bytes.size(); at = bytes.find(kRasterCommand)) {
        bytes.remove_prefix(at);
        stride = number_at(bytes, 4);
        const std::size_t count = number_at(bytes, 6);
        for (std::size_t row = 0; row < count; ++row)
            rows += margin + std::string(bytes.substr(kHeader + row * stride, stride)) + margin;
        bytes.remove_prefix(kHeader + count * stride);
        height += count;
    }
    const std::string width = std::to_string(stride * 8 + 2 * kMargin);
    return "P4\n" + width + " " + std::to_string(height) + "\n" + rows;
}

std::string contents(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// What zbarimg says about the picture, without the line break at the end.
std::string scanned(std::string_view bytes) {
    const TemporaryFolder folder;
    std::string picture = (folder.path() / "code.pbm").native();
    const std::string answer = (folder.path() / "answer").native();
    std::ofstream(picture, std::ios::binary) << bitmap_of(bytes);
    std::string name = "zbarimg";
    std::array<std::string, 3> options{"--nodbus", "-q", "--raw"};
    std::array<char*, 6> arguments{name.data(),       options[0].data(), options[1].data(),
                                   options[2].data(), picture.data(),    nullptr};
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, answer.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    const int error = posix_spawnp(&child, "zbarimg", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return "zbarimg is not there: scripts/install-deps --tests";
    int status = 0;
    waitpid(child, &status, 0);
    std::string text = contents(answer);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

Model model(int dots) {
    Model made;
    made.dots = dots;
    made.pages = {{find_code_page("cp866"), 17}};
    return made;
}

void check_scanned(const std::string& expected, const Element& element, int dots) {
    const auto bytes = encode(Slip{{element}}, model(dots));
    CHECK(bytes.ok());
    STRCMP_EQUAL(expected.c_str(), scanned(*bytes).c_str());
}

constexpr std::array kSizes{
    CodeSize::Tiny, CodeSize::Small, CodeSize::Normal, CodeSize::Large, CodeSize::Extralarge};

}  // namespace

TEST_GROUP(ScannedRaster){};

TEST(ScannedRaster, of_a_qr_code_reads_at_each_size_and_correction) {
    const std::string data = "https://pay.example.by/r?t=20261122T1200&s=24.50&fn=9282&i=17&n=1";
    for (const CodeSize size : kSizes) {
        for (const auto correction :
             {QrCorrection::Low, QrCorrection::Medium, QrCorrection::High, QrCorrection::Ultra}) {
            check_scanned(data, QrCode{data, size, correction}, 384);
        }
    }
}

TEST(ScannedRaster, of_a_large_qr_code_made_to_fit_reads) {
    const std::string data(1000, 'a');

    check_scanned(data, QrCode{data, CodeSize::Extralarge, QrCorrection::Ultra}, 384);
}

TEST(ScannedRaster, of_a_bar_code_reads_at_each_size) {
    for (const CodeSize size : kSizes)
        check_scanned("4601234567893", Barcode{.data = "460123456789", .size = size}, 384);
}
