import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { capturedFrameOfNow, capturedFrames } from "../../support/captured-frames.js";
import { temporaryFolder } from "../../support/folder.js";
import { startSlurm } from "../../support/slurm.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
/** Somebody without rights: `nobody` when the tests run as root. */
const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
/** Nothing of the developer's environment. */
const environment = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };

function release(directory: string): string {
  execFileSync(process.execPath, [join(root, "scripts/release.mjs"), "--output", directory], { stdio: "pipe" });
  return readdirSync(directory).find((name) => name.endsWith(".tar.gz")) ?? "";
}

let tarball: string;
let home: string;
beforeAll(() => {
  chmodSync(folder, 0o755);
  tarball = release(at("first"));
  const empty = at("empty");
  mkdirSync(empty);
  if (identity.uid !== undefined) chownSync(empty, identity.uid, identity.gid);
  const unpack = spawnSync("tar", ["-xzf", at("first", tarball)], { cwd: empty, ...identity, env: environment });
  expect(unpack.status).toBe(0);
  home = join(empty, tarball.replace(/\.tar\.gz$/, ""));
}, 600_000);

const tool = (name: string, ...args: string[]) =>
  spawnSync(join(home, "bin", name), args, {
    ...identity,
    env: environment,
    encoding: "utf8",
    cwd: "/",
    timeout: 60_000,
  });

describe("the release", () => {
  it("has the same bytes when it is made again, and sums that are right", () => {
    const again = release(at("second"));
    expect(again).toBe(tarball);
    expect(readFileSync(at("second", again)).equals(readFileSync(at("first", tarball)))).toBe(true);
    for (const directory of [at("first"), home]) {
      const check = spawnSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: directory });
      expect([check.status, String(check.stdout)]).toEqual([0, ""]);
    }
    expect(readFileSync(join(home, "RELEASE"), "utf8")).toMatch(/^version \S+\ncommit [0-9a-f]{40}.*\nplatform linux-/);
  });

  it("names no place of the machine it was made on", () => {
    const found = spawnSync("grep", ["-rlF", "--exclude-dir=node_modules", root, home], { encoding: "utf8" });
    expect(found.stdout).toBe("");
    const lock = spawnSync("find", [home, "-name", "*lock*.json", "-path", "*node_modules/.*"], { encoding: "utf8" });
    expect(lock.stdout).toBe("");
  });

  it("collects, answers and ends for somebody without rights, in an empty directory and environment", async () => {
    const data = join(home, "../data");
    const free = "127.0.0.1:0";
    const args = ["--data", data, "--udp", free, "--tcp", free, "--http", free, "--json"];
    const collector = spawn(join(home, "bin/ogrt-collector"), args, {
      ...identity,
      env: environment,
      cwd: "/",
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = (await once(createInterface({ input: collector.stdout }), "line")) as [string];
      const where = JSON.parse(line) as { udp: string[] };
      const server = ["--server", `udp://${where.udp[0]}`];
      const run = tool("ogrt-run", ...server, "--job", "unpacked", "--", "/bin/echo", "hello");
      expect([run.status, run.stdout]).toEqual([0, "hello\n"]);
      // And as a TaskProlog does it, with the library at its own place.
      const preload = {
        LD_PRELOAD: join(home, "lib/libogrt.so"),
        OGRT_ACTIVE: "1",
        OGRT_SERVER: `udp://${where.udp[0]}`,
      };
      spawnSync("/bin/true", [], { env: { ...environment, ...preload, SLURM_JOB_ID: "unpacked" } });
      const ask = () => tool("ogrt-query", "--data", data, "--json", "job", "unpacked");
      for (let tries = 0; tries < 100 && !/\/true"/.test(ask().stdout); tries++) await sleep(100);
      const { processes } = JSON.parse(ask().stdout) as { processes: { program: { path: string } }[] };
      expect(processes.map(({ program }) => program.path.split("/").at(-1)).sort()).toEqual(["echo", "true"]);
      const link = join(home, "../link");
      expect(tool("ogrt-query", "--data", data, "login", "--file", link).stderr).toBe("");
      expect(readFileSync(link, "utf8")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/login\?code=/);
    } finally {
      collector.kill("SIGTERM");
    }
    expect(await once(collector, "exit")).toEqual([0, null]);
    expect(tool("ogrt-query", "--data", data, "--json", "job", "unpacked").status).toBe(0);
  });

  it("serves a Slurm as docs/guides/deploy-on-a-cluster.md says: its scripts, its tools, beside clients of the first OGRT", async (context) => {
    const data = join(home, "../slurm-data");
    const free = "127.0.0.1:0";
    const args = ["--data", data, "--udp", free, "--tcp", free, "--http", free, "--json"];
    const collector = spawn(join(home, "bin/ogrt-collector"), args, {
      ...identity,
      env: environment,
      cwd: "/",
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = (await once(createInterface({ input: collector.stdout }), "line")) as [string];
      const { udp } = JSON.parse(line) as { udp: [string] };
      // As an administrator would: the scripts of the release with two settings changed.
      const script = (name: string) =>
        readFileSync(join(home, `integrations/slurm/${name}.sh`), "utf8")
          .replace("udp://127.0.0.1:7971", `udp://${udp[0]}`)
          .replaceAll("/opt/ogrt/current/", `${home}/`)
          .replaceAll("/opt/ogrt/", `${home}/`);
      const slurm = await startSlurm(mkdtempSync(at("slurm-")), {
        settings: ["TaskProlog=DIR/taskprolog.sh", "PrologSlurmctld=DIR/prolog.sh", "EpilogSlurmctld=DIR/epilog.sh"],
        scripts: Object.fromEntries(["taskprolog", "prolog", "epilog"].map((name) => [`${name}.sh`, script(name)])),
      });
      if (typeof slurm === "string") return context.skip(`Slurm: ${slurm}`);
      writeFileSync(at("job.sh"), "#!/bin/sh\n/bin/true batch\nsrun -n 2 /bin/true step\n");
      const id = slurm("sbatch", "--parsable", "-n", "2", "--wait", "-o", "/dev/null", at("job.sh")).trim();
      const [host, port] = udp[0].split(":");
      const client = createSocket("udp4");
      for (const name of capturedFrames()) client.send(capturedFrameOfNow(name), Number(port), host);
      interface Job {
        total: number;
        events: { kind: string }[];
        processes: { arguments: string[]; claimed: { host: string }; program: { verdict: string } }[];
      }
      const job = (name: string) => {
        const { stdout } = tool("ogrt-query", "--data", data, "--json", "job", name);
        return JSON.parse(stdout) as Job;
      };
      // Sleeps first: while a tool runs, nothing else here does.
      do await sleep(300);
      while (job(id).events.length < 2 || job("4713").total < 3);
      client.close();
      const trues = job(id).processes.filter(({ arguments: [, argument] }) => /^(?:batch|step)$/.test(argument ?? ""));
      expect(trues.map(({ arguments: [, argument] }) => argument).sort()).toEqual(["batch", "step", "step"]);
      expect(new Set(trues.map(({ program }) => program.verdict))).toEqual(new Set(["unsigned"]));
      expect(job(id).events.map(({ kind }) => kind)).toEqual(["start", "end"]);
      expect(job("4713").processes.map(({ claimed }) => claimed.host)).toEqual(["vm", "vm", "vm"]);
    } finally {
      collector.kill("SIGTERM");
    }
    expect(await once(collector, "exit")).toEqual([0, null]);
  });

  it("stamps and inspects: the other tools are whole, too", () => {
    for (const name of readdirSync(join(home, "bin"))) expect([name, tool(name, "--help").status]).toEqual([name, 0]);
    expect(tool("ogrt-stamp").stdout).toContain(".note.ogrt.info");
    expect(tool("ogrt-inspect", "/bin/sh").status).toBeLessThan(2);
    const agents = existsSync("/usr/include/openssl/ssl.h") ? ["ogrt-agent", "ogrt-agent-tls"] : ["ogrt-agent"];
    expect(readdirSync(join(home, "sbin"))).toEqual(agents);
    for (const name of agents) expect(spawnSync(join(home, "sbin", name), ["--help"]).status).toBe(0);
    for (const page of ["man1/ogrt-ld.1", "man8/ogrt-agent.8"]) {
      expect(readFileSync(join(home, "share/man", page), "utf8")).toMatch(/^\.TH /m);
    }
    expect(spawnSync(join(home, "libexec/ogrt/ld/ld"), ["--version"], { encoding: "utf8" }).stdout).toMatch(/^GNU ld/);
  });
});
