import { randomUUID } from "node:crypto";
import type { ObjectReport, Placement, ProcessStart } from "./messages.js";
import { MILLISECOND_NS } from "./time.js";

/** What is known of an object. Only its path is required. */
export type ObjectInput = Pick<ObjectReport, "path"> & Partial<ObjectReport>;

/** What a process start must have, and what it may have. */
export interface ProcessStartInput
  extends Partial<Omit<ProcessStart, "type" | "pid" | "parentPid" | "program" | "objects" | "placement">> {
  readonly pid: number;
  readonly parentPid: number;
  readonly program: ObjectInput;
  readonly objects?: readonly ObjectInput[];
  readonly placement?: Partial<Placement>;
}

/**
 * A process start with a random UUID and the current time, unless the fields say otherwise; what they lack is unknown.
 *
 * @throws TypeError for a program of JavaScript that leaves out what is required or gives a job as a number, rather than
 * when the frame is encoded.
 */
export function createProcessStart({ program, objects = [], placement, ...fields }: ProcessStartInput): ProcessStart {
  const { pid, parentPid, job } = fields;
  const isWhole = [pid, parentPid].every((id) => Number.isInteger(id) && id >= 0) && typeof program?.path === "string";
  if (!isWhole)
    throw new TypeError("a process start requires pid and parentPid, whole numbers of at least 0, and program.path");
  if (job !== undefined && typeof job !== "string") throw new TypeError("the job of a process start is a string");
  return {
    type: "process-start",
    uuid: randomUUID(),
    time: { nanoseconds: BigInt(Date.now()) * MILLISECOND_NS, precision: MILLISECOND_NS },
    job: undefined,
    user: undefined,
    uid: undefined,
    gid: undefined,
    effectiveUid: undefined,
    effectiveGid: undefined,
    host: undefined,
    workingDirectory: undefined,
    arguments: [],
    commandLine: undefined,
    environment: [],
    modules: [],
    program: objectReport(program),
    objects: objects.map(objectReport),
    placement: { ...NOWHERE, ...placement },
    container: undefined,
    libraryPath: undefined,
    preload: undefined,
    omitted: undefined,
    part: undefined,
    firstSignatureOnly: false,
    ...fields,
  };
}

const objectReport = (fields: ObjectInput): ObjectReport => ({
  signatures: [],
  buildId: undefined,
  soname: undefined,
  ...fields,
});

const NOWHERE: Placement = {
  cluster: undefined,
  step: undefined,
  arrayJob: undefined,
  arrayTask: undefined,
  node: undefined,
  rank: undefined,
  localRank: undefined,
};
