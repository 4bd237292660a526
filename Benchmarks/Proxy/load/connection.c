// One connection: connect, handshake, one small request and its answer, close_notify and FIN, the peer's FIN.
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char request[] = "GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n";
// The backend ends its small answer with this byte, which is nowhere else in it.
static const char answer_end = '~';

static int slot_index;

// TLS 1.3 gives sessions after the handshake, so they're caught here and not asked for.
static int keep_session(SSL *ssl, SSL_SESSION *session) {
    struct connection *slot = SSL_get_ex_data(ssl, slot_index);
    SSL_SESSION_free(slot->session);
    slot->session = session;
    return 1;  // ours now
}

SSL_CTX *connection_context(const struct options *options) {
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    slot_index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    SSL_CTX_set_min_proto_version(context, options->version);
    SSL_CTX_set_max_proto_version(context, options->version);
    // One suite and one group are offered: whatever a server prefers, all use the same. A P-256 certificate needs
    // its curve in the list with TLS 1.2.
    int ok = SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256")
        && SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES128-GCM-SHA256")
        && SSL_CTX_set1_groups_list(context, "X25519:P-256");
    if (!ok) return NULL;
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
    if (options->mode == MODE_DOWN) {
        // Fewer reads for the load, so that the proxy is the slower one.
        SSL_CTX_set_read_ahead(context, 1);
        SSL_CTX_set_default_read_buffer_len(context, 128 << 10);
    }
    return context;
}

// Connections come from 127.1.0.1, 127.1.0.2, …, so that ports in TIME_WAIT never run out.
static int open_socket(struct load *load) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    if (fd < 0) return -1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct sockaddr_in from = {.sin_family = AF_INET};
    from.sin_addr.s_addr = htonl(0x7f010001 + load->sources++ % 200);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(load->options.port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int ok = bind(fd, (struct sockaddr *)&from, sizeof from) == 0
        && (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 || errno == EINPROGRESS);
    if (ok) return fd;
    close(fd);
    return -1;
}

bool connection_begin(struct load *load, struct connection *slot) {
    slot->begun = seconds_now();
    slot->answered = false;
    slot->fd = open_socket(load);
    if (slot->fd < 0) return false;
    slot->ssl = SSL_new(load->context);
    SSL_set_ex_data(slot->ssl, slot_index, slot);
    SSL_set_fd(slot->ssl, slot->fd);
    SSL_set_tlsext_host_name(slot->ssl, "localhost");
    if (load->options.resumes && slot->session) SSL_set_session(slot->ssl, slot->session);
    SSL_set_connect_state(slot->ssl);
    slot->state = STATE_CONNECTING;
    load->busy += 1;
    // Edges: one registration for the life of a connection, and each step goes on until it would wait.
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = slot};
    return epoll_ctl(load->epoll, EPOLL_CTL_ADD, slot->fd, &event) == 0;
}

static void release(struct load *load, struct connection *slot) {
    if (slot->state == STATE_READY) load->ready -= 1; else load->busy -= 1;
    // A session whose connection had no close_notify would be thrown away by SSL_free.
    SSL_set_shutdown(slot->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(slot->ssl);
    close(slot->fd);
    slot->ssl = NULL;
    slot->fd = -1;
    slot->state = STATE_FREE;
}

void connection_fail(struct load *load, struct connection *slot, const char *why) {
    if (load->tally.failed++ == 0) fprintf(stderr, "load: first failure: %s (state %d)\n", why, slot->state);
    release(load, slot);
}

// True if the call is to be made again when the socket is ready; an end or an error is dealt with here.
static bool must_wait(struct load *load, struct connection *slot, int result, const char *doing) {
    int error = SSL_get_error(slot->ssl, result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return true;
    connection_fail(load, slot, doing);
    return false;
}

static void note_handshake(struct load *load, SSL *ssl) {
    if (load->counts && SSL_session_reused(ssl)) load->tally.resumed += 1;
    if (load->version[0]) return;
    snprintf(load->version, sizeof load->version, "%s", SSL_get_version(ssl));
    snprintf(load->suite, sizeof load->suite, "%s", SSL_get_cipher_name(ssl));
    const char *group = SSL_group_to_name(ssl, SSL_get_negotiated_group(ssl));
    snprintf(load->group, sizeof load->group, "%s", group ? group : "");
}

static void note_answer(struct load *load, struct connection *slot) {
    struct tally *tally = &load->tally;
    slot->answered = true;
    if (!load->counts || tally->micros_count == tally->micros_room) return;
    tally->micros[tally->micros_count++] = (uint32_t)((seconds_now() - slot->begun) * 1e6);
}

static void finish(struct load *load, struct connection *slot) {
    if (load->counts) {
        load->tally.done += 1;
        if (seconds_now() <= load->deadline) load->tally.in_time += 1;
    }
    release(load, slot);
}

static void read_answer(struct load *load, struct connection *slot) {
    char bytes[4096];
    while (!slot->answered) {
        int count = SSL_read(slot->ssl, bytes, sizeof bytes);
        if (count <= 0) {
            must_wait(load, slot, count, "reading the answer");
            return;
        }
        if (bytes[count - 1] == answer_end) note_answer(load, slot);
    }
    if (load->options.mode == MODE_NEW) {
        slot->state = STATE_CLOSING;
        SSL_shutdown(slot->ssl);
        shutdown(slot->fd, SHUT_WR);
    } else {
        slot->state = STATE_READY;
        load->busy -= 1;
        load->ready += 1;
    }
}

// The proxy's part of a connection is over when its FIN is here: only then does the next one begin.
static void await_end(struct load *load, struct connection *slot) {
    char bytes[4096];
    ssize_t count;
    while ((count = recv(slot->fd, bytes, sizeof bytes, 0)) > 0) {}
    if (count == 0 || errno == ECONNRESET) finish(load, slot);
    else if (errno != EAGAIN && errno != EINTR) connection_fail(load, slot, "waiting for the end");
}

void connection_advance(struct load *load, struct connection *slot) {
    int result;
    switch (slot->state) {
    case STATE_CONNECTING: case STATE_HANDSHAKE:
        slot->state = STATE_HANDSHAKE;
        result = SSL_do_handshake(slot->ssl);
        if (result != 1) {
            must_wait(load, slot, result, "handshake");
            return;
        }
        note_handshake(load, slot->ssl);
        slot->state = STATE_REQUEST;
        // fall through
    case STATE_REQUEST:
        result = SSL_write(slot->ssl, request, sizeof request - 1);
        if (result <= 0) {
            must_wait(load, slot, result, "sending the request");
            return;
        }
        slot->state = STATE_RESPONSE;
        // fall through
    case STATE_RESPONSE: read_answer(load, slot); break;
    case STATE_READY: transfer_advance(load, slot); break;
    case STATE_CLOSING: break;
    case STATE_FREE: return;
    }
    if (slot->state == STATE_CLOSING) await_end(load, slot);
}
