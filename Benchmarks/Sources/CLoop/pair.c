#include "loop.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

static SSL *connection(SSL_CTX *ctx, BIO **network) {
    BIO *engine = NULL;
    SSL *ssl = SSL_new(ctx);
    if (ssl && BIO_new_bio_pair(&engine, 0, network, 0) == 1) {
        SSL_set_bio(ssl, engine, engine);
        return ssl;
    }
    SSL_free(ssl);
    return NULL;
}

bool pair_open(cloop *loop, SSL_CTX *client, SSL_CTX *server, const char *host, SSL_SESSION *session, pair *made) {
    *made = (pair){0};
    // SSL_get_error(3) reads the error queue: it is empty from here on until something fails.
    ERR_clear_error();
    made->client = connection(client, &made->client_network);
    made->server = connection(server, &made->server_network);
    bool ok = made->client && made->server && SSL_set_tlsext_host_name(made->client, host) == 1
        && SSL_set1_host(made->client, host) == 1 && (session == NULL || SSL_set_session(made->client, session) == 1);
    if (ok) {
        SSL_set_connect_state(made->client);
        SSL_set_accept_state(made->server);
        return true;
    }
    pair_close(made);
    return loop_failed(loop, "a connection could not be made");
}

static void end(SSL *ssl, BIO *network) {
    // Without this SSL_free takes the connection for a broken one and spoils its session.
    if (ssl) SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl);
    BIO_free(network);
}

void pair_close(pair *made) {
    end(made->client, made->client_network);
    end(made->server, made->server_network);
    *made = (pair){0};
}

bool carry(cloop *loop, BIO *from, BIO *to) {
    char buffer[17 * 1024];
    int count;
    while ((count = BIO_read(from, buffer, sizeof buffer)) > 0) {
        // The receiver has read all that came before, so there is room.
        if (BIO_write(to, buffer, count) != count) return loop_failed(loop, "a ring was full");
    }
    return true;
}

bool wants_bytes(cloop *loop, SSL *ssl, int result, const char *words) {
    return SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ || loop_failed(loop, words);
}

bool pair_establish(cloop *loop, pair *made) {
    for (int turn = 0; turn < 4; turn++) {
        int client = SSL_do_handshake(made->client);
        if (client != 1 && !wants_bytes(loop, made->client, client, "the client's handshake failed")) return false;
        if (!carry(loop, made->client_network, made->server_network)) return false;
        int server = SSL_do_handshake(made->server);
        if (server != 1 && !wants_bytes(loop, made->server, server, "the server's handshake failed")) return false;
        if (!carry(loop, made->server_network, made->client_network)) return false;
        if (client == 1 && server == 1) {
            char byte;
            int result = SSL_peek(made->client, &byte, 1);  // takes the tickets in
            return wants_bytes(loop, made->client, result, "the client failed after its handshake");
        }
    }
    return loop_failed(loop, "the handshake did not end");
}

bool pair_connect(cloop *loop, pair *made) {
    if (!pair_open(loop, loop->client, loop->server, loop->host, NULL, made)) return false;
    if (pair_establish(loop, made)) return true;
    pair_close(made);
    return false;
}

bool pair_send(cloop *loop, SSL *from, BIO *from_network, SSL *to, BIO *to_network, const void *plain, size_t count,
               void *received) {
    size_t written = 0, read = 0;
    if (SSL_write_ex(from, plain, count, &written) != 1 || written != count) {
        return loop_failed(loop, "a write failed");
    }
    if (!carry(loop, from_network, to_network)) return false;
    // What was one record comes out in one read.
    if (SSL_read_ex(to, received, RECORD_BYTES_MAX, &read) != 1) return loop_failed(loop, "a read failed");
    return read == count || loop_failed(loop, "less was read than was written");
}

bool pair_round_trip(cloop *loop, pair *made, const void *plain, size_t count, void *received) {
    return pair_send(loop, made->client, made->client_network, made->server, made->server_network, plain, count,
                     received)
        && pair_send(loop, made->server, made->server_network, made->client, made->client_network, received, count,
                     received);
}

bool pair_send_all(cloop *loop, pair *made, const void *plain, size_t count, void *received) {
    if (!pair_send(loop, made->client, made->client_network, made->server, made->server_network, plain, count,
                   received)) {
        return false;
    }
    // A server that doesn't know how much comes reads until there is nothing.
    char byte;
    size_t more = 0;
    int result = SSL_read_ex(made->server, &byte, 1, &more);
    return wants_bytes(loop, made->server, result, "more was read than was written");
}
