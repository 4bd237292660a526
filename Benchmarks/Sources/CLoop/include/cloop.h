// The limit: what a plain C program gets from the same libssl with BIO_new_bio_pair, BIO_read and BIO_write.

#ifndef SLUICE_CLOOP_H
#define SLUICE_CLOOP_H

#include <stdbool.h>
#include <stddef.h>

/// Contexts for clients and servers: TLS 1.3 (X25519, TLS_AES_128_GCM_SHA256) and
/// TLS 1.2 (X25519, ECDHE-ECDSA-AES128-GCM-SHA256). For one thread.
typedef struct cloop cloop;

typedef enum { CLOOP_TLS12, CLOOP_TLS13 } cloop_version;
typedef enum { CLOOP_ROOT, CLOOP_OTHER_ROOT } cloop_trust;

/// What a client said of a server.
typedef enum {
    CLOOP_ACCEPTED,
    CLOOP_REFUSED_HOST,    // X509_V_ERR_HOSTNAME_MISMATCH
    CLOOP_REFUSED_ISSUER,  // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    CLOOP_FAILED           // anything else
} cloop_verdict;

/// Texts in PEM: a leaf for `host`, its private key, the CA that signed it, and a CA that didn't.
///
/// Returns NULL only where there is no memory. Where anything else fails, `cloop_failure` says what; free it then.
cloop *cloop_new(const char *chain, const char *key, const char *root, const char *other_root, const char *host);
void cloop_free(cloop *loop);

/// What failed last, or NULL. Good until the next call.
const char *cloop_failure(const cloop *loop);

// Work. Each returns the seconds it took (CLOCK_MONOTONIC), or a negative number where it failed.

/// Full handshakes with chain and host verified, the tickets taken in; makes and frees both ends.
double cloop_handshakes(cloop *loop, cloop_version version, size_t count);
/// Resumed TLS 1.3 handshakes, each with the newest ticket of the one before. A full one comes first, untimed.
double cloop_resumed(cloop *loop, size_t count);
/// One-way data over TLS 1.3 in writes of `write_bytes`, each carried and read to the last byte.
double cloop_bulk(cloop *loop, size_t total_bytes, size_t write_bytes);
/// Round trips of 64 bytes each way over one connection.
double cloop_ping_pong(cloop *loop, size_t round_trips);
/// Round trips of 64 bytes over `pairs` connections that are alive at once, one after the other.
double cloop_crowd(cloop *loop, size_t pairs, size_t round_trips);

// Checks.

/// OpenSSL's names for what a full handshake came to, by the client. The texts are libssl's own and stay.
typedef struct {
    const char *version;
    const char *cipher_suite;
    const char *group;
} cloop_negotiated;

bool cloop_negotiate(cloop *loop, cloop_version version, cloop_negotiated *result);
/// How a TLS 1.3 client that wants `host` and trusts one CA likes the server.
cloop_verdict cloop_judge(cloop *loop, const char *host, cloop_trust trust);
/// Sends the pattern of the self-check from client to server; gives what arrived as SHA-256 in lower-case hexadecimal.
bool cloop_digest(cloop *loop, size_t byte_count, char hexadecimal[65]);

/// Bytes of a pair, client and server, after 1 KiB each way.
typedef struct {
    double as_made;           // of the heap
    double resident_as_made;  // of the process
    double released;          // of the heap, after SSL_free_buffers at both ends
} cloop_idle_memory;

bool cloop_idle(cloop *loop, size_t pairs, cloop_idle_memory *result);

#endif
