/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * To be preloaded: makes an allocation fail, from main() on.
 *   OOM_AT    which one, counted from 1 in each process; 0: none
 *   OOM_IN    parent or worker: forked processes count from 1
 *   OOM_FROM  set: all from that one on
 *   OOM_DIE   which workers, in the order in which they are forked, do not fail
 *             there but die: those that have a 1, as in 1110111
 *   OOM_LOG   the number of a file descriptor that gets a line of each process:
 *             its kind, and how many it has asked for
 */

static atomic_ulong asked;
static unsigned long at;
static bool from_there, in_worker, is_worker, counts;
static const char *dying;
static atomic_uint *forks;
static unsigned number; /* of this worker */
static int log_fd = -1;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void *__libc_memalign(size_t align, size_t size);

static bool fails(void)
{
    unsigned long n = 0;

    if (!counts)
        return false;
    n = atomic_fetch_add(&asked, 1) + 1;
    if (at == 0 || is_worker != in_worker || (from_there ? n < at : n != at))
        return false;
    if (dying != NULL) {
        if (number < strlen(dying) && dying[number] == '1')
            (void)kill(getpid(), SIGKILL);
        return false;
    }
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return fails() ? NULL : __libc_memalign(align, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
    if (fails())
        return ENOMEM;
    *out = __libc_memalign(align, size);
    return *out == NULL ? ENOMEM : 0;
}

void *mmap(void *where, size_t size, int prot, int flags, int fd, off_t offset)
{
    static void *(*next)(void *, size_t, int, int, int, off_t);

    if (next == NULL)
        next = (void *(*)(void *, size_t, int, int, int, off_t))dlsym(RTLD_NEXT,
                                                                      "mmap");
    return fails() ? MAP_FAILED : next(where, size, prot, flags, fd, offset);
}

static void say(void)
{
    char line[64];
    int n = snprintf(line, sizeof line, "%s %lu\n",
                     is_worker ? "worker" : "parent", atomic_load(&asked));

    if (log_fd >= 0 && n > 0)
        (void)!write(log_fd, line, (size_t)n);
}

static void forked(void)
{
    is_worker = true;
    number = atomic_fetch_add(forks, 1);
    atomic_store(&asked, 0);
}

/* Workers leave by _exit. */
void _exit(int status)
{
    static void (*next)(int);

    if (next == NULL)
        next = (void (*)(int))dlsym(RTLD_NEXT, "_exit");
    counts = false;
    say();
    next(status);
    __builtin_unreachable();
}

typedef int main_function(int, char **, char **);
static main_function *program;

static int counted_main(int argc, char **argv, char **env)
{
    int status = 0;
    const char *text = getenv("OOM_AT");

    at = text == NULL ? 0 : strtoul(text, NULL, 10);
    text = getenv("OOM_IN");
    in_worker = text != NULL && strcmp(text, "worker") == 0;
    from_there = getenv("OOM_FROM") != NULL;
    text = getenv("OOM_LOG");
    log_fd = text == NULL ? -1 : (int)strtol(text, NULL, 10);
    dying = getenv("OOM_DIE");
    forks = mmap(NULL, sizeof *forks, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (forks == MAP_FAILED)
        return 99;
    (void)pthread_atfork(NULL, NULL, forked);
    counts = true;
    status = program(argc, argv, env);
    counts = false;
    say();
    return status;
}

int __libc_start_main(main_function *main, int argc, char **argv,
                      void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end)
{
    int (*next)(main_function *, int, char **, void (*)(void), void (*)(void),
                void (*)(void), void *) =
        (int (*)(main_function *, int, char **, void (*)(void), void (*)(void),
                 void (*)(void), void *))dlsym(RTLD_NEXT, "__libc_start_main");

    program = main;
    return next(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
