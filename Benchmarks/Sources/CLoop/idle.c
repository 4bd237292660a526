#include "loop.h"

#include <cheap.h>
#include <stdlib.h>

#define MESSAGE_BYTES 1024

static bool converse(cloop *loop, pair *made) {
    const char message[MESSAGE_BYTES] = {0};
    char received[RECORD_BYTES_MAX];
    return pair_round_trip(loop, made, message, sizeof message, received);
}

static bool release(cloop *loop, pair *made) {
    return (SSL_free_buffers(made->client) == 1 && SSL_free_buffers(made->server) == 1)
        || loop_failed(loop, "an idle connection held its buffers back");
}

typedef struct {
    size_t heap, resident;
} memory;

static bool take_memory(cloop *loop, memory *now) {
    *now = (memory){cheap_bytes_in_use(), cheap_resident_bytes()};
    return now->resident > 0 || loop_failed(loop, "the system did not tell the resident memory");
}

static bool measure(cloop *loop, pair *made, size_t pairs, memory start, cloop_idle_memory *result) {
    memory now;
    if (!take_memory(loop, &now)) return false;
    result->as_made = (double)(now.heap - start.heap) / (double)pairs;
    result->resident_as_made = ((double)now.resident - (double)start.resident) / (double)pairs;
    for (size_t index = 0; index < pairs; index++) {
        if (!release(loop, &made[index])) return false;
    }
    result->released = (double)(cheap_bytes_in_use() - start.heap) / (double)pairs;
    // What was given back was not needed: all work once more.
    for (size_t index = 0; index < pairs; index++) {
        if (!converse(loop, &made[index])) return false;
    }
    return true;
}

bool cloop_idle(cloop *loop, size_t pairs, cloop_idle_memory *result) {
    pair *made = pairs > 0 ? calloc(pairs, sizeof *made) : NULL, first;
    if (made == NULL) return loop_failed(loop, "there were no pairs");
    // What libssl allocates once only isn't a pair's.
    bool ok = pair_connect(loop, &first);
    if (ok) {
        ok = converse(loop, &first);
        pair_close(&first);
    }
    memory start;
    ok = ok && take_memory(loop, &start);
    size_t connected = 0;
    while (ok && connected < pairs) {
        ok = pair_connect(loop, &made[connected]);
        if (!ok) break;
        connected++;
        ok = converse(loop, &made[connected - 1]);
    }
    ok = ok && measure(loop, made, pairs, start, result);
    for (size_t index = 0; index < connected; index++) pair_close(&made[index]);
    free(made);
    return ok;
}
