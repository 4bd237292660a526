// Macros of libssl and of the BIOs, one inline function each, named after the macro.

#ifndef SLUICE_COPENSSL_SHIM_SSL_H
#define SLUICE_COPENSSL_SHIM_SSL_H

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/tls1.h>
#include <openssl/x509.h>

// Option bits are expressions of a 64-bit type, which Swift does not import.
static const uint64_t sluice_SSL_OP_NO_TICKET = SSL_OP_NO_TICKET;
static const uint64_t sluice_SSL_OP_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static const uint64_t sluice_SSL_OP_NO_COMPRESSION = SSL_OP_NO_COMPRESSION;
static const uint64_t sluice_SSL_OP_CIPHER_SERVER_PREFERENCE = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t sluice_SSL_OP_PRIORITIZE_CHACHA = SSL_OP_PRIORITIZE_CHACHA;
static const uint64_t sluice_SSL_OP_ENABLE_MIDDLEBOX_COMPAT = SSL_OP_ENABLE_MIDDLEBOX_COMPAT;

// The groups that libssl offers when it is told none, in words that it takes back: 3.5 has a name for them (and
// post-quantum groups among them), earlier releases have this list.
#if OPENSSL_VERSION_NUMBER >= 0x30500000L
#define SLUICE_GROUPS_DEFAULT "DEFAULT"
#else
#define SLUICE_GROUPS_DEFAULT \
    "X25519:P-256:X448:P-521:P-384:ffdhe2048:ffdhe3072:ffdhe4096:ffdhe6144:ffdhe8192"
#endif

// SSL_CTX settings that are macros over SSL_CTX_ctrl or take a function pointer through a macro.
static inline long sluice_SSL_CTX_set_min_proto_version(SSL_CTX *ctx, int version) {
    return SSL_CTX_set_min_proto_version(ctx, version);
}
static inline long sluice_SSL_CTX_set_max_proto_version(SSL_CTX *ctx, int version) {
    return SSL_CTX_set_max_proto_version(ctx, version);
}
static inline long sluice_SSL_CTX_set1_groups_list(SSL_CTX *ctx, const char *list) {
    return SSL_CTX_set1_groups_list(ctx, (char *)list);
}
static inline long sluice_SSL_CTX_set1_sigalgs_list(SSL_CTX *ctx, const char *list) {
    return SSL_CTX_set1_sigalgs_list(ctx, list);
}
static inline long sluice_SSL_CTX_set1_client_sigalgs_list(SSL_CTX *ctx, const char *list) {
    return SSL_CTX_set1_client_sigalgs_list(ctx, list);
}
static inline long sluice_SSL_CTX_set_dh_auto(SSL_CTX *ctx, int on) { return SSL_CTX_set_dh_auto(ctx, on); }
static inline long sluice_SSL_CTX_set_session_cache_mode(SSL_CTX *ctx, long mode) {
    return SSL_CTX_set_session_cache_mode(ctx, mode);
}
static inline long sluice_SSL_CTX_sess_set_cache_size(SSL_CTX *ctx, long size) {
    return SSL_CTX_sess_set_cache_size(ctx, size);
}
static inline long sluice_SSL_CTX_set_mode(SSL_CTX *ctx, long mode) { return SSL_CTX_set_mode(ctx, mode); }
static inline long sluice_SSL_CTX_get_min_proto_version(SSL_CTX *ctx) {
    return SSL_CTX_get_min_proto_version(ctx);
}
static inline long sluice_SSL_CTX_get_max_proto_version(SSL_CTX *ctx) {
    return SSL_CTX_get_max_proto_version(ctx);
}
static inline long sluice_SSL_CTX_set_tlsext_servername_callback(SSL_CTX *ctx, int (*callback)(SSL *, int *, void *)) {
    return SSL_CTX_set_tlsext_servername_callback(ctx, callback);
}
static inline long sluice_SSL_CTX_set_tlsext_status_cb(SSL_CTX *ctx, int (*callback)(SSL *, void *)) {
    return SSL_CTX_set_tlsext_status_cb(ctx, callback);
}

// SSL settings and readings of the same kind.
static inline long sluice_SSL_set_min_proto_version(SSL *ssl, int version) {
    return SSL_set_min_proto_version(ssl, version);
}
static inline long sluice_SSL_set_max_proto_version(SSL *ssl, int version) {
    return SSL_set_max_proto_version(ssl, version);
}
static inline long sluice_SSL_set1_groups_list(SSL *ssl, const char *list) {
    return SSL_set1_groups_list(ssl, (char *)list);
}
static inline long sluice_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name(ssl, name);
}
static inline long sluice_SSL_set_tlsext_status_ocsp_resp(SSL *ssl, void *response, long count) {
    return SSL_set_tlsext_status_ocsp_resp(ssl, response, count);
}
static inline long sluice_SSL_set_retry_verify(SSL *ssl) { return SSL_set_retry_verify(ssl); }
static inline long sluice_SSL_get_negotiated_group(SSL *ssl) { return SSL_get_negotiated_group(ssl); }
static inline long sluice_SSL_get_peer_signature_nid(SSL *ssl, int *nid) {
    return SSL_get_peer_signature_nid(ssl, nid);
}
static inline long sluice_SSL_get_signature_nid(SSL *ssl, int *nid) {
    return SSL_get_signature_nid(ssl, nid);
}

// Stacks: the sk_TYPE_… families are macros.
static inline STACK_OF(X509_NAME) *sluice_sk_X509_NAME_new(void) { return sk_X509_NAME_new_null(); }
static inline int sluice_sk_X509_NAME_push(STACK_OF(X509_NAME) *stack, X509_NAME *name) {
    return sk_X509_NAME_push(stack, name);
}
static inline int sluice_sk_X509_NAME_num(const STACK_OF(X509_NAME) *stack) {
    return sk_X509_NAME_num(stack);
}
static inline X509_NAME *sluice_sk_X509_NAME_value(const STACK_OF(X509_NAME) *stack, int index) {
    return sk_X509_NAME_value(stack, index);
}

#endif
