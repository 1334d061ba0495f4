/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded into a program under test: counts what it makes durable, kills it at a chosen sync or
 * write, makes that call fail, or moves the wall clock. The product itself holds no hooks.
 *
 * - FAULT_LOG=FILE: one line per fsync or fdatasync, the path.
 * - FAULT_KILL=sync|write:PART:N:before|after: SIGKILL at the N-th such call on a path with PART.
 * - FAULT_FAIL=sync|write:PART:N:ERRNO:once|ever: that call, with `ever` all later ones, fail.
 * - FAULT_GO=FILE: nothing is counted before this file exists.
 * - FAULT_CLOCK=FILE: the wall clock shows as many seconds more as stand there; none if it is gone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { kPart = 128, kWord = 16 };

struct rule {
    int armed;
    char call[kWord];
    char part[kPart];
    long at;
    char how[kWord];
    int error;
    atomic_long seen;
};

static struct rule kill_rule;
static struct rule fail_rule;

__attribute__((constructor)) static void read_rules(void) {
    const char* kill_text = getenv("FAULT_KILL");
    const char* fail_text = getenv("FAULT_FAIL");
    if (kill_text != NULL) {
        kill_rule.armed = sscanf(
                              kill_text, "%15[^:]:%127[^:]:%ld:%15s", kill_rule.call,
                              kill_rule.part, &kill_rule.at, kill_rule.how)
                          == 4;
    }
    if (fail_text != NULL) {
        fail_rule.armed = sscanf(
                              fail_text, "%15[^:]:%127[^:]:%ld:%d:%15s", fail_rule.call,
                              fail_rule.part, &fail_rule.at, &fail_rule.error, fail_rule.how)
                          == 5;
    }
}

static int path_of(int fd, char* path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    return 1;
}

static int released(void) {
    const char* go = getenv("FAULT_GO");
    return go == NULL || access(go, F_OK) == 0;
}

/* Whether this call is the one that the rule means. */
static int fires(struct rule* rule, const char* call, const char* path, int ever) {
    if (!rule->armed || strcmp(rule->call, call) != 0 || strstr(path, rule->part) == NULL) return 0;
    long number = atomic_fetch_add(&rule->seen, 1) + 1;
    return ever ? number >= rule->at : number == rule->at;
}

static void log_sync(const char* path) {
    static ssize_t (*real_write)(int, const void*, size_t);
    const char* log = getenv("FAULT_LOG");
    if (log == NULL) return;
    if (real_write == NULL) *(void**)&real_write = dlsym(RTLD_NEXT, "write");
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return;
    char line[PATH_MAX + 2];
    int length = snprintf(line, sizeof line, "%s\n", path);
    ssize_t written = real_write(fd, line, (size_t)length);
    (void)written;
    close(fd);
}

/* Before the real call: 1 if it shall fail (errno is set). *kill_after: die when it has returned.
 */
static int before(int fd, const char* call, int* kill_after) {
    char path[PATH_MAX];
    int saved = errno;
    *kill_after = 0;
    if ((!kill_rule.armed && !fail_rule.armed && getenv("FAULT_LOG") == NULL) || !released()
        || !path_of(fd, path, sizeof path)) {
        errno = saved;
        return 0;
    }
    if (strcmp(call, "sync") == 0) log_sync(path);
    if (fires(&kill_rule, call, path, 0)) {
        if (strcmp(kill_rule.how, "before") == 0) raise(SIGKILL);
        *kill_after = 1;
    }
    if (fires(&fail_rule, call, path, strcmp(fail_rule.how, "ever") == 0)) {
        errno = fail_rule.error;
        return 1;
    }
    errno = saved;
    return 0;
}

int fsync(int fd) {
    static int (*real)(int);
    int kill_after = 0;
    if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "fsync");
    if (before(fd, "sync", &kill_after)) return -1;
    int result = real(fd);
    if (kill_after) raise(SIGKILL);
    return result;
}

int fdatasync(int fd) {
    static int (*real)(int);
    int kill_after = 0;
    if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "fdatasync");
    if (before(fd, "sync", &kill_after)) return -1;
    int result = real(fd);
    if (kill_after) raise(SIGKILL);
    return result;
}

ssize_t write(int fd, const void* bytes, size_t size) {
    static ssize_t (*real)(int, const void*, size_t);
    int kill_after = 0;
    if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "write");
    if (before(fd, "write", &kill_after)) return -1;
    ssize_t result = real(fd, bytes, size);
    if (kill_after) raise(SIGKILL);
    return result;
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t offset) {
    static ssize_t (*real)(int, const void*, size_t, off_t);
    int kill_after = 0;
    if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "pwrite64");
    if (before(fd, "write", &kill_after)) return -1;
    ssize_t result = real(fd, bytes, size, offset);
    if (kill_after) raise(SIGKILL);
    return result;
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
    return pwrite64(fd, bytes, size, offset);
}

/* Seconds that the wall clock is wrong by. */
static long clock_fault(void) {
    char text[32] = "";
    const char* file = getenv("FAULT_CLOCK");
    int saved = errno;
    int fd = file != NULL ? open(file, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    if (fd >= 0) close(fd);
    errno = saved;
    return length > 0 ? strtol(text, NULL, 10) : 0;
}

int clock_gettime(clockid_t clock, struct timespec* now) {
    static int (*real)(clockid_t, struct timespec*);
    if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    int wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (result == 0 && wall) now->tv_sec += clock_fault();
    return result;
}

int gettimeofday(struct timeval* now, void* zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t* where) {
    struct timespec exact;
    if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
    if (where != NULL) *where = exact.tv_sec;
    return exact.tv_sec;
}
