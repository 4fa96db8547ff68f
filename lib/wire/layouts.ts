import type { Layout } from "./fields.js";

/* Field numbers of the two messages that the decoder reads by itself, as in proto/ogrt.proto. */

export const START = {
  uuid: 299,
  program: 300,
  pid: 301,
  parentPid: 302,
  time: 303,
  signature: 304,
  job: 305,
  user: 306,
  host: 307,
  commandLine: 308,
  environment: 309,
  arguments: 310,
  objects: 311,
  modules: 312,
  directory: 313,
  exactTime: 500,
  uid: 501,
  gid: 502,
  buildId: 503,
  signatures: 504,
  omitted: 505,
  effectiveUid: 506,
  effectiveGid: 507,
  cluster: 508,
  step: 509,
  arrayJob: 510,
  arrayTask: 511,
  node: 512,
  rank: 513,
  localRank: 514,
  container: 515,
  libraryPath: 516,
  preload: 517,
  programDevice: 518,
  programInode: 519,
  part: 521,
  totalObjects: 522,
  rootDevice: 523,
  rootInode: 524,
  rootMountId: 525,
  stampsUnknown: 526,
} as const;

export const END = {
  uuid: 99,
  time: 104,
  userTime: 105,
  systemTime: 106,
  maxResident: 107,
  minorFaults: 108,
  majorFaults: 109,
  blocksIn: 110,
  blocksOut: 111,
  voluntarySwitches: 112,
  involuntarySwitches: 113,
  startTime: 114,
  exactTime: 500,
  exactStartTime: 501,
  pid: 502,
  childrenUserTime: 503,
  childrenSystemTime: 504,
  childrenMaxResident: 505,
  objects: 506,
  unloadedObjects: 507,
  omitted: 508,
  part: 509,
  totalObjects: 510,
} as const;

const START_LISTS = ["environment", "arguments", "signatures"] as const;
const START_INTEGERS = [
  "pid",
  "parentPid",
  "time",
  "exactTime",
  "uid",
  "gid",
  "effectiveUid",
  "effectiveGid",
  "programDevice",
  "programInode",
  "part",
  "totalObjects",
  "rootDevice",
  "rootInode",
  "rootMountId",
  "stampsUnknown",
] as const;
const END_BYTES = ["uuid", "omitted"] as const;

const numbersOf = <N extends string>(message: Readonly<Record<N, number>>, names: readonly NoInfer<N>[]) =>
  names.map((name) => message[name]);
const othersThan = (message: Readonly<Record<string, number>>, names: readonly string[]) =>
  Object.entries(message).flatMap(([name, field]) => (names.includes(name) ? [] : [field]));

export const START_LAYOUT: Layout = {
  integers: numbersOf(START, START_INTEGERS),
  lists: numbersOf(START, START_LISTS),
  bytes: othersThan(START, [...START_INTEGERS, ...START_LISTS, "objects", "modules"]),
  objects: START.objects,
  modules: START.modules,
};

export const END_LAYOUT: Layout = {
  integers: othersThan(END, [...END_BYTES, "objects"]),
  lists: [],
  bytes: numbersOf(END, END_BYTES),
  objects: END.objects,
};
