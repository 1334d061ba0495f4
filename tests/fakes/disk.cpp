// SPDX-License-Identifier: Apache-2.0
#include "fakes/disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace linuxcash::fakes {
namespace {

// A replaced C function has nobody to give it its state: these are the globals of the tests.
int syncs = 0;
int calls = 0;
int dies_at = 0;
bool full = false;
char full_as_long_as[4096] = "";

void count_call() {
    ++calls;
    if (dies_at != 0 && calls == dies_at) raise(SIGKILL);
}

bool is_full() {
    struct stat now {};
    if (!full) return false;
    return full_as_long_as[0] == '\0' || ::lstat(full_as_long_as, &now) == 0;
}

template <typename Function>
Function next(const char* name) {
    Function function = nullptr;
    void* symbol = dlsym(RTLD_NEXT, name);
    std::memcpy(&function, &symbol, sizeof function);
    return function;
}

int pretend_to_sync() {
    count_call();
    ++syncs;
    return 0;
}

}  // namespace

int disk_syncs() {
    return syncs;
}

int disk_calls() {
    return calls;
}

void die_at_disk_call(int count) {
    dies_at = calls + count;
}

FullDisk::FullDisk(std::filesystem::path as_long_as) {
    std::strncpy(full_as_long_as, as_long_as.c_str(), sizeof full_as_long_as - 1);
    full = true;
}

FullDisk::~FullDisk() {
    full = false;
}

}  // namespace linuxcash::fakes

extern "C" __attribute__((visibility("default"))) ssize_t pwrite64(
    int file, const void* bytes, size_t size, off64_t offset) {
    using namespace linuxcash::fakes;
    count_call();
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    return next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64")(
        file, bytes, size, offset);
}

extern "C" __attribute__((visibility("default"))) int fdatasync(int) {
    return linuxcash::fakes::pretend_to_sync();
}

extern "C" __attribute__((visibility("default"))) int fsync(int) {
    return linuxcash::fakes::pretend_to_sync();
}

extern "C" __attribute__((visibility("default"))) int posix_fallocate(
    int file, off_t offset, off_t size) {
    if (linuxcash::fakes::is_full()) return ENOSPC;
    return linuxcash::fakes::next<int (*)(int, off_t, off_t)>("posix_fallocate")(
        file, offset, size);
}
