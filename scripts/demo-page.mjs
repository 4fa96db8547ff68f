#!/usr/bin/env node
// A collector with a month of realistic records, to which new ones are added until it is stopped with Ctrl-C: for work on
// the page and for its images. Needs a build. Usage: npm run demo:page [-- --http 127.0.0.1:7972] [--jobs 800]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { fs, path, tmpdir } from "zx";
import { createStamp, stampObject } from "../dist/index.js";
import { appendEntry } from "../dist/register.js";
import { createProcessStart, encodeMessage } from "../dist/wire.js";

const DAYS = 30;
const DAY_MS = 86_400_000;
/** Pause between two jobs once the past is filled. */
const LIVE_PAUSE_MS = 2000;

const { values } = parseArgs({
  options: { http: { type: "string", default: "127.0.0.1:0" }, jobs: { type: "string", default: "800" } },
});
const work = tmpdir(`ogrt-demo-page-${process.pid}`);
const installed = path.join(work, "software");
const register = path.join(work, "register");

// The same records on every run.
let state = 20261122;
function random() {
  state = (state * 1664525 + 1013904223) % 2 ** 32;
  return state / 2 ** 32;
}
const between = (from, to) => from + Math.floor(random() * (to - from + 1));
/** The first are picked far more often than the last, as on clusters. */
const pick = (list) => list[Math.floor(random() ** 2 * list.length)];

const USERS = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "mallory", "niaj"];
const HOSTS = Array.from({ length: 24 }, (_, index) => `n${`${index + 1}`.padStart(4, "0")}`);
/** Name, program, versions with the days from which they are used, and whether MPI starts it. */
const SOFTWARE = [
  ["GROMACS", "gmx_mpi", { 2023.3: 0, 2024.1: 12 }, true],
  ["VASP", "vasp_std", { "6.4.2": 0 }, true],
  ["Python", "python3.11", { "3.11.5": 0 }, false],
  ["OpenFOAM", "simpleFoam", { v2306: 0, v2312: 18 }, true],
  ["QuantumESPRESSO", "pw.x", { 7.2: 0, "7.3.1": 21 }, true],
  ["LAMMPS", "lmp", { "2Aug2023": 0 }, true],
  ["R", "R", { "4.3.2": 0 }, false],
  ["Julia", "julia", { "1.9.4": 0, "1.10.2": 25 }, false],
];
const LIBRARIES = [
  ["OpenMPI", "4.1.5", "libmpi.so.40"],
  ["OpenBLAS", "0.3.23", "libopenblas.so.0"],
  ["FFTW", "3.3.10", "libfftw3.so.3"],
  ["HDF5", "1.14.0", "libhdf5.so.310"],
];
const SYSTEM = ["/usr/bin/bash", "/usr/bin/sed", "/usr/bin/grep", "/usr/bin/cat", "/usr/bin/make", "/usr/bin/rsync"];

/** A file with a stamp that the register names. */
async function install(name, version, file) {
  const { uuid } = createStamp();
  const at = path.join(installed, name, version, file.includes(".so") ? "lib" : "bin", file);
  await fs.outputFile(at, stampObject({ uuid }, "x86_64"));
  const past = new Date(Date.now() - 2 * DAYS * DAY_MS);
  await fs.utimes(at, past, past);
  const time = past.toISOString();
  appendEntry(register, { uuid, scope: "package", name, version, host: "build1", user: "admin", time, output: at });
  const soname = file.includes(".so") ? file : undefined;
  return { path: at, signatures: [uuid], buildId: uuid.replaceAll("-", "").slice(0, 40), soname };
}

async function installAll() {
  await fs.ensureDir(register);
  const libraries = [];
  for (const [name, version, file] of LIBRARIES) {
    libraries.push({ object: await install(name, version, file), module: `${name}/${version}` });
  }
  const software = [];
  for (const [name, file, versions, isParallel] of SOFTWARE) {
    const builds = [];
    for (const [version, fromDay] of Object.entries(versions)) {
      builds.push({ program: await install(name, version, file), module: `${name}/${version}`, fromDay });
    }
    software.push({ name, builds: builds.sort((one, other) => one.fromDay - other.fromDay), isParallel });
  }
  return { libraries, software };
}

const LOADER = [{ path: "/lib64/libc.so.6", soname: "libc.so.6" }, { path: "/lib64/ld-linux-x86-64.so.2" }];
const at = (ms) => ({ nanoseconds: BigInt(Math.floor(ms)) * 1_000_000n, precision: 1_000_000n });

/** The frames of a job: a script, tools and a program with its ranks. */
function job({ libraries, software }, id, beganMs) {
  const day = DAYS - (Date.now() - beganMs) / DAY_MS;
  const { builds, isParallel } = pick(software);
  const { program, module } = pick(builds.filter(({ fromDay }) => fromDay <= day).reverse());
  const user = pick(USERS);
  const host = pick(HOSTS);
  const used = libraries.slice(0, isParallel ? 3 : 2);
  // Libraries that users built themselves stand in for some of the installed ones.
  const own = random() < 0.08 ? [{ path: `/home/${user}/lib/libopenblas.so.0`, soname: "libopenblas.so.0" }] : [];
  const objects = [...own, ...used.map(({ object }) => object), ...LOADER];
  const ranks = isParallel ? between(2, 8) : 1;
  let pid = between(1000, 200_000);
  const frames = [];
  const run = (fields, seconds, afterMs = 0) => {
    const started = beganMs + afterMs;
    const start = createProcessStart({
      time: at(started),
      job: `${id}`,
      user,
      uid: 1000 + USERS.indexOf(user),
      gid: 100,
      host,
      pid: pid++,
      parentPid: 1,
      workingDirectory: `/home/${user}/run`,
      environment: [`HOME=/home/${user}`, `OMP_NUM_THREADS=${own.length > 0 ? 1 : 4}`],
      modules: [module, ...used.map((library) => library.module)],
      ...fields,
      placement: { cluster: "alpha", node: "0", ...fields.placement },
    });
    frames.push(encodeMessage(start));
    if (random() < 0.03) return start;
    const usage = { userTime: BigInt(Math.round(seconds * 950)), systemTime: BigInt(Math.round(seconds * 30)) };
    const rest = { maxResident: BigInt(between(4, 4000) * 1024), minorFaults: 900n, majorFaults: 2n, blocksIn: 8n };
    frames.push(
      encodeMessage({
        type: "process-end",
        uuid: start.uuid,
        time: at(started + seconds * 1000),
        startTime: start.time,
        pid: start.pid,
        usage: { ...usage, ...rest, blocksOut: 64n, voluntarySwitches: 20n, involuntarySwitches: 5n },
        objects: [],
        unloadedObjects: 0n,
      }),
    );
    return start;
  };
  const seconds = between(60, 40_000);
  const script = { path: "/usr/bin/bash" };
  const { pid: shell } = run({ program: script, objects: LOADER, arguments: ["bash", "job.sh"] }, 1);
  for (let tool = 0; tool < between(1, 4); tool++) {
    run(
      { program: { path: pick(SYSTEM) }, objects: LOADER, parentPid: shell, arguments: ["tool", "input.dat"] },
      0.1,
      500,
    );
  }
  for (let rank = 0; rank < ranks; rank++) {
    const placement = { rank: `${rank}`, localRank: `${rank}`, step: "0" };
    run(
      { program, objects, parentPid: shell, placement, arguments: [program.path, "-in", "input.dat"] },
      seconds,
      2000,
    );
  }
  return frames;
}

const store = await installAll();
const tool = path.resolve(import.meta.dirname, "../dist/bin/ogrt-collector.js");
const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", values.http];
const names = ["--register", register, "--shared-root", installed, "--duplicate-window", `${2 * DAYS}`];
const args = [tool, "--data", path.join(work, "data"), ...free, ...names, "--json"];
const collector = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
const stopped = new AbortController();
process.once("SIGINT", () => stopped.abort());
process.once("SIGTERM", () => stopped.abort());
try {
  const [line] = await once(createInterface({ input: collector.stdout }), "line");
  const { tcp, http, tokenFile } = JSON.parse(line);
  const [host, port] = tcp[0].split(":");
  const socket = connect(Number(port), host);
  const send = async (frames) => {
    if (!socket.write(Buffer.concat(frames))) await once(socket, "drain");
  };
  const total = Number(values.jobs);
  const first = Date.now() - DAYS * DAY_MS;
  for (let index = 0; index < total; index++) {
    await send(job(store, 480_000 + index, first + ((index + random()) / total) * (DAYS * DAY_MS - 60_000)));
  }
  const headers = { authorization: `Bearer ${(await fs.readFile(tokenFile, "utf8")).trim()}` };
  const { url } = await (await fetch(`${http}/api/v1/login-links`, { method: "POST", headers })).json();
  console.log(`${total} jobs of ${DAYS} days. Open this link; Ctrl-C ends the collector and removes its data.\n${url}`);
  for (let id = 480_000 + total; !stopped.signal.aborted; id++) {
    await sleep(LIVE_PAUSE_MS, undefined, { signal: stopped.signal }).catch(() => {});
    await send(job(store, id, Date.now()));
  }
} finally {
  collector.kill("SIGTERM");
  await once(collector, "exit");
  await fs.remove(work);
}
