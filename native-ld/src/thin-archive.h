/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_THIN_ARCHIVE_H
#define OGRT_LD_THIN_ARCHIVE_H

/* Starts an archive that holds the names of its members instead of their contents (ar(1), "thin archives"). */
#define THIN_MAGIC "!<thin>\n"

/* Calls `visit` with the path of each member of a thin archive. */
void visit_thin_members(const char *archive, void (*visit)(void *data, const char *path), void *data);

#endif
