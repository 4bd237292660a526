// What the process asks of the heap: how often, for whom, and what it holds; and how much of the process is in memory.
// Linux with glibc.

#ifndef SLUICE_CHEAP_H
#define SLUICE_CHEAP_H

#include <stddef.h>
#include <stdint.h>

/// Counts OpenSSL's allocations apart from now on. To be called before OpenSSL is first used.
///
/// Returns 1, or 0 when OpenSSL has allocated already.
int cheap_tell_openssl_apart(void);

/// Calls of malloc, calloc, realloc and their aligned kin since the process began, whoever made them.
uint64_t cheap_allocations(void);

/// Those of the calls that came from OpenSSL.
uint64_t cheap_openssl_allocations(void);

/// Bytes that malloc has given out and not got back (mallinfo2).
size_t cheap_bytes_in_use(void);

/// Bytes of the process that are in memory (/proc/self/statm), or 0 where the system doesn't tell.
size_t cheap_resident_bytes(void);

#endif
