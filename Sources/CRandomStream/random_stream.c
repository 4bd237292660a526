#include "random_stream.h"

#include <limits.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <string.h>

// The stream ------------------------------------------------------------------------------------------------------

struct sluice_random_stream {
    EVP_CIPHER_CTX *cipher;
};

static _Thread_local sluice_random_stream *current;

sluice_random_stream *sluice_random_stream_new(const unsigned char *key, OSSL_LIB_CTX *library) {
    // Each key serves one stream, so the counter may begin at 0.
    static const unsigned char counter[16] = {0};
    sluice_random_stream *stream = OPENSSL_zalloc(sizeof *stream);
    if (stream == NULL) return NULL;
    EVP_CIPHER *aes = EVP_CIPHER_fetch(library, "AES-256-CTR", NULL);
    stream->cipher = EVP_CIPHER_CTX_new();
    int is_ready =
        aes != NULL && stream->cipher != NULL && EVP_EncryptInit_ex2(stream->cipher, aes, key, counter, NULL) == 1;
    EVP_CIPHER_free(aes);  // The context holds a reference of its own.
    if (is_ready) return stream;
    sluice_random_stream_free(stream);
    return NULL;
}

void sluice_random_stream_free(sluice_random_stream *stream) {
    if (stream == NULL) return;
    EVP_CIPHER_CTX_free(stream->cipher);
    OPENSSL_free(stream);
}

sluice_random_stream *sluice_random_stream_enter(sluice_random_stream *stream) {
    sluice_random_stream *before = current;
    current = stream;
    return before;
}

// Encrypts zeros: what comes out is the key stream.
static int draw(sluice_random_stream *stream, unsigned char *out, size_t count) {
    int written = 0;
    if (count > INT_MAX) return 0;
    memset(out, 0, count);
    return EVP_EncryptUpdate(stream->cipher, out, &written, out, (int)count) == 1 && (size_t)written == count;
}

// The generator: OpenSSL makes one of these for each thread and purpose; none has any state of its own --------------

typedef struct {
    int state;
} generator;

static void *generator_new(void *provider_context, void *parent, const OSSL_DISPATCH *parent_functions) {
    generator *self = OPENSSL_zalloc(sizeof *self);
    (void)provider_context, (void)parent, (void)parent_functions;
    if (self != NULL) self->state = EVP_RAND_STATE_UNINITIALISED;
    return self;
}

static void generator_free(void *self) { OPENSSL_free(self); }

static int generator_instantiate(
    void *self,
    unsigned int strength,
    int resists_prediction,
    const unsigned char *personalisation,
    size_t personalisation_count,
    const OSSL_PARAM *parameters
) {
    (void)strength, (void)resists_prediction, (void)personalisation, (void)personalisation_count, (void)parameters;
    ((generator *)self)->state = EVP_RAND_STATE_READY;
    return 1;
}

static int generator_uninstantiate(void *self) {
    ((generator *)self)->state = EVP_RAND_STATE_UNINITIALISED;
    return 1;
}

// A draw outside of any stream fails: it would be a byte that can't be repeated.
static int generator_generate(
    void *self,
    unsigned char *out,
    size_t count,
    unsigned int strength,
    int resists_prediction,
    const unsigned char *additional,
    size_t additional_count
) {
    (void)self, (void)strength, (void)resists_prediction, (void)additional, (void)additional_count;
    return current != NULL && draw(current, out, count);
}

static int generator_reseed(
    void *self,
    int resists_prediction,
    const unsigned char *entropy,
    size_t entropy_count,
    const unsigned char *additional,
    size_t additional_count
) {
    (void)self, (void)resists_prediction, (void)entropy, (void)entropy_count, (void)additional, (void)additional_count;
    return 1;
}

// Nothing is shared between threads, so there is nothing to lock; OpenSSL insists on the functions.
static int generator_enable_locking(void *self) {
    (void)self;
    return 1;
}

static int generator_lock(void *self) {
    (void)self;
    return 1;
}

static void generator_unlock(void *self) { (void)self; }

static const OSSL_PARAM *generator_gettable(void *self, void *provider_context) {
    static const OSSL_PARAM parameters[] = {
        OSSL_PARAM_int(OSSL_RAND_PARAM_STATE, NULL),
        OSSL_PARAM_uint(OSSL_RAND_PARAM_STRENGTH, NULL),
        OSSL_PARAM_size_t(OSSL_RAND_PARAM_MAX_REQUEST, NULL),
        OSSL_PARAM_END,
    };
    (void)self, (void)provider_context;
    return parameters;
}

static int generator_get(void *self, OSSL_PARAM parameters[]) {
    OSSL_PARAM *found = OSSL_PARAM_locate(parameters, OSSL_RAND_PARAM_STATE);
    if (found != NULL && !OSSL_PARAM_set_int(found, ((generator *)self)->state)) return 0;
    found = OSSL_PARAM_locate(parameters, OSSL_RAND_PARAM_STRENGTH);
    if (found != NULL && !OSSL_PARAM_set_uint(found, 256)) return 0;
    found = OSSL_PARAM_locate(parameters, OSSL_RAND_PARAM_MAX_REQUEST);
    if (found != NULL && !OSSL_PARAM_set_size_t(found, INT_MAX)) return 0;
    return 1;
}

static const OSSL_DISPATCH generator_functions[] = {
    {OSSL_FUNC_RAND_NEWCTX, (void (*)(void))generator_new},
    {OSSL_FUNC_RAND_FREECTX, (void (*)(void))generator_free},
    {OSSL_FUNC_RAND_INSTANTIATE, (void (*)(void))generator_instantiate},
    {OSSL_FUNC_RAND_UNINSTANTIATE, (void (*)(void))generator_uninstantiate},
    {OSSL_FUNC_RAND_GENERATE, (void (*)(void))generator_generate},
    {OSSL_FUNC_RAND_RESEED, (void (*)(void))generator_reseed},
    {OSSL_FUNC_RAND_ENABLE_LOCKING, (void (*)(void))generator_enable_locking},
    {OSSL_FUNC_RAND_LOCK, (void (*)(void))generator_lock},
    {OSSL_FUNC_RAND_UNLOCK, (void (*)(void))generator_unlock},
    {OSSL_FUNC_RAND_GETTABLE_CTX_PARAMS, (void (*)(void))generator_gettable},
    {OSSL_FUNC_RAND_GET_CTX_PARAMS, (void (*)(void))generator_get},
    {0, NULL},
};

// The provider: one algorithm, no state ------------------------------------------------------------------------------

static const OSSL_ALGORITHM *provider_query(void *provider_context, int operation, int *no_store) {
    static const OSSL_ALGORITHM generators[] = {
        {SLUICE_RANDOM_STREAM_NAME, "provider=sluice", generator_functions, "a stream that the caller chooses"},
        {NULL, NULL, NULL, NULL},
    };
    (void)provider_context;
    *no_store = 0;
    return operation == OSSL_OP_RAND ? generators : NULL;
}

int sluice_random_stream_provider_init(
    const OSSL_CORE_HANDLE *handle,
    const OSSL_DISPATCH *in,
    const OSSL_DISPATCH **out,
    void **provider_context
) {
    static const OSSL_DISPATCH functions[] = {
        {OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))provider_query},
        {0, NULL},
    };
    (void)in;
    *provider_context = (void *)handle;
    *out = functions;
    return 1;
}
