#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Slurm PrologSlurmctld that makes a job known to OGRT's collector. In slurm.conf: PrologSlurmctld=/etc/ogrt/prolog.sh
#
# To opt out, do not name it there: jobs are then known by their processes only.
server=${OGRT_SERVER:-udp://127.0.0.1:7971}

# A prolog that fails drains nodes and holds jobs up: whatever happens here, the job goes on.
timeout 5 "${OGRT_RUN:-/opt/ogrt/bin/ogrt-run}" --server "$server" --job-start "$SLURM_JOB_ID" >/dev/null 2>&1
exit 0
