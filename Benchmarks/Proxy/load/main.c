// load MODE --port PORT --connections N --seconds S [--tls 1.2|1.3] [--resume]
//
// Opens a first connection in each slot, prints `ready`, waits for a line on standard input, measures, prints one line
// of JSON. MODE_IDLE measures nothing: it holds its connections until standard input ends.
#include "load.h"

#include <errno.h>
#include <openssl/err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { opening_at_once = 64, events_max = 256, grace_seconds = 5, micros_max = 4000000 };

double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void usage(void) {
    fputs("usage: load new|down|up|idle --port PORT --connections N --seconds S [--tls 1.2|1.3] [--resume]\n", stderr);
    exit(64);
}

static enum mode mode_named(const char *name) {
    static const char *const names[] = {"new", "down", "up", "idle"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) == 0) return (enum mode)i;
    }
    usage();
    return MODE_NEW;
}

static struct options parse(int count, char **words) {
    struct options options = {.connections = 1, .version = TLS1_3_VERSION, .seconds = 1};
    if (count < 2) usage();
    options.mode = mode_named(words[1]);
    for (int i = 2; i < count; i++) {
        if (strcmp(words[i], "--resume") == 0) {
            options.resumes = true;
            continue;
        }
        if (i + 1 == count) usage();
        const char *name = words[i], *value = words[++i];
        if (strcmp(name, "--port") == 0) options.port = atoi(value);
        else if (strcmp(name, "--connections") == 0) options.connections = atoi(value);
        else if (strcmp(name, "--seconds") == 0) options.seconds = atof(value);
        else if (strcmp(name, "--tls") == 0) options.version = strcmp(value, "1.2") ? TLS1_3_VERSION : TLS1_2_VERSION;
        else usage();
    }
    if (options.port <= 0 || options.connections <= 0 || options.seconds < 0) usage();
    return options;
}

// Waits for readiness once, and takes every connection that has it further.
static void turn(struct load *load, int milliseconds) {
    struct epoll_event events[events_max];
    int count = epoll_wait(load->epoll, events, events_max, milliseconds);
    for (int i = 0; i < count; i++) {
        ERR_clear_error();
        connection_advance(load, events[i].data.ptr);
    }
}

// One connection in every slot, a few at a time, until each is open or (MODE_NEW) over.
static void open_all(struct load *load) {
    int next = 0, count = load->options.connections;
    double last = seconds_now() + grace_seconds + count / 100.0;
    while ((next < count || load->busy > 0) && seconds_now() < last && load->tally.failed == 0) {
        while (next < count && load->busy < opening_at_once) {
            if (!connection_begin(load, &load->slots[next++])) {
                perror("load: connect");
                exit(1);
            }
        }
        turn(load, 100);
    }
    int open = load->options.mode == MODE_NEW ? count : load->ready;
    if (load->tally.failed > 0 || open < count || load->busy > 0) {
        fprintf(stderr, "load: only %d of %d connections opened\n", load->ready, count);
        exit(1);
    }
}

static void begin_free_slots(struct load *load) {
    for (int i = 0; i < load->options.connections && load->busy < load->options.connections; i++) {
        if (load->slots[i].state != STATE_FREE) continue;
        if (!connection_begin(load, &load->slots[i])) load->tally.failed += 1;
    }
}

static void measure(struct load *load) {
    bool opens = load->options.mode == MODE_NEW;
    double begun = seconds_now();
    load->deadline = begun + load->options.seconds;
    load->counts = true;
    for (int i = 0; !opens && i < load->options.connections; i++) {
        transfer_request(load, &load->slots[i]);
        if (load->slots[i].state != STATE_FREE) transfer_advance(load, &load->slots[i]);
    }
    while (seconds_now() < load->deadline) {
        if (opens) begin_free_slots(load);
        turn(load, 10);
    }
    while (opens && load->busy > 0 && seconds_now() < load->deadline + grace_seconds) turn(load, 10);
    if (opens) load->tally.failed += load->busy;
}

static int by_value(const void *left, const void *right) {
    uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;
    return (l > r) - (l < r);
}

static uint32_t percentile(const struct tally *tally, double share) {
    if (tally->micros_count == 0) return 0;
    return tally->micros[(size_t)(share * (double)(tally->micros_count - 1))];
}

static void report(struct load *load) {
    struct tally *tally = &load->tally;
    qsort(tally->micros, tally->micros_count, sizeof *tally->micros, by_value);
    printf("{\"version\": \"%s\", \"suite\": \"%s\", \"group\": \"%s\", \"open\": %d, \"seconds\": %.3f, "
           "\"in_time\": %ld, \"done\": %ld, \"resumed\": %ld, \"failed\": %ld, \"bytes\": %llu, "
           "\"p50_us\": %u, \"p99_us\": %u}\n",
        load->version, load->suite, load->group, load->ready, load->options.seconds, tally->in_time, tally->done,
        tally->resumed, tally->failed, (unsigned long long)tally->bytes, percentile(tally, 0.5),
        percentile(tally, 0.99));
    fflush(stdout);
}

int main(int count, char **words) {
    static struct load load;
    char line[64];
    signal(SIGPIPE, SIG_IGN);
    load.options = parse(count, words);
    load.context = connection_context(&load.options);
    load.slots = calloc((size_t)load.options.connections, sizeof *load.slots);
    load.tally.micros = calloc(micros_max, sizeof *load.tally.micros);
    load.tally.micros_room = micros_max;
    load.epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!load.context || !load.slots || !load.tally.micros || load.epoll < 0) return 1;
    open_all(&load);
    printf("ready\n");
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin)) return 1;
    if (load.options.mode != MODE_IDLE) measure(&load);
    report(&load);
    // Held until the harness has looked: closing 5,000 connections costs the proxy time that isn't to be counted.
    while (fgets(line, sizeof line, stdin)) {}
    return 0;
}
