// What is left when nothing but cryptography is done: the EVP calls that a handshake or a record can't avoid.

#ifndef SLUICE_CRYPTO_BOUND_H
#define SLUICE_CRYPTO_BOUND_H

#include <stddef.h>

/// Keys, contexts and fetched algorithms, all made before any clock runs. For one thread.
typedef struct crypto_bound crypto_bound;

typedef enum { CRYPTO_FULL, CRYPTO_RESUMED, CRYPTO_FULL12 } crypto_handshake;

/// Returns NULL only where there is no memory. Where anything else fails, `crypto_bound_failure` says what; free it
/// then.
crypto_bound *crypto_bound_new(void);
void crypto_bound_free(crypto_bound *bound);

/// What failed last, or NULL. Good until the next call.
const char *crypto_bound_failure(const crypto_bound *bound);

// Each returns the seconds it took (CLOCK_MONOTONIC), or a negative number where it failed.

/// Both ends of handshakes.
double crypto_bound_handshakes(crypto_bound *bound, crypto_handshake kind, size_t count);
/// TLS 1.3 records with AES-128-GCM, sealed and opened, of `record_bytes` each (16 KiB at most).
double crypto_bound_records(crypto_bound *bound, size_t total_bytes, size_t record_bytes);
/// Two records of 64 bytes, each sealed and opened.
double crypto_bound_round_trips(crypto_bound *bound, size_t count);

#endif
