/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../sources/procfs.h"

/*
 * Compares the processes with /proc: at the start of the agent, and after losses of the kernel's records. What is there
 * and not known is added, what is known and not there has ended, and an executable that is another one was executed.
 */
void scan_processes(const struct procfs *procfs);
