// A random generator for OpenSSL whose bytes come from a stream that the calling thread has chosen.
//
// OpenSSL asks the generator of a library context (OSSL_LIB_CTX) for bytes and doesn't say for which connection. Whoever
// calls OpenSSL knows: it enters the connection's stream before the call and leaves it after. That needs a thread-local
// variable and a provider's table of C functions, which is why this is C.

#ifndef SLUICE_RANDOM_STREAM_H
#define SLUICE_RANDOM_STREAM_H

#include <openssl/core.h>
#include <openssl/types.h>
#include <stddef.h>

// A key stream of AES-256 in counter mode.
typedef struct sluice_random_stream sluice_random_stream;

// The bytes of a stream's key.
#define SLUICE_RANDOM_STREAM_KEY_BYTES 32

// A stream of SLUICE_RANDOM_STREAM_KEY_BYTES of key, with the AES of a library context; NULL for want of memory. Freed by
// sluice_random_stream_free.
sluice_random_stream *sluice_random_stream_new(const unsigned char *key, OSSL_LIB_CTX *library);

// Wipes and frees a stream that no thread is in; NULL is allowed.
void sluice_random_stream_free(sluice_random_stream *stream);

// Makes this thread's draws come from `stream`; NULL for none, and draws then fail. Returns the stream before.
sluice_random_stream *sluice_random_stream_enter(sluice_random_stream *stream);

// The name that the generator has in its provider (RAND_set_DRBG_type(3)).
#define SLUICE_RANDOM_STREAM_NAME "SLUICE-STREAM"

// The provider's entry point (OSSL_PROVIDER_add_builtin(3)).
int sluice_random_stream_provider_init(
    const OSSL_CORE_HANDLE *handle,
    const OSSL_DISPATCH *in,
    const OSSL_DISPATCH **out,
    void **provider_context);

#endif
