#define _GNU_SOURCE

#include "ccore.h"

#include <errno.h>
#include <sched.h>

int ccore_pin(int core) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return -errno;
    if (core < 0) {
        for (core = CPU_SETSIZE - 1; core > 0 && !CPU_ISSET(core, &set);) core--;
    }
    if (core >= CPU_SETSIZE || !CPU_ISSET(core, &set)) return -EINVAL;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0 ? core : -errno;
}
