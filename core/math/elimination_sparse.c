/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination_sparse.h"

#include "elimination_core.h"
#include "mem.h"
#include "prime.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Where all levels but those of the largest factor fit a dense core, they are
 * it, and the steps are the largest factor's levels. Else the steps go by
 * minimum degree, until the nodes left are few or have many of the others as
 * neighbours.
 */
enum { SMALL_CORE = 64, MANY_NEAR = 24 };

/* ---- the largest factor's levels as steps ------------------------ */

/* cells of the first factor's nodes, by node: starts [n_first + 1] */
struct rows {
    size_t *starts;
    uint32_t *cells;
};

static bool is_first(const struct rs_normal_matrix *m, uint32_t node)
{
    return node - m->first < m->n_first;
}

static enum rs_status rows_init(struct rows *rows,
                                const struct rs_normal_matrix *m,
                                struct rs_error *err)
{
    const struct rs_cells *cells = m->cells;

    rows->starts = rs_alloc(m->n_first + 2, sizeof *rows->starts, err);
    rows->cells = rs_alloc(cells->n, sizeof *rows->cells, err);
    if (rows->starts == NULL || rows->cells == NULL)
        return RS_ERR_NOMEM;
    for (int round = 0; round < 2; round++) {
        /* starts[g + 1] counts, then is the place of the next of g */
        for (size_t c = 0; c < cells->n; c++) {
            bool i_first = is_first(m, cells->i[c]);
            uint32_t node = i_first ? cells->i[c] : cells->j[c];
            if (!i_first && !is_first(m, node))
                continue;
            if (round == 0)
                rows->starts[node - m->first + 2]++;
            else
                rows->cells[rows->starts[node - m->first + 1]++] = (uint32_t)c;
        }
        for (size_t g = 0; round == 0 && g < m->n_first; g++)
            rows->starts[g + 2] += rows->starts[g + 1];
    }
    return RS_OK;
}

/* Row and column in the core of the place of two nodes. */
static size_t core_place(const struct rs_elimination *self, uint32_t a,
                         uint32_t b)
{
    size_t i = self->core_of[a];
    size_t j = self->core_of[b];

    return i < j ? i * self->r + j : j * self->r + i;
}

/* The step of a node of the largest factor: `list` are its cells. */
static bool direct_step(struct rs_elimination *self,
                        const struct rs_normal_matrix *m, uint32_t node,
                        const uint32_t *list, size_t n)
{
    const struct rs_cells *cells = m->cells;
    double pivot = 0.0;
    uint64_t inverse = 0;

    for (size_t e = 0; e < n; e++)
        pivot += cells->weights[list[e]];
    if (!self->laplacian) {
        pivot = m->diagonal[node];
        inverse = rs_prime_inverse(m->residue[node]);
    }
    for (size_t e = 0; e < n; e++) {
        uint32_t c = list[e];
        uint32_t a = cells->i[c] == node ? cells->j[c] : cells->i[c];
        double factor = cells->weights[c] / pivot;
        uint64_t factor_mod = 0;
        if (!rs_elimination_put(self, a, factor))
            return false;
        if (!self->laplacian)
            factor_mod = rs_prime_mul(cells->residue[c], inverse);
        for (size_t f = e; f < n; f++) {
            uint32_t d = list[f];
            uint32_t b = cells->i[d] == node ? cells->j[d] : cells->i[d];
            size_t at = core_place(self, a, b);
            self->core[at] -= factor * cells->weights[d];
            if (!self->laplacian)
                self->residue[at] =
                    rs_prime_sub(self->residue[at],
                                 rs_prime_mul(factor_mod, cells->residue[d]));
        }
    }
    self->pivots[self->n_steps] = pivot;
    self->nodes[self->n_steps++] = node;
    self->starts[self->n_steps] = self->n_factors;
    return true;
}

/* The cells among core nodes, and their diagonal. */
static void fill_core(struct rs_elimination *self,
                      const struct rs_normal_matrix *m)
{
    const struct rs_cells *cells = m->cells;

    for (size_t i = 0; i < self->r; i++) {
        uint32_t node = self->nodes[m->n_first + i];
        self->core[i * self->r + i] = m->diagonal[node];
        if (!self->laplacian)
            self->residue[i * self->r + i] = m->residue[node];
    }
    for (size_t c = 0; c < cells->n && !self->laplacian; c++) {
        size_t at = 0;
        if (is_first(m, cells->i[c]) || is_first(m, cells->j[c]))
            continue;
        at = core_place(self, cells->i[c], cells->j[c]);
        self->core[at] = cells->weights[c];
        self->residue[at] = cells->residue[c];
    }
}

static enum rs_status steps_of_first(struct rs_elimination *self,
                                     const struct rs_normal_matrix *m,
                                     struct rs_error *err)
{
    struct rows rows = {NULL, NULL};
    size_t at = m->n_first;
    enum rs_status status = rows_init(&rows, m, err);

    for (uint32_t node = 0; node < m->n; node++)
        if (!is_first(m, node))
            self->nodes[at++] = node;
    self->r = m->n - m->n_first;
    self->n_steps = m->n_first; /* where the core's nodes begin */
    if (status == RS_OK)
        status = rs_elimination_core_init(self, err);
    self->n_steps = 0;
    if (status == RS_OK)
        fill_core(self, m);
    for (size_t g = 0; g < m->n_first && status == RS_OK; g++)
        if (!direct_step(self, m, (uint32_t)(m->first + g),
                         &rows.cells[rows.starts[g]],
                         rows.starts[g + 1] - rows.starts[g]))
            status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    free(rows.starts);
    free(rows.cells);
    return status;
}

/* ---- minimum degree ---------------------------------------------- */

/* A number off the diagonal, under the key of its two nodes. */
struct entry {
    uint64_t key; /* smaller node, larger node + 1; 0: free */
    double value;
    uint64_t residue;
};

struct list {
    uint32_t *nodes; /* [n] neighbours, those eliminated too */
    uint32_t n, room;
};

struct graph {
    size_t n;
    struct entry *entries; /* [n_slots] open addressing */
    size_t n_slots;        /* a power of two */
    size_t n_entries;
    struct list *lists;        /* [n] */
    uint32_t *degree;          /* [n] neighbours not eliminated */
    bool *gone;                /* [n] eliminated */
    double *diagonal;          /* [n] */
    uint64_t *residue;         /* [n]; NULL: two factors */
    uint32_t *head;            /* [n] by degree: node + 1; 0: none */
    uint32_t *next, *previous; /* [n] node + 1 */
    uint32_t *near;            /* [n] neighbours of the node at hand */
};

static void graph_clear(struct graph *g)
{
    for (size_t i = 0; g->lists != NULL && i < g->n; i++)
        free(g->lists[i].nodes);
    free(g->entries);
    free(g->lists);
    free(g->degree);
    free(g->gone);
    free(g->diagonal);
    free(g->residue);
    free(g->head);
    free(g->next);
    free(g->previous);
    free(g->near);
}

static size_t slot_of(const struct graph *g, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)((hash ^ (hash >> 32)) & (g->n_slots - 1));

    while (g->entries[slot].key != 0 && g->entries[slot].key != key)
        slot = (slot + 1) & (g->n_slots - 1);
    return slot;
}

static bool grow(struct graph *g)
{
    struct entry *old = g->entries;
    size_t n_old = g->n_slots;

    g->entries = rs_alloc(n_old * 2, sizeof *g->entries, NULL);
    if (g->entries == NULL) {
        g->entries = old;
        return false;
    }
    g->n_slots = n_old * 2;
    for (size_t s = 0; s < n_old; s++)
        if (old[s].key != 0)
            g->entries[slot_of(g, old[s].key)] = old[s];
    free(old);
    return true;
}

static bool list_add(struct list *list, uint32_t node)
{
    if (list->n == list->room) {
        uint32_t room = list->room < 4 ? 4 : list->room * 2;
        uint32_t *nodes = realloc(list->nodes, room * sizeof *nodes);
        if (nodes == NULL)
            return false;
        list->nodes = nodes;
        list->room = room;
    }
    list->nodes[list->n++] = node;
    return true;
}

static uint64_t key_of(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | ((uint64_t)b + 1)
                 : (uint64_t)b << 32 | ((uint64_t)a + 1);
}

/* The entry of two nodes; a new one makes them neighbours. NULL: no memory. */
static struct entry *entry_of(struct graph *g, uint32_t a, uint32_t b)
{
    uint64_t key = key_of(a, b);
    size_t slot = 0;

    if (g->n_entries * 2 >= g->n_slots && !grow(g))
        return NULL;
    slot = slot_of(g, key);
    if (g->entries[slot].key == 0) {
        if (!list_add(&g->lists[a], b) || !list_add(&g->lists[b], a))
            return NULL;
        g->entries[slot].key = key;
        g->n_entries++;
        g->degree[a]++;
        g->degree[b]++;
    }
    return &g->entries[slot];
}

static void unlink_node(struct graph *g, uint32_t node)
{
    uint32_t before = g->previous[node];
    uint32_t after = g->next[node];

    if (before != 0)
        g->next[before - 1] = after;
    else
        g->head[g->degree[node]] = after;
    if (after != 0)
        g->previous[after - 1] = before;
}

static void link_node(struct graph *g, uint32_t node)
{
    uint32_t *head = &g->head[g->degree[node]];

    g->previous[node] = 0;
    g->next[node] = *head;
    if (*head != 0)
        g->previous[*head - 1] = node + 1;
    *head = node + 1;
}

static enum rs_status graph_allocate(struct graph *g, bool residues,
                                     struct rs_error *err)
{
    size_t n = g->n;

    g->entries = rs_alloc(g->n_slots, sizeof *g->entries, err);
    g->lists = rs_alloc(n, sizeof *g->lists, err);
    g->degree = rs_alloc(n, sizeof *g->degree, err);
    g->gone = rs_alloc(n, sizeof *g->gone, err);
    g->diagonal = rs_alloc(n, sizeof *g->diagonal, err);
    g->residue = residues ? rs_alloc(n, sizeof *g->residue, err) : NULL;
    g->head = rs_alloc(n, sizeof *g->head, err);
    g->next = rs_alloc(n, sizeof *g->next, err);
    g->previous = rs_alloc(n, sizeof *g->previous, err);
    g->near = rs_alloc(n, sizeof *g->near, err);
    if (g->entries == NULL || g->lists == NULL || g->degree == NULL ||
        g->gone == NULL || g->diagonal == NULL ||
        (residues && g->residue == NULL) || g->head == NULL ||
        g->next == NULL || g->previous == NULL || g->near == NULL)
        return RS_ERR_NOMEM;
    return RS_OK;
}

static enum rs_status graph_init(struct graph *g,
                                 const struct rs_normal_matrix *m,
                                 struct rs_error *err)
{
    bool residues = m->residue != NULL;

    memset(g, 0, sizeof *g);
    g->n = m->n;
    g->n_slots = 1024;
    while (g->n_slots < m->cells->n * 3)
        g->n_slots *= 2;
    if (graph_allocate(g, residues, err) != RS_OK)
        return RS_ERR_NOMEM;
    memcpy(g->diagonal, m->diagonal, g->n * sizeof *g->diagonal);
    if (residues)
        memcpy(g->residue, m->residue, g->n * sizeof *g->residue);
    for (size_t c = 0; c < m->cells->n; c++) {
        struct entry *entry = entry_of(g, m->cells->i[c], m->cells->j[c]);
        if (entry == NULL)
            return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        entry->value = m->cells->weights[c];
        entry->residue = residues ? m->cells->residue[c] : 0;
    }
    for (uint32_t i = 0; i < g->n; i++)
        link_node(g, i);
    return RS_OK;
}

/* Neighbours that are left, to g->near; how many. */
static uint32_t find_near(struct graph *g, uint32_t node)
{
    const struct list *list = &g->lists[node];
    uint32_t n = 0;

    for (uint32_t e = 0; e < list->n; e++)
        if (!g->gone[list->nodes[e]])
            g->near[n++] = list->nodes[e];
    return n;
}

/* Neighbours of the node become neighbours of each other. */
static bool join_near(struct graph *g, const struct rs_elimination *self,
                      uint32_t node, uint32_t n, uint64_t inverse)
{
    const double *factors = &self->factors[self->starts[self->n_steps]];

    for (uint32_t e = 0; e < n; e++) {
        uint32_t a = g->near[e];
        const struct entry from = g->entries[slot_of(g, key_of(node, a))];
        uint64_t factor = rs_prime_mul(from.residue, inverse);
        g->diagonal[a] -= factors[e] * from.value;
        if (g->residue != NULL)
            g->residue[a] =
                rs_prime_sub(g->residue[a], rs_prime_mul(factor, from.residue));
        for (uint32_t f = e + 1; f < n; f++) {
            uint32_t b = g->near[f];
            const struct entry *other =
                &g->entries[slot_of(g, key_of(node, b))];
            double value = other->value;
            uint64_t residue = other->residue;
            struct entry *entry = entry_of(g, a, b);
            if (entry == NULL)
                return false;
            entry->value -= factors[e] * value;
            if (g->residue != NULL)
                entry->residue =
                    rs_prime_sub(entry->residue, rs_prime_mul(factor, residue));
        }
    }
    return true;
}

static double pivot_of(struct rs_elimination *self, const struct graph *g,
                       uint32_t node, uint32_t n)
{
    double sum = 0.0;

    if (self->laplacian) {
        for (uint32_t e = 0; e < n; e++)
            sum += fabs(g->entries[slot_of(g, key_of(node, g->near[e]))].value);
        return sum;
    }
    if (g->residue[node] == 0)
        return 0.0;
    self->sound = self->sound && g->diagonal[node] > 0.0;
    return g->diagonal[node] > 0.0 ? g->diagonal[node] : 0.0;
}

static bool sparse_step(struct rs_elimination *self, struct graph *g,
                        uint32_t node)
{
    uint32_t n = find_near(g, node);
    double pivot = pivot_of(self, g, node, n);
    uint64_t inverse = g->residue == NULL || pivot == 0.0
                           ? 0
                           : rs_prime_inverse(g->residue[node]);
    bool fine = true;

    unlink_node(g, node);
    g->gone[node] = true;
    for (uint32_t e = 0; e < n; e++)
        unlink_node(g, g->near[e]);
    for (uint32_t e = 0; e < n && pivot != 0.0 && fine; e++) {
        double value = g->entries[slot_of(g, key_of(node, g->near[e]))].value;
        fine = rs_elimination_put(self, g->near[e], value / pivot);
    }
    if (pivot != 0.0 && fine)
        fine = join_near(g, self, node, n, inverse);
    for (uint32_t e = 0; e < n; e++) {
        g->degree[g->near[e]]--;
        link_node(g, g->near[e]);
    }
    free(g->lists[node].nodes);
    g->lists[node] = (struct list){NULL, 0, 0};
    self->pivots[self->n_steps] = pivot;
    self->nodes[self->n_steps++] = node;
    self->starts[self->n_steps] = self->n_factors;
    return fine;
}

/* What is left of the graph becomes the core. */
static enum rs_status take_core(struct rs_elimination *self,
                                const struct graph *g, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (uint32_t i = 0; i < g->n; i++)
        if (!g->gone[i])
            self->nodes[self->n_steps + self->r++] = i;
    status = rs_elimination_core_init(self, err);
    for (size_t i = 0; i < self->r && status == RS_OK; i++) {
        uint32_t a = self->nodes[self->n_steps + i];
        const struct list *list = &g->lists[a];
        self->core[i * self->r + i] = g->diagonal[a];
        if (g->residue != NULL)
            self->residue[i * self->r + i] = g->residue[a];
        for (uint32_t e = 0; e < list->n; e++) {
            uint32_t b = list->nodes[e];
            const struct entry *entry = &g->entries[slot_of(g, key_of(a, b))];
            if (g->gone[b] || b < a)
                continue;
            self->core[core_place(self, a, b)] = entry->value;
            if (g->residue != NULL)
                self->residue[core_place(self, a, b)] = entry->residue;
        }
    }
    return status;
}

/* What is left of the graph as sparse rows, for conjugate gradients. */
static enum rs_status take_rows(struct rs_elimination *self,
                                const struct graph *g, struct rs_error *err)
{
    size_t n = 0;
    size_t at = 0;

    self->iterative = true;
    for (uint32_t i = 0; i < g->n; i++)
        if (!g->gone[i]) {
            self->core_of[i] = (uint32_t)self->r;
            self->nodes[self->n_steps + self->r++] = i;
            n += g->degree[i];
        }
    self->cg_diagonal = rs_alloc(self->r, sizeof *self->cg_diagonal, err);
    self->cg_starts = rs_alloc(self->r + 1, sizeof *self->cg_starts, err);
    self->cg_others = rs_alloc(n, sizeof *self->cg_others, err);
    self->cg_values = rs_alloc(n, sizeof *self->cg_values, err);
    if (self->cg_diagonal == NULL || self->cg_starts == NULL ||
        self->cg_others == NULL || self->cg_values == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < self->r; i++) {
        uint32_t a = self->nodes[self->n_steps + i];
        const struct list *list = &g->lists[a];
        for (uint32_t e = 0; e < list->n; e++) {
            uint32_t b = list->nodes[e];
            if (g->gone[b])
                continue;
            self->cg_others[at] = self->core_of[b];
            self->cg_values[at] = g->entries[slot_of(g, key_of(a, b))].value;
            self->cg_diagonal[i] += fabs(self->cg_values[at++]);
        }
        self->cg_starts[i + 1] = at;
    }
    return RS_OK;
}

/* True when the nodes that are left shall be the core. */
static bool is_core(const struct rs_elimination *self, size_t least,
                    size_t left, size_t most_core)
{
    return least * 4 > left || (left <= SMALL_CORE && least > 2) ||
           (self->laplacian && least > MANY_NEAR && left > most_core);
}

static enum rs_status steps_by_degree(struct rs_elimination *self,
                                      const struct rs_normal_matrix *m,
                                      struct rs_error *err)
{
    struct graph g;
    uint32_t least = 0;
    size_t left = m->n;
    enum rs_status status = graph_init(&g, m, err);

    while (status == RS_OK && left > 0) {
        while (g.head[least] == 0)
            least++;
        if (is_core(self, least, left, m->most_core))
            break;
        if (!sparse_step(self, &g, g.head[least] - 1))
            status = rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        left--;
        least = least == 0 ? 0 : least - 1; /* neighbours lost one */
    }
    if (status == RS_OK)
        status = self->laplacian && left > m->most_core && left > SMALL_CORE
                     ? take_rows(self, &g, err)
                     : take_core(self, &g, err);
    graph_clear(&g);
    return status;
}

enum rs_status rs_elimination_steps(struct rs_elimination *self,
                                    const struct rs_normal_matrix *matrix,
                                    struct rs_error *err)
{
    return matrix->n - matrix->n_first <= matrix->most_core
               ? steps_of_first(self, matrix, err)
               : steps_by_degree(self, matrix, err);
}
