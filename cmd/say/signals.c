/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signals.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP};

/* Some senders send twice: timeout(1) to the child and to its group, a
 * terminal that hangs up and then its shell. */
static const double same_seconds = 0.05;
/* Between two signals of the timer. */
static const long period_ns = 20 * 1000 * 1000;

static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler sets it");
static atomic_int seen = 0;
static volatile sig_atomic_t first_signal = 0;
static struct timespec first_time;
static struct sigaction old_alarm;
static timer_t timer; /* sends SIGALRM once a signal has come */
static bool has_timer = false;
static bool pipe_was_default = false; /* set once, at start */

static void die_of(int number)
{
    struct sigaction action;
    sigset_t set;

    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    (void)sigaction(number, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, number);
    (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
    (void)raise(number);
}

static double seconds_since(const struct timespec *begin)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) +
           1e-9 * (double)(now.tv_nsec - begin->tv_nsec);
}

/* Calls nothing that is not safe in a handler. */
static void take_signal(int number)
{
    const struct itimerspec often = {{0, period_ns}, {0, period_ns}};
    int saved = errno;

    if (seen == 0) {
        (void)clock_gettime(CLOCK_MONOTONIC, &first_time);
        first_signal = number;
        seen = 1;
        if (has_timer)
            (void)timer_settime(timer, 0, &often, NULL);
    } else if (seconds_since(&first_time) >= same_seconds) {
        die_of(number);
    }
    errno = saved;
}

/* Only breaks off what blocks. */
static void wake(int number)
{
    (void)number;
}

void rs_signals_init(void)
{
    struct sigaction old;
    struct sigaction ignore;

    memset(&ignore, 0, sizeof ignore);
    ignore.sa_handler = SIG_IGN;
    if (sigaction(SIGPIPE, &ignore, &old) == 0)
        pipe_was_default = old.sa_handler == SIG_DFL;
    (void)sigaction(SIGXFSZ, &ignore, NULL);
}

static void make_timer(void)
{
    struct sigevent event;
    struct sigaction action;
    sigset_t set;

    if (has_timer)
        return;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    memset(&action, 0, sizeof action);
    action.sa_handler = wake;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    if (sigaction(SIGALRM, &action, &old_alarm) == 0 &&
        sigprocmask(SIG_UNBLOCK, &set, NULL) == 0)
        has_timer = timer_create(CLOCK_MONOTONIC, &event, &timer) == 0;
}

static void drop_timer(void)
{
    if (!has_timer)
        return;
    has_timer = false;
    (void)timer_delete(timer);
    (void)sigaction(SIGALRM, &old_alarm, NULL);
}

static void catch_all(void)
{
    make_timer();
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction old;
        struct sigaction action;

        memset(&action, 0, sizeof action);
        action.sa_handler = take_signal; /* no SA_RESTART */
        sigfillset(&action.sa_mask);
        if (sigaction(caught[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            (void)sigaction(caught[i], &action, NULL);
    }
}

static void release_all(void)
{
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction now;

        if (sigaction(caught[i], NULL, &now) != 0 ||
            now.sa_handler != take_signal)
            continue;
        now.sa_handler = SIG_DFL;
        (void)sigaction(caught[i], &now, NULL);
    }
    drop_timer();
}

const struct rs_stop rs_signals_stop = {&seen, catch_all, release_all};

int rs_signals_first(void)
{
    return first_signal;
}

void rs_signals_die(void)
{
    if (first_signal != 0)
        die_of(first_signal);
}

void rs_signals_die_of_pipe(void)
{
    if (pipe_was_default)
        die_of(SIGPIPE);
}
