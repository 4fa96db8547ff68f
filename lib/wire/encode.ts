import { textToBytes } from "../text/escape.js";
import { encodeFrame, MESSAGE_TYPE } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { long } from "./integers.js";
import type { JobEvent, Message, ObjectReport, Omissions, ProcessEnd, ProcessStart } from "./messages.js";
import { MILLISECOND_NS, SECOND_NS } from "./time.js";

/** A message as a frame: the inverse of {@link MessageDecoder}. */
export function encodeMessage(message: Message): Uint8Array {
  switch (message.type) {
    case "process-start":
      return encodeFrame(MESSAGE_TYPE.processStart, ogrt.ProcessStart.encode(processStartFields(message)).finish());
    case "process-end":
      return encodeFrame(MESSAGE_TYPE.processEnd, processEnd(message));
    case "job-start":
    case "job-end":
      return jobEvent(message);
  }
}

/** The fields of a process start for protobufjs. */
export function processStartFields(message: ProcessStart): ogrt.IProcessStart {
  const { program, placement, part } = message;
  const exact = !message.firstSignatureOnly;
  const whole = message.time.nanoseconds;
  const legacyTime = message.time.precision >= SECOND_NS ? whole / SECOND_NS : milliseconds(whole);
  return {
    ...optional("uuid", message.uuid, uuidBytes),
    binpath: textToBytes(program.path),
    pid: message.pid,
    parent_pid: message.parentPid,
    time: long(legacyTime),
    ...signatures(program),
    job_id: textToBytes(message.job ?? "UNKNOWN"),
    ...optional("username", message.user, textToBytes),
    ...optional("hostname", message.host, textToBytes),
    ...optional("cmdline", message.commandLine, textToBytes),
    environment_variables: message.environment.map(textToBytes),
    arguments: message.arguments.map(textToBytes),
    shared_objects: message.objects.map(sharedObject),
    loaded_modules: message.modules.map((name) => ({ name: textToBytes(name) })),
    ...optional("cwd", message.workingDirectory, textToBytes),
    ...(exact && { time_ns: long(whole) }),
    ...optional("uid", message.uid, (uid) => uid),
    ...optional("gid", message.gid, (gid) => gid),
    ...optional("euid", message.effectiveUid, (uid) => uid),
    ...optional("egid", message.effectiveGid, (gid) => gid),
    ...optional("cluster", placement.cluster, textToBytes),
    ...optional("step_id", placement.step, textToBytes),
    ...optional("array_job_id", placement.arrayJob, textToBytes),
    ...optional("array_task_id", placement.arrayTask, textToBytes),
    ...optional("node_id", placement.node, textToBytes),
    ...optional("rank", placement.rank, textToBytes),
    ...optional("local_rank", placement.localRank, textToBytes),
    ...optional("container", message.container, textToBytes),
    ...optional("ld_library_path", message.libraryPath, textToBytes),
    ...optional("ld_preload", message.preload, textToBytes),
    ...optional("omitted", message.omitted, omitted),
    ...(part && { part: part.index, shared_objects_total: part.totalObjects }),
    ...optional("binpath_device", message.programFile?.device, long),
    ...optional("binpath_inode", message.programFile?.inode, long),
    ...optional("root_device", message.root?.device, long),
    ...optional("root_inode", message.root?.inode, long),
    ...optional("root_mount_id", message.root?.mountId, long),
  };
}

function processEnd(message: ProcessEnd): Uint8Array {
  const { uuid, time, startTime, usage, childrenUsage, part } = message;
  return ogrt.ProcessEnd.encode({
    uuid: uuidBytes(uuid),
    ...optional("time", time, ({ nanoseconds }) => long(milliseconds(nanoseconds))),
    ...optional("start_time", startTime, ({ nanoseconds }) => long(milliseconds(nanoseconds))),
    ru_utime: long(usage.userTime),
    ru_stime: long(usage.systemTime),
    ru_maxrss: long(usage.maxResident),
    ru_minflt: long(usage.minorFaults),
    ru_majflt: long(usage.majorFaults),
    ru_inblock: long(usage.blocksIn),
    ru_oublock: long(usage.blocksOut),
    ru_nvcsw: long(usage.voluntarySwitches),
    ru_nivcsw: long(usage.involuntarySwitches),
    ...(time?.precision === 1n && { time_ns: long(time.nanoseconds) }),
    ...(startTime?.precision === 1n && { start_time_ns: long(startTime.nanoseconds) }),
    ...optional("pid", message.pid, (pid) => pid),
    ...(childrenUsage && {
      children_utime: long(childrenUsage.userTime),
      children_stime: long(childrenUsage.systemTime),
      children_maxrss: long(childrenUsage.maxResident),
    }),
    loaded_objects: message.objects.map(sharedObject),
    ...optional("unloaded_objects", message.unloadedObjects, long),
    ...optional("omitted", message.omitted, omitted),
    ...(part && { part: part.index, loaded_objects_total: part.totalObjects }),
  }).finish();
}

function jobEvent({ type, job, cluster, time }: JobEvent): Uint8Array {
  const fields = { job_id: textToBytes(job), ...optional("cluster", cluster, textToBytes) };
  const at = long(milliseconds(time.nanoseconds));
  if (type === "job-start") {
    return encodeFrame(MESSAGE_TYPE.jobStart, ogrt.JobStart.encode({ ...fields, start_time: at }).finish());
  }
  return encodeFrame(MESSAGE_TYPE.jobEnd, ogrt.JobEnd.encode({ ...fields, end_time: at }).finish());
}

function sharedObject(object: ObjectReport) {
  return {
    path: textToBytes(object.path),
    ...signatures(object),
    ...optional("soname", object.soname, textToBytes),
  };
}

function omitted(counts: Omissions) {
  return {
    arguments: counts.arguments,
    environment_variables: counts.environment,
    shared_objects: counts.objects,
    loaded_modules: counts.modules,
    signatures: counts.signatures,
  };
}

function signatures({ signatures, buildId, stampsUnknown }: ObjectReport) {
  const [first] = signatures;
  return {
    ...optional("signature", first, textToBytes),
    ...(signatures.length > 1 && { signatures: signatures.map(textToBytes) }),
    ...optional("build_id", buildId, (hex) => Buffer.from(hex, "hex")),
    ...(stampsUnknown && { stamps_unknown: true }),
  };
}

function optional<K extends string, T, R>(key: K, value: T | undefined, map: (value: T) => R): { [P in K]?: R } {
  return (value === undefined ? {} : { [key]: map(value) }) as { [P in K]?: R };
}

const milliseconds = (nanoseconds: bigint) => nanoseconds / MILLISECOND_NS;
export const uuidBytes = (uuid: string) => Buffer.from(uuid.replaceAll("-", ""), "hex");
