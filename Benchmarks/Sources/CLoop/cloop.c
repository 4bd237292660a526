#include "cloop.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

struct cloop {
    SSL_CTX *client;
    SSL_CTX *server;
    char *host;
};

typedef struct {
    SSL *client, *server;
    BIO *client_network, *server_network;
} pair;

static SSL_CTX *context(const SSL_METHOD *method) {
    SSL_CTX *ctx = SSL_CTX_new(method);
    SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(ctx, "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set1_groups_list(ctx, "X25519");
    return ctx;
}

static X509 *next_certificate(BIO *pem) { return PEM_read_bio_X509(pem, NULL, NULL, NULL); }

cloop *cloop_new(const char *chain_pem, const char *key_pem, const char *root_pem, const char *host) {
    cloop *loop = calloc(1, sizeof *loop);
    loop->client = context(TLS_client_method());
    loop->server = context(TLS_server_method());
    loop->host = strdup(host);

    BIO *chain = BIO_new_mem_buf(chain_pem, -1);
    X509 *leaf = next_certificate(chain), *above;
    SSL_CTX_use_certificate(loop->server, leaf);
    X509_free(leaf);
    while ((above = next_certificate(chain)) != NULL) SSL_CTX_add_extra_chain_cert(loop->server, above);
    BIO_free(chain);

    BIO *key = BIO_new_mem_buf(key_pem, -1);
    EVP_PKEY *private_key = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
    SSL_CTX_use_PrivateKey(loop->server, private_key);
    EVP_PKEY_free(private_key);
    BIO_free(key);

    BIO *root = BIO_new_mem_buf(root_pem, -1);
    X509 *anchor = next_certificate(root);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(loop->client), anchor);
    X509_free(anchor);
    BIO_free(root);
    SSL_CTX_set_verify(loop->client, SSL_VERIFY_PEER, NULL);
    return loop;
}

void cloop_free(cloop *loop) {
    SSL_CTX_free(loop->client);
    SSL_CTX_free(loop->server);
    free(loop->host);
    free(loop);
}

static SSL *connection(SSL_CTX *ctx, BIO **network) {
    SSL *ssl = SSL_new(ctx);
    BIO *engine;
    BIO_new_bio_pair(&engine, 0, network, 0);
    SSL_set_bio(ssl, engine, engine);
    return ssl;
}

static void carry(BIO *from, BIO *to) {
    char buffer[17 * 1024];
    int count;
    while ((count = BIO_read(from, buffer, sizeof buffer)) > 0) {
        int sent = 0;
        while (sent < count) {
            int now = BIO_write(to, buffer + sent, count - sent);
            if (now <= 0) return;
            sent += now;
        }
    }
}

static pair open_pair(cloop *loop) {
    pair p;
    p.client = connection(loop->client, &p.client_network);
    p.server = connection(loop->server, &p.server_network);
    SSL_set_connect_state(p.client);
    SSL_set_accept_state(p.server);
    SSL_set_tlsext_host_name(p.client, loop->host);
    SSL_set1_host(p.client, loop->host);
    return p;
}

static int establish(pair *p) {
    for (int turn = 0; turn < 20; turn++) {
        int client = SSL_do_handshake(p->client);
        carry(p->client_network, p->server_network);
        int server = SSL_do_handshake(p->server);
        carry(p->server_network, p->client_network);
        if (client == 1 && server == 1) {
            char byte;
            SSL_peek(p->client, &byte, 1);  // takes the tickets in
            return 1;
        }
    }
    return 0;
}

static void close_pair(pair *p) {
    SSL_free(p->client);
    SSL_free(p->server);
    BIO_free(p->client_network);
    BIO_free(p->server_network);
}

size_t cloop_handshakes(cloop *loop, size_t count) {
    size_t completed = 0;
    for (size_t index = 0; index < count; index++) {
        pair p = open_pair(loop);
        completed += establish(&p) && SSL_get_verify_result(p.client) == X509_V_OK;
        close_pair(&p);
    }
    return completed;
}

size_t cloop_bulk(cloop *loop, size_t total_bytes, size_t write_bytes) {
    pair p = open_pair(loop);
    size_t received = 0, sent = 0;
    char *plain = calloc(1, write_bytes), *read = malloc(write_bytes);
    if (establish(&p)) {
        while (received < total_bytes) {
            size_t written = 0;
            // The ring holds one full record: larger writes go in turns.
            size_t chunk = write_bytes < 16384 ? write_bytes : 16384;
            if (sent < total_bytes && SSL_write_ex(p.client, plain, chunk, &written)) sent += written;
            carry(p.client_network, p.server_network);
            size_t now = 0;
            while (SSL_read_ex(p.server, read, write_bytes, &now)) received += now;
        }
    }
    free(plain);
    free(read);
    close_pair(&p);
    return received;
}
