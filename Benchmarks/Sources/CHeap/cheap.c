// The executable's own malloc stands before glibc's, counts and hands on. The counters are plain: the work runs in one
// thread, and what others add by chance is not in question.

#include "cheap.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <openssl/crypto.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static uint64_t allocations;
static uint64_t openssl_allocations;

void *malloc(size_t size) {
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
    allocations++;
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    allocations++;
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *block = memory;
    return 0;
}

static void *openssl_malloc(size_t size, const char *file, int line) {
    (void)file;
    (void)line;
    openssl_allocations++;
    return malloc(size);
}

static void *openssl_realloc(void *block, size_t size, const char *file, int line) {
    (void)file;
    (void)line;
    openssl_allocations++;
    return realloc(block, size);
}

static void openssl_free(void *block, const char *file, int line) {
    (void)file;
    (void)line;
    free(block);
}

int cheap_tell_openssl_apart(void) {
    return CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free);
}

uint64_t cheap_allocations(void) { return allocations; }

uint64_t cheap_openssl_allocations(void) { return openssl_allocations; }

size_t cheap_bytes_in_use(void) {
    struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

size_t cheap_resident_bytes(void) {
    // Without stdio, which allocates.
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[128];
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    // Pages: all of the program, then those in memory.
    char *rest = NULL;
    strtoul(text, &rest, 10);
    return strtoul(rest, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}
