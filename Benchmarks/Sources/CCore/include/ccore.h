// The core that a process runs on. Linux.

#ifndef SLUICE_CCORE_H
#define SLUICE_CCORE_H

/// Keeps this process, and those that it starts from now on, on one core.
///
/// A negative `core` stands for the last one that is allowed. Returns the core, or a negative errno.
int ccore_pin(int core);

#endif
