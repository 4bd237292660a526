#ifndef SLUICE_HEAP_H
#define SLUICE_HEAP_H

#include <stddef.h>

/// Bytes that malloc has given out and not got back (glibc's mallinfo2).
size_t heap_bytes_in_use(void);

#endif
