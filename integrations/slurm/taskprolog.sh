#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Slurm TaskProlog that tracks every task with OGRT. In slurm.conf: TaskProlog=/etc/ogrt/taskprolog.sh
#
# To opt out, a user sets OGRT_ACTIVE=0 in the job's environment.
[ "${OGRT_ACTIVE-}" = 0 ] && exit 0

# The installed library. ld.so replaces $LIB in its path by lib or lib64, for programs of both word sizes.
library=${OGRT_PRELOAD:-/opt/ogrt/lib/libogrt.so}
server=${OGRT_SERVER:-udp://127.0.0.1:7971}

# Slurm adds each printed "export NAME=VALUE" to the environment of the task. It runs this script once per nesting level
# (salloc, srun inside it, …), so add the library only once. SLURM_JOB_ID already holds the job id. The library does not
# report scripts in /etc/ogrt and /etc/slurm, and this one starts no other program that it would report.
case ":${LD_PRELOAD-}:" in
  *[:\ ]"$library"[:\ ]*) ;;
  *) echo "export LD_PRELOAD=$library${LD_PRELOAD:+:$LD_PRELOAD}" ;;
esac
echo "export OGRT_SERVER=$server"
echo "export OGRT_ACTIVE=1"
