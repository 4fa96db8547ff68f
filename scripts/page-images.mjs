#!/usr/bin/env node
// Takes the images of the page in docs/images, from a collector filled with sample data. Needs a build, gcc and Chromium.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { hostname } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { $, fs, path, tmpdir, which } from "zx";
import { encodeMessage } from "../dist/wire.js";

const root = path.resolve(import.meta.dirname, "..");
const work = tmpdir(`ogrt-${process.pid}`);
const [program, library] = ["solve", "libmatrix.so.1"].map((name) => path.join(work, name));
const [before, after] = ["4711", "4712"];
const tool = (name) => path.join(root, `dist/bin/${name}.js`);

/** Builds a library with a new stamp, and returns its UUID. */
async function buildLibrary() {
  const { uuid } = JSON.parse((await $`node ${tool("ogrt-stamp")} --json`).stdout);
  await $({ cwd: work })`node ${tool("ogrt-stamp")} --uuid ${uuid} -o library.s`;
  await $({ cwd: work })`gcc -shared -fPIC -o ${library} -Wl,-soname,libmatrix.so.1 matrix.c library.s`;
  return uuid;
}

/** Runs a job before and after the library was built again; returns the UUID of the first library's stamp. */
async function runJobs({ tcp, tokenFile, http }) {
  await fs.writeFile(path.join(work, "matrix.c"), "int rank(void) { return 3; }\n");
  await fs.writeFile(path.join(work, "solve.c"), "int rank(void);\nint main(void) { return rank() != 3; }\n");
  const uuid = await buildLibrary();
  await $({ cwd: work })`node ${tool("ogrt-stamp")} -o program.s`;
  await $({ cwd: work })`gcc -o ${program} solve.c program.s ${library} -Wl,-rpath,${work}`;
  const run = (job, env, ...command) =>
    $({
      env: { ...process.env, ...env },
    })`node ${tool("ogrt-run")} --server tcp://${tcp[0]} --job ${job} -- ${command}`;
  await run(before, { LOADEDMODULES: "GCC/12.2.0:matrix/1.0", OMP_NUM_THREADS: "4" }, program);
  await run(before, {}, "sh", "-c", `ls -d / > /dev/null; sleep 0.2; ${program}; :`);
  // Until the records of the first job are verified, which needs the first library.
  const options = ["--server", http, "--token-file", tokenFile, "--json"];
  while (JSON.parse((await $`node ${tool("ogrt-query")} ${options} job ${before}`.nothrow()).stdout).total < 5) {
    await sleep(200);
  }
  await buildLibrary();
  await run(after, { LOADEDMODULES: "GCC/13.1.0:matrix/1.1", OMP_NUM_THREADS: "8" }, program, "--verbose");
  return uuid;
}

/** Sends records of several users and jobs, as a cluster does. */
async function sendRecords({ udp }) {
  const samples = path.join(work, "samples.mjs");
  const source = path.join(root, "test/wire/samples.ts");
  await build({ entryPoints: [source], outfile: samples, bundle: true, platform: "node", format: "esm" });
  const { processStart, processEnd, object } = await import(samples);
  const [host, port] = udp[0].split(":");
  const socket = createSocket("udp4");
  for (let index = 0; index < 240; index++) {
    const start = processStart({
      job: `${4720 + (index % 30)}`,
      user: ["alice", "bob", "carol", "dave"][index % 4],
      host: index % 3 === 0 ? `node${(index % 7) + 1}` : hostname(),
      pid: 5000 + index,
      program: object(["/usr/bin/gcc", "/usr/bin/make", "/usr/bin/env", program][index % 4]),
      objects: [object("/lib/x86_64-linux-gnu/libc.so.6"), object("/opt/old/libblas.so.3")],
    });
    socket.send(encodeMessage(start), Number(port), host);
    socket.send(encodeMessage(processEnd(start.uuid)), Number(port), host);
    await sleep(20);
  }
  socket.close();
}

async function takeImages({ http, tokenFile }, uuid) {
  const executablePath = await which("chromium");
  // Containers forbid the sandbox. The browser shows only this collector.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const take = async (name, address, options = {}) => {
    const size = { width: 1280, height: 900 };
    const context = await browser.newContext({ viewport: size, timezoneId: "UTC", storageState, ...options });
    const page = await context.newPage();
    await page.goto(new URL(address, http).href);
    // The live view and the rates need a few seconds.
    await sleep(5000);
    await page.screenshot({ path: path.join(root, "docs/images", `page-${name}.png`) });
    await context.close();
  };
  const session = await browser.newContext();
  const token = (await fs.readFile(tokenFile, "utf8")).trim();
  const headers = { authorization: `Bearer ${token}` };
  const { url } = await (await fetch(`${http}/api/v1/login-links`, { method: "POST", headers })).json();
  await session.request.get(url, { maxRedirects: 0 });
  const storageState = await session.storageState();
  await take("overview", "/");
  await take("live", "/live");
  await take("lookup", `/lookup?q=${uuid}`);
  await take("job", `/job?id=${before}`, { colorScheme: "dark", viewport: { width: 1280, height: 600 } });
  await take("compare", `/compare?first=${before}&second=${after}`);
  await browser.close();
}

const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
const args = [tool("ogrt-collector"), "--data", path.join(work, "data"), ...free, "--json"];
const collector = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
try {
  const [line] = await once(createInterface({ input: collector.stdout }), "line");
  const endpoints = JSON.parse(line);
  const uuid = await runJobs(endpoints);
  await sendRecords(endpoints);
  await takeImages(endpoints, uuid);
} finally {
  collector.kill("SIGTERM");
  await once(collector, "exit");
  await fs.remove(work);
}
