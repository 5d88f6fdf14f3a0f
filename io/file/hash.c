/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* F_DUPFD_CLOEXEC */
#include "hash.h"

#include "mem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { BLOCK_BYTES = 1 << 18 };

static const char label[] = "xxh3-128:";

struct hash {
    int fd; /* -1: nothing to read */
    uint64_t size;
    bool running; /* the thread is to be joined */
    bool known;
    pthread_t thread;
    XXH128_hash_t value;
};

struct rs_hashes {
    struct hash *hashes; /* [room] */
    size_t n, room;
};

struct rs_hashes *rs_hashes_new(size_t n, struct rs_error *err)
{
    struct rs_hashes *out = rs_alloc(1, sizeof *out, err);

    if (out == NULL)
        return NULL;
    out->hashes = rs_alloc(n, sizeof *out->hashes, err);
    out->room = n;
    if (out->hashes == NULL) {
        free(out);
        return NULL;
    }
    return out;
}

/* Feeds the file to the state; false when it cannot be read to its end. */
static bool feed(const struct hash *hash, XXH3_state_t *state, char *buffer)
{
    for (uint64_t at = 0; at < hash->size;) {
        ssize_t got = pread(hash->fd, buffer, BLOCK_BYTES, (off_t)at);
        uint64_t left = hash->size - at;
        size_t n = 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        n = (uint64_t)got < left ? (size_t)got : (size_t)left;
        if (XXH3_128bits_update(state, buffer, n) == XXH_ERROR)
            return false;
        at += n;
    }
    return true;
}

static void *hash_file(void *arg)
{
    struct hash *hash = arg;
    XXH3_state_t *state = XXH3_createState();
    char *buffer = malloc(BLOCK_BYTES);

    if (state != NULL && buffer != NULL &&
        XXH3_128bits_reset(state) != XXH_ERROR)
        hash->known = feed(hash, state, buffer);
    if (hash->known)
        hash->value = XXH3_128bits_digest(state);
    free(buffer);
    (void)XXH3_freeState(state);
    (void)close(hash->fd);
    hash->fd = -1;
    return NULL;
}

static struct hash *next(struct rs_hashes *hashes)
{
    return hashes->n < hashes->room ? &hashes->hashes[hashes->n++] : NULL;
}

void rs_hashes_add_file(struct rs_hashes *hashes, int fd, uint64_t size)
{
    struct hash *hash = next(hashes);

    if (hash == NULL)
        return;
    hash->size = size;
    hash->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (hash->fd < 0)
        return;
    hash->running = pthread_create(&hash->thread, NULL, hash_file, hash) == 0;
    if (!hash->running)
        (void)hash_file(hash);
}

void rs_hashes_add_bytes(struct rs_hashes *hashes, const void *bytes, size_t n)
{
    struct hash *hash = next(hashes);

    if (hash == NULL)
        return;
    hash->value = XXH3_128bits(bytes, n);
    hash->known = true;
}

static void wait_for_all(struct rs_hashes *hashes)
{
    for (size_t i = 0; i < hashes->n; i++)
        if (hashes->hashes[i].running) {
            (void)pthread_join(hashes->hashes[i].thread, NULL);
            hashes->hashes[i].running = false;
        }
}

static char *put_hex(char *out, XXH128_hash_t value)
{
    static const char digits[] = "0123456789abcdef";
    XXH128_canonical_t bytes;

    XXH128_canonicalFromHash(&bytes, value);
    for (size_t i = 0; i < sizeof bytes.digest; i++) {
        *out++ = digits[bytes.digest[i] >> 4];
        *out++ = digits[bytes.digest[i] & 15];
    }
    return out;
}

enum rs_status rs_hashes_text(char **text, struct rs_hashes *hashes,
                              struct rs_error *err)
{
    enum { DIGITS = 2 * sizeof(XXH128_canonical_t) };
    char *at = NULL;

    *text = NULL;
    wait_for_all(hashes);
    for (size_t i = 0; i < hashes->n; i++)
        if (!hashes->hashes[i].known)
            return RS_OK;
    *text = rs_alloc(sizeof label + hashes->n * (DIGITS + 1), 1, err);
    if (*text == NULL)
        return RS_ERR_NOMEM;
    memcpy(*text, label, sizeof label - 1);
    at = *text + sizeof label - 1;
    for (size_t i = 0; i < hashes->n; i++) {
        if (i > 0)
            *at++ = ' ';
        at = put_hex(at, hashes->hashes[i].value);
    }
    *at = '\0';
    return RS_OK;
}

void rs_hashes_free(struct rs_hashes *hashes)
{
    if (hashes == NULL)
        return;
    wait_for_all(hashes);
    free(hashes->hashes);
    free(hashes);
}

#define TEXT_OF(x)    #x
#define VERSION_OF(x) TEXT_OF(x)

const char *rs_hash_library(void)
{
    return "xxHash " VERSION_OF(XXH_VERSION_MAJOR) "." VERSION_OF(
        XXH_VERSION_MINOR) "." VERSION_OF(XXH_VERSION_RELEASE);
}
