/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packer.h"

#include "collect_rows.h"
#include "made_parts.h"
#include "run_suite.h"
#include "tiles.h"

#include <stdlib.h>
#include <string.h>

/*
 * Rows that workers pack, through the inline pool (_i = 0) and the fork pool:
 * unpacked they are the rows, and how they are cut follows from the tiles.
 */
enum { ROWS = 30, N_Y = 5, N_X = 7, N_PAIRS = N_Y * N_X, HANDED = 100 };

/* ---- a packing --------------------------------------------------- */

/* A byte more, and all others with another bit 7. */
enum { MARK = 'P', OTHER = 0x80 };

static int n_open;

static void *open_packing(void)
{
    n_open++;
    return &n_open;
}

static size_t bound(size_t n_bytes)
{
    return n_bytes + 1;
}

static size_t pack(void *state, void *out, const void *bytes, size_t n_bytes)
{
    unsigned char *to = out;
    const unsigned char *from = bytes;

    ck_assert_ptr_eq(state, &n_open);
    *to++ = MARK;
    for (size_t i = 0; i < n_bytes; i++)
        to[i] = from[i] ^ OTHER;
    return n_bytes + 1;
}

static size_t pack_nothing(void *state, void *out, const void *bytes,
                           size_t n_bytes)
{
    (void)state;
    (void)out;
    (void)bytes;
    (void)n_bytes;
    return 0;
}

static void close_packing(void *state)
{
    n_open -= state != NULL ? 1 : 0;
}

/* ---- a sink ------------------------------------------------------ */

/* One that wants rows packed, and as long as we like: what fills them is not
 * kept. */
struct packed_sink {
    struct made_sink made;
    struct rs_sink_ops ops;
    const struct rs_sink_ops *plain;
    struct rs_packing packing;
    size_t fill;
    size_t handed[HANDED]; /* bytes of each hand-over, */
    bool packed[HANDED];   /* and which were packed */
    size_t n_handed;
};

enum { FILL = '.' };

static size_t row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    const struct packed_sink *sink = (const struct packed_sink *)base;

    return sink->plain->row_bound(base, y, x) + sink->fill;
}

static size_t encode(const struct rs_sink *base, char *out,
                     const struct rs_row *row)
{
    const struct packed_sink *sink = (const struct packed_sink *)base;
    size_t n = sink->plain->encode(base, out + sink->fill, row);

    memset(out, FILL, sink->fill);
    return sink->fill + n;
}

static enum rs_status take(struct packed_sink *sink, const char *bytes,
                           size_t n, bool packed, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    size_t i = 0;

    ck_assert_uint_lt(sink->n_handed, HANDED);
    sink->handed[sink->n_handed] = n;
    sink->packed[sink->n_handed++] = packed;
    while (i < n && status == RS_OK) {
        size_t begin = i + sink->fill; /* whole rows */
        const char *end = NULL;
        ck_assert_uint_lt(begin, n);
        end = memchr(bytes + begin, '\n', n - begin);
        ck_assert_ptr_nonnull(end);
        i = (size_t)(end - bytes) + 1;
        status =
            sink->plain->write(&sink->made.base, bytes + begin, i - begin, err);
    }
    return status;
}

static enum rs_status write_rows(struct rs_sink *base, const void *bytes,
                                 size_t n, struct rs_error *err)
{
    return take((struct packed_sink *)base, bytes, n, false, err);
}

static enum rs_status write_packed(struct rs_sink *base, const void *bytes,
                                   size_t n, struct rs_error *err)
{
    const unsigned char *from = bytes;
    char *text = malloc(n);
    enum rs_status status = RS_OK;

    ck_assert_ptr_nonnull(text);
    ck_assert_int_eq(from[0], MARK);
    for (size_t i = 1; i < n; i++)
        text[i - 1] = (char)(from[i] ^ OTHER);
    status = take((struct packed_sink *)base, text, n - 1, true, err);
    free(text);
    return status;
}

static void sink_init(struct packed_sink *sink, size_t fill)
{
    memset(sink, 0, sizeof *sink);
    made_sink_init(&sink->made);
    sink->plain = sink->made.base.ops;
    sink->ops = *sink->plain;
    sink->ops.row_bound = row_bound;
    sink->ops.encode = encode;
    sink->ops.write = write_rows;
    sink->ops.write_packed = write_packed;
    sink->packing =
        (struct rs_packing){"toy", open_packing, bound, pack, close_packing};
    sink->fill = fill;
    sink->made.base.ops = &sink->ops;
    sink->made.base.packing = &sink->packing;
}

/* ---- rows -------------------------------------------------------- */

static const struct rs_crew crews[] = {
    {.pool = &rs_pool_inline, .n_workers = 1},
    {.pool = &rs_pool_fork, .n_workers = 2},
};

static enum rs_status run(struct packed_sink *sink, struct made_part *made,
                          int crew, struct rs_error *err)
{
    const struct rs_load load = {&made->part, 1, 0, N_PAIRS};
    struct rs_outlet outlet = {.sink = &sink->made.base};
    struct rs_collect_rows rows;
    struct rs_run_stats stats;

    rs_collect_rows_init(&rows, &outlet, RS_ROWS_PAIRS);
    ck_assert(rows.packs);
    return rs_tiles_run(&load, &rows.base, &crews[crew], &stats, err);
}

/* What the tiles of the part give by themselves: their rows, and the pieces. */
static void expect(struct packed_sink *out, const struct made_part *made,
                   size_t fill)
{
    enum { PIECE = 1 << 20, WORTH = 1 << 14 }; /* see packer.c */

    sink_init(out, fill);
    for (uint64_t t = 0; t < made->sweep.plan.n_tiles; t++) {
        const struct rs_tile tile = rs_plan_tile(&made->sweep.plan, t);
        size_t used = 0;
        for (size_t i = tile.y0; i < tile.y1; i++)
            for (size_t j = tile.x0; j < tile.x1; j++) {
                size_t before = out->made.n;
                out->made.base.ops = out->plain;
                made_sink_row(&out->made, &made->part, i, j);
                used += fill + out->made.n - before;
                if (used < PIECE)
                    continue;
                out->packed[out->n_handed] = true;
                out->handed[out->n_handed++] = used;
                used = 0;
            }
        if (used == 0)
            continue;
        out->packed[out->n_handed] = used >= WORTH;
        out->handed[out->n_handed++] = used;
    }
}

static const struct {
    size_t fill; /* of a row */
    bool any[2]; /* hand-overs are packed; as they are */
    bool many;   /* for a tile */
} cases[] = {
    {0, {false, true}, false},
    {5000, {true, true}, false}, /* of one row: not worth a piece */
    {300000, {true, false}, true},
};
enum { N_CASES = sizeof cases / sizeof cases[0] };

START_TEST(test_rows)
{
    static struct packed_sink got;
    static struct packed_sink wanted;
    struct made_part made;
    struct rs_error err = {0};
    size_t k = (size_t)_i / 2;
    size_t n_packed = 0;

    made_part_init(&made, ROWS, N_Y, N_X, 7);
    sink_init(&got, cases[k].fill);
    expect(&wanted, &made, cases[k].fill);
    ck_assert_msg(run(&got, &made, _i % 2, &err) == RS_OK, "%s", err.text);
    ck_assert_uint_eq(got.made.n, wanted.made.n);
    ck_assert_mem_eq(got.made.text, wanted.made.text, wanted.made.n);
    ck_assert_uint_eq(got.n_handed, wanted.n_handed);
    for (size_t i = 0; i < got.n_handed; i++) {
        ck_assert_uint_eq(got.handed[i], wanted.handed[i]);
        ck_assert(got.packed[i] == wanted.packed[i]);
        n_packed += got.packed[i] ? 1 : 0;
    }
    ck_assert((n_packed > 0) == cases[k].any[0]);
    ck_assert((n_packed < got.n_handed) == cases[k].any[1]);
    ck_assert((got.n_handed > made.sweep.plan.n_tiles) == cases[k].many);
    ck_assert_uint_eq(got.made.settled, made.sweep.plan.n_tiles);
    ck_assert_int_eq(n_open, 0);
    made_part_clear(&made);
}
END_TEST

/* A packing without memory: the run fails, and says which. */
START_TEST(test_no_memory)
{
    static struct packed_sink sink;
    struct made_part made;
    struct rs_error err = {0};

    made_part_init(&made, ROWS, N_Y, N_X, 7);
    sink_init(&sink, 5000);
    sink.packing.pack = pack_nothing;
    ck_assert_int_eq(run(&sink, &made, _i, &err), RS_ERR_NOMEM);
    ck_assert_str_eq(err.text, "out of memory for toy");
    ck_assert_uint_eq(sink.n_handed, 0);
    made_part_clear(&made);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_rows, 2 * N_CASES},
    {&test_no_memory, 2},
};
SUITE(packer, tests)
