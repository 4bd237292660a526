// Macros of the X.509, PEM and stack headers, one inline function each, named after the macro.

#ifndef SLUICE_COPENSSL_SHIM_X509_H
#define SLUICE_COPENSSL_SHIM_X509_H

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline void sluice_OPENSSL_free(void *memory) { OPENSSL_free(memory); }

static inline void *sluice_OPENSSL_memdup(const void *memory, size_t count) { return OPENSSL_memdup(memory, count); }

static inline void sluice_OPENSSL_clear_free(void *memory, size_t count) { OPENSSL_clear_free(memory, count); }

static inline long sluice_BIO_get_mem_data(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }

static inline unsigned long sluice_XN_FLAG_RFC2253(void) { return XN_FLAG_RFC2253; }

// STACK_OF(X509) owns no more than the array of pointers: `sluice_sk_X509_free` leaves the certificates alone.

static inline STACK_OF(X509) *sluice_sk_X509_new_null(void) { return sk_X509_new_null(); }

static inline int sluice_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}

static inline int sluice_sk_X509_num(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }

static inline X509 *sluice_sk_X509_value(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}

static inline void sluice_sk_X509_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

// `sluice_sk_X509_pop_free` releases each certificate too.
static inline void sluice_sk_X509_pop_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

static inline int sluice_sk_X509_OBJECT_num(const STACK_OF(X509_OBJECT) *stack) { return sk_X509_OBJECT_num(stack); }

static inline X509_OBJECT *sluice_sk_X509_OBJECT_value(const STACK_OF(X509_OBJECT) *stack, int index) {
    return sk_X509_OBJECT_value(stack, index);
}

static inline GENERAL_NAMES *sluice_sk_GENERAL_NAME_new_null(void) { return sk_GENERAL_NAME_new_null(); }

static inline int sluice_sk_GENERAL_NAME_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
}

static inline int sluice_sk_GENERAL_NAME_num(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

static inline GENERAL_NAME *sluice_sk_GENERAL_NAME_value(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

// EVP_PKEY_Q_keygen is variadic: its forms for RSA and for curves, one function each.

static inline EVP_PKEY *sluice_EVP_PKEY_Q_keygen_RSA(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static inline EVP_PKEY *sluice_EVP_PKEY_Q_keygen_EC(const char *curve) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", curve);
}

static inline EVP_PKEY *sluice_EVP_PKEY_Q_keygen_ED25519(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

#endif
