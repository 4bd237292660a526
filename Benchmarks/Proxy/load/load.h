// A load of TLS connections on one epoll loop. See README.md for when this runs and when a ready-made tool does.
#pragma once

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mode { MODE_NEW, MODE_DOWN, MODE_UP, MODE_IDLE };

struct options {
    enum mode mode;
    int port;
    int connections;  // at once; with MODE_IDLE, in all
    int version;      // TLS1_2_VERSION or TLS1_3_VERSION
    bool resumes;     // MODE_NEW: offer the last session of the same slot
    double seconds;   // of measuring, after `go`
};

// What happened since `go`. Everything that was begun is waited for, so CPU time can be divided by `done`.
struct tally {
    long in_time;  // connections whose last byte came before the deadline
    long done;     // connections in all
    long resumed;
    long failed;
    uint64_t bytes;      // of plaintext
    uint32_t *micros;    // how long each connection took, from connect() to the whole answer
    size_t micros_count;
    size_t micros_room;
};

enum state { STATE_FREE, STATE_CONNECTING, STATE_HANDSHAKE, STATE_REQUEST, STATE_RESPONSE, STATE_READY, STATE_CLOSING };

// One slot: at most one connection at a time, and the last session that it was given.
struct connection {
    enum state state;
    int fd;
    SSL *ssl;
    SSL_SESSION *session;
    double begun;
    bool answered;
};

struct load {
    struct options options;
    SSL_CTX *context;
    struct connection *slots;
    int epoll;
    int busy;   // slots that are neither free nor ready
    int ready;  // slots with an open connection that had its answer
    unsigned sources;
    bool counts;  // after `go`
    double deadline;
    struct tally tally;
    char version[16], suite[64], group[32];  // of the last handshake
};

double seconds_now(void);

// connection.c
SSL_CTX *connection_context(const struct options *options);
// Begins a connection in a free slot. False if the system has none to give.
bool connection_begin(struct load *load, struct connection *slot);
// Takes it as far as it goes without waiting. Frees the slot at its end.
void connection_advance(struct load *load, struct connection *slot);
void connection_fail(struct load *load, struct connection *slot, const char *why);

// transfer.c
void transfer_request(struct load *load, struct connection *slot);
void transfer_advance(struct load *load, struct connection *slot);
