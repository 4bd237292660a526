// The limit: what a plain C program gets from the same libssl with BIO_new_bio_pair, BIO_read and BIO_write.

#ifndef SLUICE_CLOOP_H
#define SLUICE_CLOOP_H

#include <stddef.h>

typedef struct cloop cloop;

/// A pair of contexts with a P-256 leaf and its CA in PEM, TLS 1.3 only, X25519 and TLS_AES_128_GCM_SHA256.
cloop *cloop_new(const char *chain_pem, const char *key_pem, const char *root_pem, const char *host);
void cloop_free(cloop *loop);

/// Full handshakes with chain and host verified. Returns how many completed.
size_t cloop_handshakes(cloop *loop, size_t count);

/// One-way data in writes of `write_bytes`, read to the last byte. Returns the bytes read.
size_t cloop_bulk(cloop *loop, size_t total_bytes, size_t write_bytes);

#endif
