import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Finding, inspect, type ScanOptions } from "../../lib/inspect/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const uuid = freshUuid();
const LATIN1 = Buffer.concat([Buffer.from(at("tree", "gr")), Buffer.from([0xf6, 0xdf]), Buffer.from("e")]);
const isRoot = process.getuid?.() === 0;

async function scan(paths: (string | Buffer)[], options?: ScanOptions) {
  const result = inspect(paths, options);
  const findings: Finding[] = [];
  for await (const finding of result) findings.push(finding);
  const byName = new Map(findings.map((finding) => [finding.path.slice(at("tree").length + 1), finding]));
  return { findings, byName, summary: result.summary };
}

beforeAll(() => {
  source(folder, "main.c", "int main(void) { return 0; }\n");
  stampFile(folder, "stamp.s", uuid);
  mkdirSync(at("tree", "sub"), { recursive: true });
  run("gcc", "-g", "-o", at("tree", "stamped"), at("main.c"), at("stamp.s"));
  run("gcc", "-o", at("tree", "sub", "plain"), at("main.c"));
  run("objcopy", "--only-keep-debug", at("tree", "stamped"), at("tree", "stamped.debug"));
  run("ar", "rcs", at("tree", "libstamp.a"), at("tree", "sub", "plain"));
  writeFileSync(at("tree", "cut"), readFileSync(at("tree", "stamped")).subarray(0, 3000));
  writeFileSync(at("tree", "magic"), "\x7fELF", "latin1");
  writeFileSync(at("tree", "empty"), "");
  writeFileSync(at("tree", "text"), "#!/bin/sh\n");
  writeFileSync(LATIN1, readFileSync(at("tree", "sub", "plain")));
  writeFileSync(at("tree", "new\nline\u001b"), readFileSync(at("tree", "sub", "plain")));
  writeFileSync(at("tree", "sparse"), readFileSync(at("tree", "sub", "plain")));
  truncateSync(at("tree", "sparse"), 5 * 2 ** 30);
  linkSync(at("tree", "stamped"), at("tree", "sub", "hard-link"));
  symlinkSync("..", at("tree", "sub", "loop"));
  symlinkSync("/dev/zero", at("tree", "sub", "device"));
  run("mkfifo", at("tree", "fifo"));
});

describe("a hostile tree that changes", () => {
  it("refuses a single path, whose first character would be the root of all files", () => {
    expect(() => inspect(at("tree"))).toThrow("inspect expects a list of paths");
  });

  it("yields each ELF file once, and each problem with its kind, and continues", async () => {
    const { byName, summary } = await scan([at("tree")]);
    expect(byName.get("stamped") ?? byName.get("sub/hard-link")).toMatchObject({ kind: "PIE", signatures: [{ uuid }] });
    expect(byName.get("stamped.debug")).toMatchObject({ kind: "debug file" });
    expect(byName.get("cut")).toMatchObject({ problem: "malformed", error: { code: "MALFORMED_ELF" } });
    expect(byName.get("magic")).toMatchObject({ problem: "malformed" });
    expect(byName.get("sparse")).toMatchObject({ kind: "PIE", size: 5 * 2 ** 30 });
    expect([...byName.keys()].filter((name) => /text|empty|fifo|device|loop/.test(name))).toEqual([]);
    expect(summary).toMatchObject({
      elf: 6,
      stamped: 1,
      unstamped: 4,
      debug: 1,
      duplicates: 1,
      malformed: 2,
      special: 1,
    });
  });

  it("shows names that are not UTF-8 reversibly, and others unchanged", async () => {
    const { byName } = await scan([at("tree")]);
    expect(byName.get("gr\\xf6\\xdfe")).toMatchObject({ kind: "PIE" });
    expect(byName.get("new\nline\u001b")).toMatchObject({ kind: "PIE" });
  });

  it("reads archives on request", async () => {
    const { byName, summary } = await scan([at("tree")], { archives: true });
    expect(byName.get("libstamp.a")).toMatchObject({ kind: "archive", members: [{ name: "plain", kind: "PIE" }] });
    expect(summary.archives).toBe(1);
  });

  it.skipIf(isRoot)("reports files without permission", async () => {
    mkdirSync(at("closed", "directory"), { recursive: true });
    writeFileSync(at("closed", "file"), "");
    chmodSync(at("closed", "file"), 0);
    chmodSync(at("closed", "directory"), 0);
    const { findings, summary } = await scan([at("closed")]);
    chmodSync(at("closed", "directory"), 0o755);
    expect(findings.map(({ finding, ...rest }) => ("problem" in rest ? rest.problem : finding)).sort()).toEqual([
      "directory",
      "unreadable",
    ]);
    expect(summary.unreadable).toBe(2);
  });

  it("does not open sockets, and reports vanished files", async () => {
    const server = createServer().listen(at("tree", "socket"));
    writeFileSync(at("tree", "sub", "short-lived"), readFileSync(at("tree", "sub", "plain")));
    const result = inspect([at("tree")]);
    const kinds: string[] = [];
    for await (const finding of result) {
      // At the first finding the top directory is listed, but the subdirectory is not.
      if (kinds.length === 0) unlinkSync(at("tree", "sub", "short-lived"));
      kinds.push(finding.finding);
    }
    server.close();
    expect(result.summary.special).toBe(2);
    expect(result.summary.unreadable).toBe(0);
  });

  it("can be interrupted, and reports it", async () => {
    const abort = new AbortController();
    abort.abort();
    const { findings, summary } = await scan([at("tree")], { signal: abort.signal });
    expect(findings).toEqual([]);
    expect(summary.interrupted).toBe(true);
  });

  it("does not enter /proc, /sys and /dev", async () => {
    const { summary } = await scan(["/proc", "/sys"]);
    expect(summary).toMatchObject({ files: 0, elf: 0 });
  });
});

describe("paths given by name", () => {
  it("follow symbolic links, and report files that are not ELF", async () => {
    symlinkSync("tree/stamped", at("link"));
    const { findings } = await scan([at("link"), at("tree", "text"), at("tree", "fifo"), at("absent")]);
    expect(findings).toMatchObject([
      { kind: "PIE", signatures: [{ uuid }] },
      { problem: "not ELF", error: { code: "NOT_ELF" } },
      { problem: "special" },
      { problem: "unreadable", error: { message: `${at("absent")}: cannot be read: no such file` } },
    ]);
  });

  it("may be any bytes", async () => {
    const { findings } = await scan([LATIN1]);
    expect(findings).toMatchObject([{ kind: "PIE", path: `${at("tree")}/gr\\xf6\\xdfe` }]);
  });
});

describe("include and exclude", () => {
  it.each([
    [{ include: ["stamped*"] }, ["stamped", "stamped.debug"]],
    [{ include: ["**/sub/*"] }, ["sub/plain"]],
    [{ include: ["stamped*"], exclude: ["*.debug"] }, ["stamped"]],
  ])("%j", async (options, expected) => {
    const { byName } = await scan([at("tree")], options);
    expect([...byName.keys()].filter((name) => name !== "sub/hard-link").sort()).toEqual(expected);
  });

  it("does not list an excluded directory", async () => {
    const { summary } = await scan([at("tree")], { exclude: ["sub"] });
    expect(summary.directories).toBe(1);
  });
});

it("computes SHA-256 as sha256sum does", async () => {
  const { findings } = await scan([at("tree", "stamped")], { hash: true });
  expect(findings).toMatchObject([{ sha256: run("sha256sum", at("tree", "stamped")).split(" ")[0] }]);
});

it("yields the same findings in the same order with any number of threads", async () => {
  const trees = ["/usr/bin", "/usr/sbin"];
  const alone = await scan(trees, { threads: 1 });
  const together = await scan(trees, { threads: 3 });
  expect(alone.summary.files).toBeGreaterThan(200);
  expect(together.summary).toEqual(alone.summary);
  expect(together.findings).toEqual(alone.findings);
});

it("counts files that two given paths share once", async () => {
  const { findings, summary } = await scan([at("tree", "sub"), at("tree")]);
  const plain = findings.filter(({ path }) => path === at("tree", "sub", "plain"));
  expect(plain).toHaveLength(1);
  // sub/plain, and the hard link by its two names.
  expect(summary.duplicates).toBe(3);
});
