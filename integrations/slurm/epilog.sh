#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Slurm EpilogSlurmctld that tells OGRT's collector that a job has ended. In slurm.conf: EpilogSlurmctld=/etc/ogrt/epilog.sh
#
# To opt out, do not name it there: the ends of jobs are then not known.
server=${OGRT_SERVER:-udp://127.0.0.1:7971}

# An epilog that fails drains nodes: whatever happens here, it ends well.
timeout 5 "${OGRT_RUN:-/opt/ogrt/bin/ogrt-run}" --server "$server" --job-end "$SLURM_JOB_ID" >/dev/null 2>&1
exit 0
