#!/bin/sh
# SPDX-License-Identifier: MIT-0
# Slurm TaskProlog that tracks every task with OGRT. In slurm.conf: TaskProlog=/etc/ogrt/taskprolog.sh
#
# To opt out, a user sets OGRT_ACTIVE=0 in the job's environment.
[ "${OGRT_ACTIVE-}" = 0 ] && exit 0

# Where libogrt.so was installed; ld.so replaces $LIB by lib or lib64, so that a program of another word size finds its own.
library=${OGRT_PRELOAD:-/opt/ogrt/lib/libogrt.so}
server=${OGRT_SERVER:-udp://127.0.0.1:7971}

# Slurm runs this once per nesting level (salloc, srun in it, …): name the library once only. What is printed as
# "export NAME=VALUE" becomes part of the task's environment. The job's id is in SLURM_JOB_ID already.
case ":$(printf %s "${LD_PRELOAD-}" | tr ' ' ':'):" in
  *":$library:"*) ;;
  *) echo "export LD_PRELOAD=$library${LD_PRELOAD:+:$LD_PRELOAD}" ;;
esac
echo "export OGRT_SERVER=$server"
echo "export OGRT_ACTIVE=1"
