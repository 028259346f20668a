/* Counts the calls that change files of one folder, and lets the nth of them fail.
 *
 * Loaded by LD_PRELOAD; armed from within the process:
 *   faults_arm(folder, nth, kind, sticky)   kind: 0 count only, 1 crash, 2 EIO, 3 ENOSPC,
 *                                           4 short write, 5 torn write
 *   faults_disarm()                         returns how many mutating calls were counted
 * A short write writes half of what was asked and says so; a torn one writes half, and the process
 * ends. Calls that are no writes then do their work. A crash ends the process before the call does
 * anything. With sticky, all later calls meet what the nth met.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, CRASH, FAIL_EIO, FAIL_ENOSPC, SHORT, TORN };

#define CRASHED 86
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char folder[PATH_MAX];
static size_t folder_length;
static long nth, counted;
static int kind, sticky, armed;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

void faults_arm(const char *of, long at, int how, int again) {
    pthread_mutex_lock(&one);
    strncpy(folder, of, sizeof folder - 1);
    folder_length = strlen(folder);
    nth = at;
    kind = how;
    sticky = again;
    counted = 0;
    armed = 1;
    pthread_mutex_unlock(&one);
}

long faults_disarm(void) {
    armed = 0;
    return counted;
}

static int inside(const char *path) {
    return armed && path && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

static int mine(int fd) {
    char link[64], path[PATH_MAX];
    ssize_t length;
    int before = errno;
    if (!armed) return 0;
    link[0] = 0;
    strcpy(link, "/proc/self/fd/");
    char digits[16];
    int n = 0, rest = fd;
    if (fd < 0) return 0;
    do { digits[n++] = (char)('0' + rest % 10); rest /= 10; } while (rest);
    size_t at = strlen(link);
    while (n) link[at++] = digits[--n];
    link[at] = 0;
    length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length <= 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* What befalls this call: COUNT for nothing. */
static int fate(void) {
    int met;
    pthread_mutex_lock(&one);
    counted++;
    met = nth > 0 && (counted == nth || (sticky && counted > nth));
    pthread_mutex_unlock(&one);
    if (!met) return COUNT;
    if (kind == CRASH) _exit(CRASHED);
    return kind;
}

static int refused(int what) {
    if (what == FAIL_EIO) errno = EIO;
    else if (what == FAIL_ENOSPC) errno = ENOSPC;
    else return 0;
    return 1;
}

static size_t half(size_t count) { return count > 1 ? count / 2 : count; }

#define WRITING(call_whole, call_half)      \
    if (mine(fd)) {                         \
        int what = fate();                  \
        if (refused(what)) return -1;       \
        if (what == SHORT || what == TORN) { \
            ssize_t done = call_half;       \
            if (what == TORN) _exit(CRASHED); \
            return done;                    \
        }                                   \
    }                                       \
    return call_whole;

ssize_t write(int fd, const void *data, size_t count) {
    WRITING(REAL(write)(fd, data, count), REAL(write)(fd, data, half(count)))
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
    WRITING(REAL(pwrite)(fd, data, count, at), REAL(pwrite)(fd, data, half(count), at))
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    WRITING(REAL(pwrite64)(fd, data, count, at), REAL(pwrite64)(fd, data, half(count), at))
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    WRITING(REAL(writev)(fd, parts, count),
            REAL(write)(fd, parts[0].iov_base, count > 0 ? half(parts[0].iov_len) : 0))
}

#define ON_FD(name, parameters, values)      \
    int name parameters {                    \
        if (mine(fd) && refused(fate())) return -1; \
        return REAL(name) values;            \
    }
ON_FD(fsync, (int fd), (fd))
ON_FD(fdatasync, (int fd), (fd))
ON_FD(ftruncate, (int fd, off_t to), (fd, to))
ON_FD(ftruncate64, (int fd, off64_t to), (fd, to))
ON_FD(fallocate, (int fd, int mode, off_t at, off_t length), (fd, mode, at, length))

int posix_fallocate(int fd, off_t at, off_t length) {
    if (mine(fd)) {
        int what = fate();
        if (what == FAIL_EIO) return EIO;
        if (what == FAIL_ENOSPC) return ENOSPC;
    }
    return REAL(posix_fallocate)(fd, at, length);
}

int rename(const char *from, const char *to) {
    if ((inside(from) || inside(to)) && refused(fate())) return -1;
    return REAL(rename)(from, to);
}

int renameat(int a, const char *from, int b, const char *to) {
    if ((inside(from) || inside(to)) && refused(fate())) return -1;
    return REAL(renameat)(a, from, b, to);
}

int unlink(const char *path) {
    if (inside(path) && refused(fate())) return -1;
    return REAL(unlink)(path);
}

int unlinkat(int at, const char *path, int flags) {
    if (inside(path) && refused(fate())) return -1;
    return REAL(unlinkat)(at, path, flags);
}

static int makes(int flags) { return (flags & O_CREAT) != 0; }

#define OPENING(name)                                            \
    int name(const char *path, int flags, ...) {                 \
        mode_t mode = 0;                                         \
        if (makes(flags)) {                                      \
            va_list more;                                        \
            va_start(more, flags);                               \
            mode = va_arg(more, mode_t);                         \
            va_end(more);                                        \
            if (inside(path) && refused(fate())) return -1;      \
        }                                                        \
        return REAL(name)(path, flags, mode);                    \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                         \
    int name(int at, const char *path, int flags, ...) {         \
        mode_t mode = 0;                                         \
        if (makes(flags)) {                                      \
            va_list more;                                        \
            va_start(more, flags);                               \
            mode = va_arg(more, mode_t);                         \
            va_end(more);                                        \
            if (inside(path) && refused(fate())) return -1;      \
        }                                                        \
        return REAL(name)(at, path, flags, mode);                \
    }
OPENING_AT(openat)
OPENING_AT(openat64)
