// Realistic records: 2.8 KB, 30 objects (a third of them signed), 2,000 executables, 200 users. Their files exist.
import { execFileSync } from "node:child_process";
import { copyFileSync, linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFileSource } from "../../dist/files.js";
import { readSignatures } from "../../dist/index.js";
import { encodeMessage } from "../../dist/wire.js";

export const HOST = "bench-node";
const EXECUTABLES = 2000;
const LISTS = 500;
const OBJECTS = 30;
const LIBRARIES = 120;

export function makeFrames(directory, root) {
  const source = join(directory, "x.c");
  writeFileSync(source, "int main(void) { return 0; }\n");
  const stamp = join(directory, "stamp.s");
  writeFileSync(stamp, execFileSync(process.execPath, [join(root, "dist/bin/ogrt-stamp.js")]));
  const build = (name, ...extra) => {
    const path = join(directory, name);
    execFileSync("gcc", ["-shared", "-fPIC", "-Wl,--build-id", "-o", path, source, ...extra]);
    return path;
  };
  const plain = describe(build("plain.so"));
  const signed = describe(build("signed.so", stamp));
  const install = (folder, name, of) => {
    const path = join(directory, folder, name);
    linkSync(of.path, path);
    return { ...of, path };
  };
  for (const folder of ["lib", "bin"]) mkdirSync(join(directory, folder));
  const libraries = Array.from({ length: LIBRARIES }, (_, i) =>
    install("lib", `libsoftware-component-${i}.so.1.2`, i % 3 === 0 ? signed : plain),
  );
  const lists = Array.from({ length: LISTS }, (_, i) =>
    Array.from({ length: OBJECTS }, (_, k) => libraries[(i * 7 + k * (1 + (i % 4))) % LIBRARIES]),
  );
  const records = [];
  for (let i = 0; i < EXECUTABLES; i++) {
    const program = install("bin", `program-${i}`, i % 3 === 0 ? signed : plain);
    const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
    const frame = Buffer.from(encodeMessage(record(program, lists[i % LISTS], i, time)));
    // The UUID is the first field, after two bytes of tag and one of length. The time is found by its nine bytes.
    const at = frame.indexOf(varint(time.nanoseconds));
    const head = new Uint32Array([frame.length, 11, at]);
    if (at < 0 || frame.readUInt8(10) !== 16) throw new Error("the frame is not laid out as expected");
    records.push(Buffer.from(head.buffer), frame);
  }
  const path = join(directory, "frames");
  writeFileSync(path, Buffer.concat(records));
  const size = records.filter((_, i) => i % 2 === 1).reduce((sum, frame) => sum + frame.length, 0) / EXECUTABLES;
  /** A start record of a program that did not exist before. */
  const newcomer = (i) => {
    const number = EXECUTABLES + i;
    const of = number % 3 === 0 ? signed : plain;
    const program = { ...of, path: join(directory, "bin", `program-${number}`) };
    copyFileSync(of.path, program.path);
    // The next millisecond: the file is older than its process.
    const time = { nanoseconds: BigInt(Date.now() + 1) * 1_000_000n, precision: 1n };
    return Buffer.from(encodeMessage({ ...record(program, lists[i % LISTS], i, time), uuid: crypto.randomUUID() }));
  };
  return { path, size, newcomer };

  function describe(path) {
    const file = openFileSource(path);
    const signatures = readSignatures(file).map(({ uuid }) => uuid);
    file.close();
    const notes = execFileSync("readelf", ["-n", path], { encoding: "utf8" });
    const own = join(directory, `own-${signatures.length}`);
    copyFileSync(path, own);
    return { path: own, signatures, buildId: /Build ID: ([0-9a-f]+)/.exec(notes)[1], soname: undefined };
  }
}

export function record(program, objects, i, time) {
  const user = i % 200;
  return {
    type: "process-start",
    uuid: "00000000-0000-4000-8000-000000000000",
    time,
    job: `${100_000 + (i % 300)}`,
    user: `user${user}`,
    uid: 1000 + user,
    gid: 100,
    effectiveUid: undefined,
    effectiveGid: undefined,
    host: HOST,
    pid: 1000 + i,
    parentPid: 999,
    workingDirectory: `/home/user${user}/project/run-${i % 50}`,
    arguments: [program.path, "--input", `data-${i % 100}.nc`, "--steps", "1000"],
    commandLine: undefined,
    environment: [],
    modules: ["gcc/12.2", "openmpi/4.1.4", "hdf5/1.14"],
    program,
    objects,
    placement: {
      cluster: "bench",
      step: "0",
      arrayJob: undefined,
      arrayTask: undefined,
      node: "0",
      rank: `${i % 64}`,
      localRank: `${i % 64}`,
    },
    container: undefined,
    libraryPath: undefined,
    preload: undefined,
    omitted: undefined,
    part: undefined,
    firstSignatureOnly: false,
  };
}

function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
