#include "bound.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MESSAGE_BYTES 64
// Of a TLS 1.3 record, RFC 8446 §5.2.
#define HEADER_BYTES 5

bool bound_failed(crypto_bound *bound, const char *words) {
    unsigned long error = ERR_get_error();
    char reason[200] = "";
    if (error != 0) ERR_error_string_n(error, reason, sizeof reason);
    snprintf(bound->failure, sizeof bound->failure, "%s%s%s", words, error != 0 ? ": " : "", reason);
    bound->has_failed = true;
    ERR_clear_error();
    return false;
}

const char *crypto_bound_failure(const crypto_bound *bound) { return bound->has_failed ? bound->failure : NULL; }

double bound_seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool make_hmac(crypto_bound *bound) {
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    OSSL_PARAM digest[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_end(),
    };
    bound->hmac = hmac ? EVP_MAC_CTX_new(hmac) : NULL;
    EVP_MAC_free(hmac);  // the context holds it
    return bound->hmac && EVP_MAC_CTX_set_params(bound->hmac, digest) == 1;
}

static bool make_ciphers(crypto_bound *bound) {
    const unsigned char key[32] = {1};
    bound->gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
    bound->cbc = EVP_CIPHER_fetch(NULL, "AES-256-CBC", NULL);
    bound->seal = EVP_CIPHER_CTX_new();
    bound->open = EVP_CIPHER_CTX_new();
    bound->encrypt_ticket = EVP_CIPHER_CTX_new();
    bound->decrypt_ticket = EVP_CIPHER_CTX_new();
    return bound->gcm && bound->cbc && bound->seal && bound->open && bound->encrypt_ticket && bound->decrypt_ticket
        && EVP_EncryptInit_ex2(bound->seal, bound->gcm, key, bound->iv, NULL) == 1
        && EVP_DecryptInit_ex2(bound->open, bound->gcm, key, bound->iv, NULL) == 1
        && EVP_EncryptInit_ex2(bound->encrypt_ticket, bound->cbc, key, key, NULL) == 1
        && EVP_DecryptInit_ex2(bound->decrypt_ticket, bound->cbc, key, key, NULL) == 1;
}

// The leaf's signature by its CA is made here, once, as for a real certificate.
static bool make_leaf_signature(crypto_bound *bound) {
    const unsigned char digest[32] = {0};
    EVP_PKEY_CTX *sign = EVP_PKEY_CTX_new(bound->root_key, NULL);
    bound->leaf_signature_bytes = sizeof bound->leaf_signature;
    bool ok = sign && EVP_PKEY_sign_init(sign) == 1
        && EVP_PKEY_sign(sign, bound->leaf_signature, &bound->leaf_signature_bytes, digest, sizeof digest) == 1;
    EVP_PKEY_CTX_free(sign);
    return ok;
}

static bool make_keys(crypto_bound *bound) {
    bound->leaf_key = EVP_EC_gen("P-256");
    bound->root_key = EVP_EC_gen("P-256");
    if (!bound->leaf_key || !bound->root_key || !make_leaf_signature(bound)) return false;
    bound->keygen = EVP_PKEY_CTX_new_from_name(NULL, "X25519", NULL);
    bound->sign = EVP_PKEY_CTX_new(bound->leaf_key, NULL);
    bound->verify = EVP_PKEY_CTX_new(bound->leaf_key, NULL);
    bound->verify_leaf = EVP_PKEY_CTX_new(bound->root_key, NULL);
    return bound->keygen && bound->sign && bound->verify && bound->verify_leaf
        && EVP_PKEY_keygen_init(bound->keygen) == 1 && EVP_PKEY_sign_init(bound->sign) == 1
        && EVP_PKEY_verify_init(bound->verify) == 1 && EVP_PKEY_verify_init(bound->verify_leaf) == 1;
}

crypto_bound *crypto_bound_new(void) {
    crypto_bound *bound = calloc(1, sizeof *bound);
    if (bound == NULL) return NULL;
    ERR_clear_error();
    for (size_t place = 0; place < sizeof bound->plain; place++) bound->plain[place] = (unsigned char)place;
    bound->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    bound->transcript = EVP_MD_CTX_new();
    bound->snapshot = EVP_MD_CTX_new();
    bool ok = bound->sha256 && bound->transcript && bound->snapshot && make_hmac(bound) && make_ciphers(bound)
        && make_keys(bound);
    if (!ok) bound_failed(bound, "keys and contexts could not be made");
    return bound;
}

void crypto_bound_free(crypto_bound *bound) {
    EVP_MD_free(bound->sha256);
    EVP_MD_CTX_free(bound->transcript);
    EVP_MD_CTX_free(bound->snapshot);
    EVP_MAC_CTX_free(bound->hmac);
    EVP_CIPHER_free(bound->gcm);
    EVP_CIPHER_free(bound->cbc);
    EVP_CIPHER_CTX_free(bound->seal);
    EVP_CIPHER_CTX_free(bound->open);
    EVP_CIPHER_CTX_free(bound->encrypt_ticket);
    EVP_CIPHER_CTX_free(bound->decrypt_ticket);
    EVP_PKEY_CTX_free(bound->keygen);
    EVP_PKEY_CTX_free(bound->sign);
    EVP_PKEY_CTX_free(bound->verify);
    EVP_PKEY_CTX_free(bound->verify_leaf);
    EVP_PKEY_free(bound->leaf_key);
    EVP_PKEY_free(bound->root_key);
    free(bound);
}

// No nonce comes twice under one key.
static void advance(unsigned char iv[12]) {
    for (int place = 11; place >= 4 && ++iv[place] == 0; place--) {}
}

bool bound_record(crypto_bound *bound, size_t plain_bytes) {
    const unsigned char header[HEADER_BYTES] = {23, 3, 3};
    unsigned char *tag = bound->cipher + plain_bytes;
    int count = 0, size = (int)plain_bytes;
    advance(bound->iv);
    bool ok = EVP_EncryptInit_ex2(bound->seal, NULL, NULL, bound->iv, NULL) == 1
        && EVP_EncryptUpdate(bound->seal, NULL, &count, header, sizeof header) == 1
        && EVP_EncryptUpdate(bound->seal, bound->cipher, &count, bound->plain, size) == 1
        && EVP_EncryptFinal_ex(bound->seal, tag, &count) == 1
        && EVP_CIPHER_CTX_ctrl(bound->seal, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, tag) == 1;
    if (!ok) return bound_failed(bound, "a record could not be sealed");
    ok = EVP_DecryptInit_ex2(bound->open, NULL, NULL, bound->iv, NULL) == 1
        && EVP_DecryptUpdate(bound->open, NULL, &count, header, sizeof header) == 1
        && EVP_DecryptUpdate(bound->open, bound->opened, &count, bound->cipher, size) == 1
        && EVP_CIPHER_CTX_ctrl(bound->open, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) == 1
        && EVP_DecryptFinal_ex(bound->open, bound->opened + plain_bytes, &count) == 1;
    return ok || bound_failed(bound, "a record could not be opened");
}

static double records(crypto_bound *bound, size_t count, size_t record_bytes) {
    double start = bound_seconds_now();
    for (size_t index = 0; index < count; index++) {
        if (!bound_record(bound, record_bytes + 1)) return -1;
    }
    double elapsed = bound_seconds_now() - start;
    bool same = memcmp(bound->plain, bound->opened, record_bytes + 1) == 0;
    return same || bound_failed(bound, "a record came out changed") ? elapsed : -1;
}

double crypto_bound_records(crypto_bound *bound, size_t total_bytes, size_t record_bytes) {
    if (total_bytes == 0 || record_bytes == 0 || record_bytes > RECORD_BYTES_MAX || total_bytes % record_bytes != 0) {
        bound_failed(bound, "the amount is not a number of whole records");
        return -1;
    }
    return records(bound, total_bytes / record_bytes, record_bytes);
}

double crypto_bound_round_trips(crypto_bound *bound, size_t count) {
    if (count > 0) return records(bound, 2 * count, MESSAGE_BYTES);
    bound_failed(bound, "there were no round trips");
    return -1;
}
