// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "links/scene.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::links;
using printing::Delivery;
using printing::Ended;
using printing::Trouble;

TEST_GROUP(FileLink) {
    Scene scene;

    printing::JobResult print(const std::string& bytes, const std::string& name = "slips.bin") {
        printing::Job job;
        job.bytes = bytes;
        job.answers = printing::StatusAnswers::Full;
        return links::print(FileAddress{name}, job, scene.surroundings);
    }

    std::string content() {
        std::ifstream file(scene.folder.path() / "slips.bin", std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST(FileLink, appends_the_bytes_of_each_job_and_nothing_else) {
    CHECK(print("one").delivery == Delivery::Printed);
    CHECK(print("two").delivery == Delivery::Printed);

    STRCMP_EQUAL("onetwo", content().c_str());
}

TEST(FileLink, takes_an_absolute_name_too) {
    const auto path = scene.folder.path() / "other.bin";

    CHECK(print("one", path.native()).delivery == Delivery::Printed);

    CHECK(std::filesystem::file_size(path) == 3);
}

TEST(FileLink, holds_nothing_of_a_job_that_is_not_flushed) {
    {
        const auto link = scene.open("file:slips.bin");
        CHECK((*link)->write("half", scene.in(100)).ended == Ended::Complete);
    }

    STRCMP_EQUAL("", content().c_str());
}

TEST(FileLink, takes_back_a_job_that_does_not_fit) {
    (void)print("whole");
    rlimit before{};
    (void)getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{8, before.rlim_max};
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    (void)setrlimit(RLIMIT_FSIZE, &small);

    const auto result = print("too much for it");

    (void)setrlimit(RLIMIT_FSIZE, &before);
    (void)std::signal(SIGXFSZ, handler);
    CHECK(result.delivery == Delivery::NotPrinted);
    CHECK(result.trouble == Trouble::Broken);
    STRCMP_EQUAL("whole", content().c_str());
}

TEST(FileLink, waits_for_its_turn_until_the_deadline) {
    const auto link = scene.open("file:slips.bin");
    (void)(*link)->write("one", scene.in(100));
    const UniqueFd other(::open((scene.folder.path() / "slips.bin").c_str(), O_RDWR | O_CLOEXEC));
    (void)flock(other.get(), LOCK_EX);

    CHECK((*link)->flush(scene.in(30)).ended == Ended::Deadline);
    (void)flock(other.get(), LOCK_UN);
    CHECK((*link)->flush(scene.in(30)).ended == Ended::Complete);
    STRCMP_EQUAL("one", content().c_str());
}

TEST(FileLink, refuses_links_folders_and_devices) {
    std::filesystem::create_symlink("/etc/passwd", scene.folder.path() / "link");
    std::filesystem::create_directory(scene.folder.path() / "folder");

    CHECK(scene.open("file:link").error().code == ErrorCode::InvalidInput);
    CHECK(scene.open("file:folder").error().code == ErrorCode::InvalidInput);
    CHECK(scene.open("file:/dev/null").error().code == ErrorCode::InvalidInput);
    CHECK(scene.open("file:none/slips.bin").error().code == ErrorCode::NotFound);
}
