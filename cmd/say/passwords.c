/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "passwords.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const char secret[] = "password";
static const char blanks[] = " \t\n\r\f\v";

static void hide(char *from, const char *to)
{
    if (to == from)
        return;
    *from = '*';
    memmove(from + 1, to, strlen(to) + 1);
}

static bool is_blank(char c)
{
    return c != '\0' && strchr(blanks, c) != NULL;
}

/* Where the value of a parameter ends. In a URL at &; else at a blank, or
 * behind a quote, and a backslash takes the meaning of either. */
static char *value_end(char *at, bool in_url)
{
    bool quoted = *at == '\'';

    if (in_url)
        return at + strcspn(at, "&");
    if (quoted)
        at++;
    while (*at != '\0' && (quoted ? *at != '\'' : !is_blank(*at)))
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    return quoted && *at != '\0' ? at + 1 : at;
}

/* password=..., whatever stands before it in the word. */
static void hide_values(char *word)
{
    size_t len = sizeof secret - 1;

    for (char *at = word; *at != '\0'; at++) {
        const char *url = strstr(word, "://");
        char *value = at + len;
        if (strncasecmp(at, secret, len) != 0)
            continue;
        value += strspn(value, blanks);
        if (*value != '=')
            continue;
        value += 1 + strspn(value + 1, blanks);
        hide(value, value_end(value, url != NULL && url < at));
    }
}

/* Parameters of a URL whose names are written with %: they may say anything. */
static void hide_encoded(char *url)
{
    char *at = strchr(url, '?');

    while (at != NULL) {
        size_t name = strcspn(at + 1, "=&");
        char *value = at + 1 + name;
        if (*value == '=' && memchr(at + 1, '%', name) != NULL)
            hide(value + 1, value + strcspn(value + 1, "&") + 1);
        at = strchr(at + 1, '&');
    }
}

/* user:PASSWORD@: everything to the last @, for it may stand in a password;
 * without an @, what cannot be a port. */
static void hide_user(char *url)
{
    char *host = url + strlen("://");
    char *colon = strchr(host, ':');
    char *at = strrchr(url, '@');
    size_t end = strcspn(host, "/?");

    if (colon != NULL && at != NULL && colon < at)
        hide(colon + 1, at);
    else if (colon != NULL && at == NULL && colon < host + end &&
             colon + 1 + strspn(colon + 1, "0123456789,") < host + end)
        hide(colon + 1, host + end);
}

void rs_hide_passwords(char *word)
{
    char *url = NULL;

    hide_values(word);
    url = strstr(word, "://");
    if (url == NULL)
        return;
    hide_encoded(url);
    hide_user(url);
}
