#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Slurm PrologSlurmctld that reports the start of a job to the collector. In slurm.conf:
#   PrologSlurmctld=/etc/ogrt/prolog.sh
#
# To opt out, remove it from slurm.conf. The collector then knows jobs only from their processes.
server=${OGRT_SERVER:-udp://127.0.0.1:7971}

# Always succeed, because a failing prolog can drain nodes and delay jobs.
timeout 5 "${OGRT_RUN:-/opt/ogrt/current/bin/ogrt-run}" --server "$server" --job-start "$SLURM_JOB_ID" >/dev/null 2>&1
exit 0
