#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Slurm EpilogSlurmctld that reports the end of a job to the collector. In slurm.conf:
#   EpilogSlurmctld=/etc/ogrt/epilog.sh
#
# To opt out, remove it from slurm.conf. The collector then does not know when jobs end.
server=${OGRT_SERVER:-udp://127.0.0.1:7971}

# Always succeed, because a failing epilog can drain nodes.
timeout 5 "${OGRT_RUN:-/opt/ogrt/current/bin/ogrt-run}" --server "$server" --job-end "$SLURM_JOB_ID" >/dev/null 2>&1
exit 0
