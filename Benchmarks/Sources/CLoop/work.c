#include "loop.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <time.h>

#define MESSAGE_BYTES 64

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double cloop_handshakes(cloop *loop, cloop_version version, size_t count) {
    SSL_CTX *client = version == CLOOP_TLS12 ? loop->client12 : loop->client;
    SSL_CTX *server = version == CLOOP_TLS12 ? loop->server12 : loop->server;
    double start = seconds_now();
    for (size_t index = 0; index < count; index++) {
        pair made;
        if (!pair_open(loop, client, server, loop->host, NULL, &made)) return -1;
        bool ok = pair_establish(loop, &made);
        pair_close(&made);
        if (!ok) return -1;
    }
    return seconds_now() - start;
}

static bool resume(cloop *loop) {
    SSL_SESSION *ticket = loop->ticket;
    if (ticket == NULL) return loop_failed(loop, "there was no ticket");
    // RFC 8446 appendix C.4: a ticket is used once, so that nothing resumes twice with the same.
    loop->ticket = NULL;
    pair made;
    bool ok = pair_open(loop, loop->client, loop->server, loop->host, ticket, &made);
    if (ok) {
        ok = pair_establish(loop, &made);
        if (ok && (SSL_session_reused(made.client) != 1 || SSL_session_reused(made.server) != 1)) {
            ok = loop_failed(loop, "a handshake was not resumed");
        }
        pair_close(&made);
    }
    SSL_SESSION_free(ticket);
    return ok;
}

double cloop_resumed(cloop *loop, size_t count) {
    pair first;
    if (!pair_connect(loop, &first)) return -1;
    pair_close(&first);
    double start = seconds_now();
    for (size_t index = 0; index < count; index++) {
        if (!resume(loop)) return -1;
    }
    return seconds_now() - start;
}

static bool send_bulk(cloop *loop, pair *made, const char *plain, size_t total_bytes, size_t write_bytes) {
    char received[RECORD_BYTES_MAX];
    for (size_t sent = 0; sent < total_bytes;) {
        size_t write = write_bytes < total_bytes - sent ? write_bytes : total_bytes - sent;
        // The ring holds one full record: larger writes go in turns.
        for (size_t offset = 0; offset < write;) {
            size_t part = write - offset < RECORD_BYTES_MAX ? write - offset : RECORD_BYTES_MAX;
            if (!pair_send_all(loop, made, plain + offset, part, received)) return false;
            offset += part;
        }
        sent += write;
    }
    return true;
}

double cloop_bulk(cloop *loop, size_t total_bytes, size_t write_bytes) {
    char *plain = write_bytes > 0 ? calloc(1, write_bytes) : NULL;
    pair made;
    if (plain == NULL) {
        loop_failed(loop, "there was nothing to write");
        return -1;
    }
    double elapsed = -1;
    if (pair_connect(loop, &made)) {
        double start = seconds_now();
        if (send_bulk(loop, &made, plain, total_bytes, write_bytes)) elapsed = seconds_now() - start;
        pair_close(&made);
    }
    free(plain);
    return elapsed;
}

// Over the pairs in turn.
static double round_trips_over(cloop *loop, pair *pairs, size_t pair_count, size_t round_trips) {
    const char message[MESSAGE_BYTES] = {0};
    char received[RECORD_BYTES_MAX];
    double start = seconds_now();
    for (size_t trip = 0, place = 0; trip < round_trips; trip++) {
        if (!pair_round_trip(loop, &pairs[place], message, sizeof message, received)) return -1;
        place = place + 1 < pair_count ? place + 1 : 0;
    }
    return seconds_now() - start;
}

double cloop_ping_pong(cloop *loop, size_t round_trips) {
    pair made;
    if (!pair_connect(loop, &made)) return -1;
    double elapsed = round_trips_over(loop, &made, 1, round_trips);
    pair_close(&made);
    return elapsed;
}

double cloop_crowd(cloop *loop, size_t pairs, size_t round_trips) {
    pair *made = pairs > 0 ? calloc(pairs, sizeof *made) : NULL;
    if (made == NULL) {
        loop_failed(loop, "there were no pairs");
        return -1;
    }
    size_t connected = 0;
    while (connected < pairs && pair_connect(loop, &made[connected])) connected++;
    double elapsed = connected == pairs ? round_trips_over(loop, made, pairs, round_trips) : -1;
    for (size_t index = 0; index < connected; index++) pair_close(&made[index]);
    free(made);
    return elapsed;
}
