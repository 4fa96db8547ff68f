import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { formatEntry } from "../../../lib/register/index.js";
import { createStamp, stampAssembly } from "../../../lib/stamp/index.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run, source } from "../../support/toolchain.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

/* Answers that depend on files on disk, on several messages, or on the comparison of many processes. */

const folder = temporaryFolder();
const HOME = "aa".repeat(20);
const ELSEWHERE = "bb".repeat(20);
const SIGNED = "11111111-2222-4333-8444-555555555555";
const REGISTERED = "11111111-2222-4333-8444-555555555556";
const TWICE = "66666666-2222-4333-8444-555555555555";

/** Builds a file, and returns its build-id as readelf prints it. */
function build(path: string, compiler: string, ...args: string[]): { path: string; buildId: string } {
  mkdirSync(dirname(path), { recursive: true });
  run(compiler, "-o", path, "-Wl,--build-id", ...args);
  const [, buildId = ""] = /Build ID: (\w+)/.exec(run("readelf", "-nW", path)) ?? [];
  return { path, buildId };
}

/** The compilers that readelf finds in a file's .comment. */
function commentOf(path: string): string[] {
  const dump = run("readelf", "-p", ".comment", path);
  return [...dump.matchAll(/^ +\[ *[0-9a-f]+\] +(.*)$/gm)].map(([, text = ""]) => text);
}

const main = source(folder, "main.c", "int main(void) { return 0; }\n");
const other = source(folder, "other.c", "int main(void) { return 1; }\n");
const stamped = (name: string, uuid: string, software?: string) => {
  const named = software === undefined ? {} : { package: { type: "site", name: software, version: "2.0" } };
  return source(folder, name, stampAssembly(createStamp({ uuid, ...named })));
};
const COMPILERS = ["gcc", "clang"].filter(have);
if (!have("clang")) console.warn("skipped: programs compiled by clang: it is not installed");
const byCompiler = COMPILERS.map((compiler) => build(join(folder, "users", compiler, "a.out"), compiler, main));
const third = source(folder, "third.c", "int main(void) { return 2; }\n");
const silent = build(join(folder, "users", "silent"), "gcc", third);
run("objcopy", "--remove-section", ".comment", silent.path);
const withNote = stamped("noted.s", SIGNED, "noted");
const noted = build(join(folder, "users/mod/1.0/bin/noted"), "gcc", main, withNote);
const twins = [main, other].map((text, index) =>
  build(join(folder, `twin-${index}`, "twin"), "gcc", text, stamped("twin.s", TWICE)),
);

const library = (path: string, soname = basename(path)) => ({ ...object(path), soname });
const program = (path: string, signatures: string[] = [], buildId?: string) => ({
  program: object(path, signatures, buildId),
});
const late = processStart({ job: "late", objects: [] });
const split = processStart({ job: "split", objects: [object("/a")], part: { index: 0, totalObjects: 2 } });

const named = {
  register: program("/sw/mod/1.0/bin/zero", [REGISTERED]),
  signature: program("/sw/mod/1.0/bin/one", [SIGNED], HOME),
  catalogue: program("/copied/mod/1.0/bin/two", [], HOME),
  package: program(noted.path, [], noted.buildId),
  module: program("/sw/mod/1.0/bin/four"),
  path: program("/sw/five"),
};

const records: Partial<ProcessStart>[] = [
  ...Object.entries(named).map(([job, fields]) => ({ job, modules: ["mod/1.0"], ...fields })),
  ...byCompiler.map(({ path, buildId }, index) => ({ job: `compiled-${index}`, ...program(path, [], buildId) })),
  { job: "silent", ...program(silent.path, [], silent.buildId) },
  { job: "gone", ...program(join(folder, "users", "gone")) },
  ...twins.map(({ path, buildId }) => ({ job: "twins", ...program(path, [TWICE], buildId) })),
  // One of 151 processes loads it from elsewhere.
  ...Array.from({ length: 150 }, (_, pid) => ({ job: "rare", pid, objects: [library("/sw/r/lib/librare.so.1")] })),
  { job: "rare", objects: [library("/opt/r/lib/librare.so.1")] },
  ...[1, 2].map((pid) => ({ job: "usual", pid, objects: [library("/sw/n/lib/libnum.so.3")] })),
  { job: "search", libraryPath: "/opt/n/lib/;/x", objects: [library("/opt/n/lib/libnum.so.3")] },
  { job: "own", libraryPath: "/sw/solo/lib", objects: [library("/sw/solo/lib/libsolo.so.1")] },
  { job: "preloaded", preload: "/opt/p/libpre.so /x", objects: [library("/opt/p/libpre.so")] },
  { job: "license", environment: ["LM_LICENSE_FILE=27000@old"], objects: [library("/sw/l/liblmgr.so.11")] },
  { job: "license", environment: ["LM_LICENSE_FILE=27000@old"], objects: [] },
];

let collector: RunningCollector;
let client: CollectorClient;

beforeAll(async () => {
  const rules = source(
    folder,
    "rules.json",
    JSON.stringify({
      defaults: false,
      rules: [
        {
          name: "old-license-server",
          description: "it moved",
          variable: "LM_LICENSE_FILE",
          oddWhen: "matches",
          pattern: "@old(:|$)",
          sonames: ["liblmgr*"],
        },
      ],
    }),
  );
  const entry = (path: string, name: string, more: object) => ({
    path,
    kind: "executable",
    machine: "x86_64",
    size: 1,
    modified: "2026-01-01T00:00:00Z",
    package: { name, version: "1" },
    ...more,
  });
  const lines = [
    { "ogrt-catalogue": 1, created: "2026-01-01T00:00:00Z", roots: ["/sw"] },
    entry("/sw/x/signed", "by-signature", { uuids: [SIGNED], buildId: ELSEWHERE }),
    entry("/sw/x/built", "by-build-id", { buildId: HOME }),
  ];
  const catalogue = join(folder, "catalogue");
  writeFileSync(catalogue, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const register = join(folder, "register");
  mkdirSync(register);
  const stamp = { uuid: REGISTERED, scope: "link", name: "registered", version: "1", host: "h", user: "u" } as const;
  writeFileSync(join(register, "one.jsonl"), `${formatEntry({ ...stamp, time: "2026-01-01T00:00:00Z" })}\n`);
  const configuration = source(folder, "ogrt.toml", `[answers]\nenvironment-rules = ${JSON.stringify(rules)}\n`);
  const options = ["--register", register, "--catalogue", catalogue, "--host-name", "node1", "--config", configuration];
  collector = keepCollector(await startCollector(join(folder, "data"), ...options));
  client = new CollectorClient({ url: collector.where.http, token: collector.token });
  const messages = [
    ...records.map((fields) => processStart(fields)),
    late,
    processEnd(late.uuid ?? "", { objects: [library("/sw/late/liblate.so.1")] }),
    split,
    { ...split, objects: [library("/sw/later/libpart.so.1")], part: { index: 1, totalObjects: 2 } },
  ];
  await collector.send(...messages.map(encodeMessage));
  await collector.waitForFrames(messages.length);
});

afterAll(() => collector.stop("SIGKILL"));

describe("software is named", () => {
  it("by the first of signature, catalogue, package note, module and path", async () => {
    const { software } = await client.software({ limit: 1000 });
    const sourceOf = new Map(software.map((row) => [row.software, row.source]));
    expect(sourceOf.get("registered 1")).toBe("register");
    expect(sourceOf.get("by-signature 1")).toBe("catalogue");
    expect(sourceOf.get("by-build-id 1")).toBe("catalogue");
    expect(sourceOf.get("noted 2.0")).toBe("package");
    expect(sourceOf.get("mod/1.0")).toBe("module");
    expect(sourceOf.get("/sw/five")).toBe("path");
  });

  it("by its package note also where builds are listed, if nobody named its signature", async () => {
    const { objects } = await client.affected({ path: noted.path });
    expect(objects.map(({ software }) => software)).toEqual([["noted 2.0"]]);
  });
});

describe("who is affected", () => {
  it("includes objects that were loaded after the start, and those of later parts of a record", async () => {
    for (const [soname, job] of [
      ["liblate.so.1", "late"],
      ["libpart.so.1", "split"],
    ] as const) {
      const whole = await client.affected({ soname });
      expect([soname, whole.processes, whole.jobs]).toEqual([soname, 1, 1]);
      expect((await client.affectedJobs({ soname })).jobs).toMatchObject([{ job, processes: 1 }]);
      expect((await client.affectedProcesses({ soname })).processes).toMatchObject([{ job }]);
      expect((await client.affected({ soname, until: "2020-01-01" })).processes).toBe(0);
    }
  });
});

describe("a program of a user", () => {
  it("is listed with the compilers that made it", async () => {
    const { programs } = await client.userPrograms({ limit: 1000 });
    for (const { path, buildId } of byCompiler) {
      const found = programs.find((one) => one.buildId === buildId);
      expect(found).toMatchObject({ paths: [path], runs: 1 });
      expect(found?.compilers).toEqual(commentOf(path));
    }
  });

  it("has no compilers where its file names none, and unknown ones where it was not read", async () => {
    const { programs } = await client.userPrograms({ limit: 1000 });
    const compilersOf = (name: string) => programs.find(({ paths }) => paths[0]?.endsWith(`/users/${name}`))?.compilers;
    expect(compilersOf("silent")).toEqual([]);
    expect(compilersOf("gone")).toBeNull();
  });
});

describe("an odd thing", () => {
  it("is a library from a rare directory, through LD_LIBRARY_PATH, or through LD_PRELOAD", async () => {
    const { libraries } = await client.oddLibraries({ limit: 1000 });
    const reasons = new Map(libraries.map(({ path, reasons: why }) => [path, why]));
    expect(reasons.get("/opt/r/lib/librare.so.1")).toEqual(["rare-directory"]);
    expect(reasons.has("/sw/r/lib/librare.so.1")).toBe(false);
    expect(reasons.get("/opt/n/lib/libnum.so.3")).toEqual(["library-path"]);
    expect(reasons.get("/opt/p/libpre.so")).toEqual(["preload"]);
  });

  it("is not a library in its usual directory that LD_LIBRARY_PATH names", async () => {
    expect((await client.oddLibraries({ soname: "libsolo*" })).libraries).toEqual([]);
  });

  it("is a signature that was verified on two builds", async () => {
    const { objects } = await client.oddObjects({ verdict: "conflict" });
    expect(objects.map(({ path }) => path).sort()).toEqual(twins.map(({ path }) => path));
    const builds = twins.map(({ buildId }) => buildId).sort();
    for (const { verdict, buildIds } of objects) expect([verdict, buildIds]).toEqual(["conflict", builds]);
  });

  it("follows the rules of the site", async () => {
    const { environments } = await client.oddEnvironments({});
    expect(environments).toMatchObject([{ rule: "old-license-server", processes: 1, example: "27000@old" }]);
    await expect(client.oddEnvironments({ rule: "locale" })).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  });
});
