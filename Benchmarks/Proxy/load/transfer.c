// Bytes in one direction, as fast as they go, on connections that had their first answer.
#include "load.h"

#include <stdio.h>
#include <string.h>

enum { record_bytes = 16 << 10, reads_per_look_at_the_clock = 16 };

static char buffer[record_bytes];

void transfer_request(struct load *load, struct connection *slot) {
    // More than any run can move: the transfer ends with the time, not with the bytes.
    const char *request = load->options.mode == MODE_UP
        ? "POST /up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000000\r\n\r\n"
        : "GET /down HTTP/1.1\r\nHost: localhost\r\n\r\n";
    if (SSL_write(slot->ssl, request, (int)strlen(request)) <= 0) connection_fail(load, slot, "asking for a transfer");
}

// Down: the backend's file is finite. The next request follows its last byte.
static bool ask_again(struct load *load, struct connection *slot, int count) {
    enum { answer_end = '~' };
    if (buffer[count - 1] != answer_end) return true;
    transfer_request(load, slot);
    return slot->state != STATE_FREE;
}

void transfer_advance(struct load *load, struct connection *slot) {
    bool goes_up = load->options.mode == MODE_UP;
    if (load->options.mode == MODE_IDLE || !load->counts) return;
    for (int turn = 1; turn % reads_per_look_at_the_clock || seconds_now() < load->deadline; turn++) {
        int count = goes_up ? SSL_write(slot->ssl, buffer, sizeof buffer)
                            : SSL_read(slot->ssl, buffer, sizeof buffer);
        if (count <= 0) {
            int error = SSL_get_error(slot->ssl, count);
            if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
                connection_fail(load, slot, "transfer");
            }
            return;
        }
        load->tally.bytes += (uint64_t)count;
        if (!goes_up && !ask_again(load, slot, count)) return;
    }
}
