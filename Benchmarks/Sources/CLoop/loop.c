#include "loop.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool loop_failed(cloop *loop, const char *words) {
    unsigned long error = ERR_get_error();
    char reason[200] = "";
    if (error != 0) ERR_error_string_n(error, reason, sizeof reason);
    snprintf(loop->failure, sizeof loop->failure, "%s%s%s", words, error != 0 ? ": " : "", reason);
    loop->has_failed = true;
    ERR_clear_error();
    return false;
}

const char *cloop_failure(const cloop *loop) { return loop->has_failed ? loop->failure : NULL; }

// TLS 1.3 gives sessions after the handshake, so they're caught here and not asked for.
static int keep_ticket(SSL *ssl, SSL_SESSION *session) {
    cloop *loop = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
    SSL_SESSION_free(loop->ticket);
    loop->ticket = session;
    return 1;  // ours now
}

static SSL_CTX *context(const SSL_METHOD *method, int version) {
    SSL_CTX *made = SSL_CTX_new(method);
    // With TLS 1.2 the certificate's curve must be in the list too.
    const char *groups = version == TLS1_2_VERSION ? "X25519:P-256" : "X25519";
    bool ok = made && SSL_CTX_set_min_proto_version(made, version) && SSL_CTX_set_max_proto_version(made, version)
        && SSL_CTX_set_ciphersuites(made, "TLS_AES_128_GCM_SHA256")
        && SSL_CTX_set_cipher_list(made, "ECDHE-ECDSA-AES128-GCM-SHA256")
        && SSL_CTX_set1_groups_list(made, groups);
    if (ok) return made;
    SSL_CTX_free(made);
    return NULL;
}

static SSL_CTX *client_context(cloop *loop, int version, X509 *root) {
    SSL_CTX *made = context(TLS_client_method(), version);
    if (made == NULL) return NULL;
    SSL_CTX_set_app_data(made, loop);
    SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(made, keep_ticket);
    SSL_CTX_set_verify(made, SSL_VERIFY_PEER, NULL);
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(made), root) == 1) return made;
    SSL_CTX_free(made);
    return NULL;
}

static SSL_CTX *server_context(int version, X509 *leaf, EVP_PKEY *key) {
    SSL_CTX *made = context(TLS_server_method(), version);
    if (made && SSL_CTX_use_certificate(made, leaf) == 1 && SSL_CTX_use_PrivateKey(made, key) == 1) return made;
    SSL_CTX_free(made);
    return NULL;
}

static X509 *certificate(const char *pem) {
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *read = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
    BIO_free(bio);
    return read;
}

static EVP_PKEY *private_key(const char *pem) {
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *read = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
    BIO_free(bio);
    return read;
}

cloop *cloop_new(const char *chain, const char *key, const char *root, const char *other_root, const char *host) {
    cloop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) return NULL;
    ERR_clear_error();
    X509 *leaf = certificate(chain), *anchor = certificate(root), *other_anchor = certificate(other_root);
    EVP_PKEY *leaf_key = private_key(key);
    loop->host = strdup(host);
    if (leaf && anchor && other_anchor && leaf_key && loop->host) {
        loop->client = client_context(loop, TLS1_3_VERSION, anchor);
        loop->server = server_context(TLS1_3_VERSION, leaf, leaf_key);
        loop->client12 = client_context(loop, TLS1_2_VERSION, anchor);
        loop->server12 = server_context(TLS1_2_VERSION, leaf, leaf_key);
        loop->stranger = client_context(loop, TLS1_3_VERSION, other_anchor);
        bool ok = loop->client && loop->server && loop->client12 && loop->server12 && loop->stranger;
        if (!ok) loop_failed(loop, "a context could not be made");
    } else {
        loop_failed(loop, "a certificate or key could not be read");
    }
    X509_free(leaf);
    X509_free(anchor);
    X509_free(other_anchor);
    EVP_PKEY_free(leaf_key);
    return loop;
}

void cloop_free(cloop *loop) {
    SSL_SESSION_free(loop->ticket);
    SSL_CTX_free(loop->client);
    SSL_CTX_free(loop->server);
    SSL_CTX_free(loop->client12);
    SSL_CTX_free(loop->server12);
    SSL_CTX_free(loop->stranger);
    free(loop->host);
    free(loop);
}
