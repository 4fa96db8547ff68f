/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_THIN_H
#define OGRT_LD_THIN_H

/* Calls `visit` with the path of each member of a thin archive (GNU ar, "thin"), which holds names instead of contents.
 */
void thin_members(const char *archive, void (*visit)(void *data, const char *path), void *data);

#endif
