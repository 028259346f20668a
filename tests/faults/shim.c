/* Counts the calls that change files of one folder, lets the nth of them fail, or records them.
 *
 * Loaded by LD_PRELOAD; armed from within the process:
 *   faults_arm(folder, nth, kind, sticky)   kind: 0 count only, 1 crash, 2 EIO, 3 ENOSPC,
 *                                           4 short write, 5 torn write, 6 EROFS
 *   faults_disarm()                         returns how many mutating calls were counted
 *   faults_record(folder, fd)               writes every change done in a folder to fd
 *   faults_mark()                           puts a mark into the record
 * A short write writes half of what was asked and says so; a torn one writes half, and the process
 * ends. Calls that are no writes then do their work. A crash ends the process before the call does
 * anything. With sticky, all later calls meet what the nth met.
 *
 * A record is a sequence of: struct event, path, second path or data (tests/support/power_record.py
 * reads it). What is changed through mapped memory is not seen: of SQLite that is only its -shm,
 * which is made anew when a file is opened by nobody else.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, CRASH, FAIL_EIO, FAIL_ENOSPC, SHORT, TORN, FAIL_EROFS };

#define CRASHED 86
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char folder[PATH_MAX];
static size_t folder_length;
static long nth, counted;
static int kind, sticky, armed, record = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

void faults_arm(const char *of, long at, int how, int again) {
    pthread_mutex_lock(&one);
    snprintf(folder, sizeof folder, "%s", of);
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

void faults_record(const char *of, int fd) {
    faults_arm(of, 0, COUNT, 0);
    record = fd;
}

/* Where a call goes. */

static int inside(const char *path) {
    return armed && path && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

/* Whether fd is a file of the folder; puts its path into path. */
static int path_of(int fd, char *path) {
    char link[64];
    ssize_t length;
    int before = errno;
    if (!armed || fd < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, PATH_MAX - 1);
    errno = before;
    if (length <= 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* Whether a name seen from an open folder lies within ours; puts the whole path into path. */
static int path_at(int at, const char *name, char *path) {
    char before[PATH_MAX];
    if (!armed || !name) return 0;
    if (name[0] == '/' || at == AT_FDCWD) {
        snprintf(path, PATH_MAX, "%s", name);
        return inside(path);
    }
    if (!path_of(at, before) ||
        snprintf(path, PATH_MAX, "%s/%s", before, name) >= PATH_MAX)
        return 0;
    return inside(path);
}

/* What befalls a call: COUNT for nothing. */
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
    else if (what == FAIL_EROFS) errno = EROFS;
    else return 0;
    return 1;
}

static int befalls(void) { return refused(fate()); }

/* The record. */

struct event {
    char what;
    char pad[3];
    uint32_t path_length;
    int64_t at;
    int64_t changed; /* when the file was, in nanoseconds */
    uint64_t length;
};

static void say(char what, const char *path, int64_t at, const void *data, size_t length) {
    struct event event = {.what = what, .path_length = (uint32_t)strlen(path), .at = at,
                          .length = length};
    struct iovec parts[3] = {{&event, sizeof event}, {(void *)path, event.path_length},
                             {(void *)data, length}};
    struct stat found;
    int before = errno;
    if (record < 0) return;
    if (stat(path, &found) == 0)
        event.changed = found.st_mtim.tv_sec * 1000000000LL + found.st_mtim.tv_nsec;
    pthread_mutex_lock(&one);
    if (REAL(writev)(record, parts, 3) != (ssize_t)(sizeof event + event.path_length + length))
        _exit(CRASHED + 1);
    pthread_mutex_unlock(&one);
    errno = before;
}

void faults_mark(void) { say('m', "", 0, "", 0); }

/* Writes. */

static size_t half(size_t count) { return count > 1 ? count / 2 : count; }

/* Where a write lands that uses the file's own position. */
static off_t here(int fd) { return record < 0 ? 0 : lseek(fd, 0, SEEK_CUR); }

#define WRITING(first, data, call_whole, call_half)           \
    char path[PATH_MAX];                                      \
    if (path_of(fd, path)) {                                  \
        int what = fate();                                    \
        off_t start = first;                                  \
        ssize_t done;                                         \
        if (refused(what)) return -1;                         \
        done = what == SHORT || what == TORN ? call_half : call_whole; \
        if (what == TORN) _exit(CRASHED);                     \
        if (done > 0) say('w', path, start, data, (size_t)done); \
        return done;                                          \
    }                                                         \
    return call_whole;

ssize_t write(int fd, const void *data, size_t count) {
    WRITING(here(fd), data, REAL(write)(fd, data, count), REAL(write)(fd, data, half(count)))
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
    WRITING(at, data, REAL(pwrite)(fd, data, count, at), REAL(pwrite)(fd, data, half(count), at))
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    WRITING(at, data, REAL(pwrite64)(fd, data, count, at),
            REAL(pwrite64)(fd, data, half(count), at))
}

/* Of several parts the first is written, which the caller sees as a short write. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (count > 0 && path_of(fd, path)) return write(fd, parts[0].iov_base, parts[0].iov_len);
    return REAL(writev)(fd, parts, count);
}

#define PWRITEV(name, of, offset)                                                  \
    ssize_t name(int fd, const struct iovec *parts, int count, offset at) {        \
        char path[PATH_MAX];                                                       \
        if (count > 0 && path_of(fd, path))                                        \
            return of(fd, parts[0].iov_base, parts[0].iov_len, at);                \
        return REAL(name)(fd, parts, count, at);                                   \
    }
PWRITEV(pwritev, pwrite, off_t)
PWRITEV(pwritev64, pwrite64, off64_t)

/* Copying within the kernel is not known here: callers then copy by hand. */
ssize_t sendfile(int fd, int from, off_t *at, size_t count) {
    char path[PATH_MAX];
    if (path_of(fd, path)) { errno = EINVAL; return -1; }
    return REAL(sendfile)(fd, from, at, count);
}

ssize_t sendfile64(int fd, int from, off64_t *at, size_t count) {
    char path[PATH_MAX];
    if (path_of(fd, path)) { errno = EINVAL; return -1; }
    return REAL(sendfile64)(fd, from, at, count);
}

ssize_t copy_file_range(int from, off64_t *first, int fd, off64_t *at, size_t count,
                        unsigned flags) {
    char path[PATH_MAX];
    if (path_of(fd, path)) { errno = EXDEV; return -1; }
    return REAL(copy_file_range)(from, first, fd, at, count, flags);
}

/* What else is done to an open file. */

#define ON_FD(name, what, at, parameters, values)             \
    int name parameters {                                     \
        char path[PATH_MAX];                                  \
        int done;                                             \
        if (!path_of(fd, path)) return REAL(name) values;     \
        if (befalls()) return -1;                             \
        done = REAL(name) values;                             \
        if (done == 0) say(what, path, at, "", 0);            \
        return done;                                          \
    }
ON_FD(fsync, 's', 0, (int fd), (fd))
ON_FD(fdatasync, 's', 0, (int fd), (fd))
ON_FD(ftruncate, 't', to, (int fd, off_t to), (fd, to))
ON_FD(ftruncate64, 't', to, (int fd, off64_t to), (fd, to))
ON_FD(fallocate, 'a', at + length, (int fd, int mode, off_t at, off_t length),
      (fd, mode, at, length))
ON_FD(fallocate64, 'a', at + length, (int fd, int mode, off64_t at, off64_t length),
      (fd, mode, at, length))

#define POSIX_FALLOCATE(name, offset)                         \
    int name(int fd, offset at, offset length) {              \
        char path[PATH_MAX];                                  \
        int done;                                             \
        if (!path_of(fd, path)) return REAL(name)(fd, at, length); \
        if (befalls()) return errno;                          \
        done = REAL(name)(fd, at, length);                    \
        if (done == 0) say('a', path, at + length, "", 0);    \
        return done;                                          \
    }
POSIX_FALLOCATE(posix_fallocate, off_t)
POSIX_FALLOCATE(posix_fallocate64, off64_t)

#define TRUNCATE(name, offset)                                \
    int name(const char *path, offset to) {                   \
        int done;                                             \
        if (!inside(path)) return REAL(name)(path, to);       \
        if (befalls()) return -1;                             \
        done = REAL(name)(path, to);                          \
        if (done == 0) say('t', path, to, "", 0);             \
        return done;                                          \
    }
TRUNCATE(truncate, off_t)
TRUNCATE(truncate64, off64_t)

/* Names. */

static int named(int done, char what, const char *from, const char *to) {
    if (done == 0) say(what, from, 0, to, strlen(to));
    return done;
}

static int two_names(int a, const char *from, int b, const char *to, char *first, char *second) {
    int out = path_at(a, from, first), in = path_at(b, to, second);
    if (out && !in) snprintf(second, PATH_MAX, "%s", to);
    if (in && !out) snprintf(first, PATH_MAX, "%s", from);
    return out || in;
}

#define TWO_NAMES(name, what, a, b, parameters, values)       \
    int name parameters {                                     \
        char first[PATH_MAX], second[PATH_MAX];               \
        if (!two_names(a, from, b, to, first, second)) return REAL(name) values; \
        if (befalls()) return -1;                             \
        return named(REAL(name) values, what, first, second); \
    }
TWO_NAMES(rename, 'r', AT_FDCWD, AT_FDCWD, (const char *from, const char *to), (from, to))
TWO_NAMES(renameat, 'r', a, b, (int a, const char *from, int b, const char *to), (a, from, b, to))
TWO_NAMES(renameat2, 'r', a, b, (int a, const char *from, int b, const char *to, unsigned flags),
          (a, from, b, to, flags))
TWO_NAMES(link, 'l', AT_FDCWD, AT_FDCWD, (const char *from, const char *to), (from, to))
TWO_NAMES(linkat, 'l', a, b, (int a, const char *from, int b, const char *to, int flags),
          (a, from, b, to, flags))

#define ONE_NAME(name, what, folder_fd, path, parameters, values) \
    int name parameters {                                     \
        char whole[PATH_MAX];                                 \
        if (!path_at(folder_fd, path, whole)) return REAL(name) values; \
        if (befalls()) return -1;                             \
        return named(REAL(name) values, what, whole, "");     \
    }
ONE_NAME(unlink, 'u', AT_FDCWD, path, (const char *path), (path))
ONE_NAME(rmdir, 'u', AT_FDCWD, path, (const char *path), (path))
ONE_NAME(unlinkat, 'u', at, path, (int at, const char *path, int flags), (at, path, flags))
ONE_NAME(mkdir, 'd', AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
ONE_NAME(mkdirat, 'd', at, path, (int at, const char *path, mode_t mode), (at, path, mode))
ONE_NAME(symlink, 'y', AT_FDCWD, path, (const char *to, const char *path), (to, path))
ONE_NAME(symlinkat, 'y', at, path, (const char *to, int at, const char *path), (to, at, path))

#define CHANGES (O_CREAT | O_TRUNC)

static int opened(int fd, int flags, int there, const char *path) {
    if (fd >= 0 && !there && (flags & O_CREAT)) say('c', path, 0, "", 0);
    else if (fd >= 0 && (flags & O_TRUNC)) say('t', path, 0, "", 0);
    return fd;
}

#define OPENING(name, folder_fd, parameters, values)          \
    int name parameters {                                     \
        mode_t mode = 0;                                      \
        char whole[PATH_MAX];                                 \
        int there, before;                                    \
        if (flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) { \
            va_list more;                                     \
            va_start(more, flags);                            \
            mode = va_arg(more, mode_t);                      \
            va_end(more);                                     \
        }                                                     \
        if (!(flags & CHANGES) || !path_at(folder_fd, path, whole)) return REAL(name) values; \
        if (befalls()) return -1;                             \
        before = errno;                                       \
        there = REAL(access)(whole, F_OK) == 0;               \
        errno = before;                                       \
        return opened(REAL(name) values, flags, there, whole); \
    }
OPENING(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENING(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENING(openat, at, (int at, const char *path, int flags, ...), (at, path, flags, mode))
OPENING(openat64, at, (int at, const char *path, int flags, ...), (at, path, flags, mode))
