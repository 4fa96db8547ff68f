import { createProcessStart, type ObjectReport, type ProcessEnd, type ProcessStart } from "../../lib/wire/index.js";

/** A record of a current client, with the given fields. */
export function processStart(fields: Partial<ProcessStart> = {}): ProcessStart {
  return createProcessStart({
    time: { nanoseconds: BigInt(Date.now()) * 1_000_000n + 123_456n, precision: 1n },
    job: "4711",
    user: "alice",
    uid: 1000,
    gid: 100,
    host: "node1",
    pid: 4242,
    parentPid: 1,
    workingDirectory: "/home/alice",
    arguments: ["/usr/bin/true", "--help"],
    environment: ["LANG=C"],
    modules: ["gcc/12.2"],
    program: object("/usr/bin/true"),
    objects: [object("/lib/libc.so.6"), object("/lib/ld-linux-x86-64.so.2")],
    ...fields,
  });
}

export function object(path: string, signatures: string[] = [], buildId?: string): ObjectReport {
  return { path, signatures, buildId, soname: undefined };
}

export function processEnd(uuid: string, fields: Partial<ProcessEnd> = {}): ProcessEnd {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    type: "process-end",
    uuid,
    time: { nanoseconds: now, precision: 1_000_000n },
    startTime: { nanoseconds: now - 1_000_000_000n, precision: 1_000_000n },
    usage: {
      userTime: 12n,
      systemTime: 3n,
      maxResident: 2048n,
      minorFaults: 100n,
      majorFaults: 1n,
      blocksIn: 0n,
      blocksOut: 8n,
      voluntarySwitches: 2n,
      involuntarySwitches: 5n,
    },
    pid: undefined,
    childrenUsage: undefined,
    objects: [],
    unloadedObjects: 0n,
    omitted: undefined,
    part: undefined,
    ...fields,
  };
}
