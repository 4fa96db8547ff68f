/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_DEPFILE_H
#define OGRT_LD_DEPFILE_H

/*
 * Runs the linker as a child, because it writes a makefile of its inputs (--dependency-file) in which the stamp's
 * passing name must not stay: make would link anew for ever. Ends this process as the linker ended. Returns only when
 * the linker could not be started.
 */
void link_and_tidy(const char *linker, char **arguments, const char *stamp, const char *dependency_file);

#endif
