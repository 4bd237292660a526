// The contexts, and one client beside one server over two BIO pairs.

#ifndef SLUICE_LOOP_H
#define SLUICE_LOOP_H

#include "cloop.h"

#include <openssl/ssl.h>

// Plaintext of one record, RFC 8446 §5.1. The ring of a BIO pair (17 KiB) holds one whole record of it.
#define RECORD_BYTES_MAX 16384

struct cloop {
    SSL_CTX *client, *server;      // TLS 1.3
    SSL_CTX *client12, *server12;  // TLS 1.2
    SSL_CTX *stranger;             // a TLS 1.3 client that trusts the other root only
    SSL_SESSION *ticket;           // the newest that a client was given; owned
    char *host;
    bool has_failed;
    char failure[320];
};

typedef struct {
    SSL *client, *server;
    BIO *client_network, *server_network;
} pair;

// Keeps the words, with what OpenSSL's error queue says. Returns false.
bool loop_failed(cloop *loop, const char *words);

// Makes both ends; `session` may be NULL. Where it fails there is nothing to close.
bool pair_open(cloop *loop, SSL_CTX *client, SSL_CTX *server, const char *host, SSL_SESSION *session, pair *made);
// Completes the handshake, and takes in at the client what comes after it.
bool pair_establish(cloop *loop, pair *made);
// Open and established with the loop's own host, TLS 1.3.
bool pair_connect(cloop *loop, pair *made);
void pair_close(pair *made);

// Moves all ciphertext from one network BIO to the other.
bool carry(cloop *loop, BIO *from, BIO *to);
// True after a call that wants more bytes from the peer; else keeps the words.
bool wants_bytes(cloop *loop, SSL *ssl, int result, const char *words);
// One write, of a record's plaintext at most, from one end to the other, which reads it into `received`. That has room
// for RECORD_BYTES_MAX.
bool pair_send(cloop *loop, SSL *from, BIO *from_network, SSL *to, BIO *to_network, const void *plain, size_t count,
               void *received);
// From client to server and, as it arrived, back.
bool pair_round_trip(cloop *loop, pair *made, const void *plain, size_t count, void *received);
// From client to server, which then has nothing left to read.
bool pair_send_all(cloop *loop, pair *made, const void *plain, size_t count, void *received);

#endif
