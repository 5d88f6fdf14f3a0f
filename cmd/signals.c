/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signals.h"

#include <string.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP};

volatile sig_atomic_t rs_signals_seen = 0;
static volatile sig_atomic_t last_signal = 0;
static bool pipe_was_default = false; /* set once, at start */

static void count_signal(int number)
{
    last_signal = number;
    if (rs_signals_seen < 2)
        rs_signals_seen = rs_signals_seen + 1;
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

void rs_signals_catch(void)
{
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction old;
        struct sigaction action;

        memset(&action, 0, sizeof action);
        action.sa_handler = count_signal;
        sigfillset(&action.sa_mask);
        if (sigaction(caught[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            (void)sigaction(caught[i], &action, NULL);
    }
}

void rs_signals_release(void)
{
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction now;

        if (sigaction(caught[i], NULL, &now) != 0 ||
            now.sa_handler != count_signal)
            continue;
        now.sa_handler = SIG_DFL;
        (void)sigaction(caught[i], &now, NULL);
    }
}

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

void rs_signals_die(void)
{
    if (last_signal != 0)
        die_of(last_signal);
}

void rs_signals_die_of_pipe(void)
{
    if (pipe_was_default)
        die_of(SIGPIPE);
}
