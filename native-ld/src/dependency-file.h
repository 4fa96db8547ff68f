/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_DEPENDENCY_FILE_H
#define OGRT_LD_DEPENDENCY_FILE_H

/*
 * Runs the linker as a child and then removes the temporary name of the stamp from its --dependency-file; otherwise
 * make would link again every time. Exits with the status or signal of the linker. Returns only if the linker cannot
 * be started.
 */
void link_with_dependency_file(const char *linker, char **arguments, const char *stamp, const char *dependency_file);

#endif
