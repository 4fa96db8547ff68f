import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import {
  catalogueEntry,
  type FileFinding,
  type Finding,
  fileReport,
  filterTest,
  inspect,
} from "../../lib/inspect/index.js";
import { inspectFile } from "../../lib/inspect/inspect-file.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, "modules", name);
const uuid = freshUuid();

beforeAll(() => {
  mkdirSync(join(folder, "modules"));
  const text = '.section .modinfo,"a"\n.asciz "license=GPL"\n';
  run("gcc", "-c", "-o", join(folder, "module.o"), source(folder, "module.s", text));
  run("gcc", "-c", "-o", join(folder, "stamp.o"), stampFile(folder, "stamp.s", uuid));
  run("ld", "-r", "--build-id", "-o", at("plain.ko"), join(folder, "module.o"), join(folder, "stamp.o"));
});

async function file(path: string, limitScale = 1): Promise<FileFinding> {
  const found = await inspectFile(path, { limitScale });
  if (found?.finding !== "file") throw new Error(`no finding on ${path}: ${JSON.stringify(found)}`);
  return found;
}

describe("a compressed kernel module", () => {
  it.each([
    ["gzip", "gz", ["gzip", "-k"]],
    ["zstd", "zst", ["zstd", "-q", "-f"]],
    ["zstd", "zst", ["zstd", "-q", "-f", "-19", "-T0"]],
    ["xz", "xz", ["xz", "-k"]],
    // As `make modules_install` of Linux calls it.
    ["xz", "xz", ["xz", "-k", "--check=crc32", "--lzma2=dict=1MiB"]],
    ["xz", "xz", ["xz", "-k", "-9e", "-T0"]],
  ])("by %s (.ko.%s) shows what the module in it states: %j", async (compression, suffix, [tool = "", ...options]) => {
    if (!have(tool)) return console.warn(`${tool} is not installed: not tried`);
    run("rm", "-f", at(`plain.ko.${suffix}`));
    run(tool, ...options, at("plain.ko"));
    const plain = await file(at("plain.ko"));
    const packed = await file(at(`plain.ko.${suffix}`));
    expect(plain).toMatchObject({ kind: "kernel module", signatures: [{ uuid }], buildId: expect.any(String) });
    for (const key of ["kind", "machine", "bits", "signatures", "buildId", "notes", "hardening", "problems"] as const) {
      expect(packed[key], key).toEqual(plain[key]);
    }
    expect(packed).toMatchObject({ compression, size: readFileSync(at(`plain.ko.${suffix}`)).length });
    expect(fileReport(packed)).toContain(`compression:  ${compression}\n`);
  });

  it("is found in a tree", async () => {
    writeFileSync(at("tree.ko.gz"), gzipSync(readFileSync(at("plain.ko"))));
    // Neither the name alone nor the first bytes alone make a kernel module.
    writeFileSync(at("name.ko.zst"), "plain text, not zstd");
    writeFileSync(at("other.gz"), gzipSync(readFileSync(at("plain.ko"))));
    writeFileSync(at("empty.ko.gz"), "");
    const findings: Finding[] = [];
    for await (const finding of inspect([join(folder, "modules")])) findings.push(finding);
    const names = findings.map(({ path }) => path.slice(at("").length + 1));
    expect(names).toContain("tree.ko.gz");
    for (const name of ["name.ko.zst", "other.gz", "empty.ko.gz"]) expect(names).not.toContain(name);
  });

  const packed = (tool: string, name: string, content: Uint8Array, ...options: string[]) => {
    writeFileSync(join(folder, name), content);
    run(tool, "-q", "-f", ...options, join(folder, name));
    return readFileSync(join(folder, `${name}.${SUFFIXES[tool]}`));
  };
  const plain = () => readFileSync(at("plain.ko"));

  it.each<[string, string, string, () => Uint8Array, object]>([
    ["gzip", "damaged", "gz", () => gzipSync(plain()).fill(7, 30, 60), { problem: "malformed" }],
    ["gzip", "cut", "gz", () => gzipSync(plain()).subarray(0, -20), { problem: "malformed" }],
    ["zstd", "cut", "zst", () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 9, 0, 0, 0), { problem: "malformed" }],
    ["xz", "damaged", "xz", () => packed("xz", "bad.ko", plain()).fill(7, 100, 130), { problem: "malformed" }],
    ["xz", "cut", "xz", () => packed("xz", "bad.ko", plain()).subarray(0, -20), { problem: "malformed" }],
    ["xz", "cut to its magic", "xz", () => packed("xz", "bad.ko", plain()).subarray(0, 8), { problem: "malformed" }],
    ["gzip", "something else", "gz", () => gzipSync("text"), { problem: "not ELF", error: { code: "NOT_ELF" } }],
    ["xz", "something else", "xz", () => packed("xz", "bad.ko", Buffer.from("text")), { problem: "not ELF" }],
  ])("by %s that is %s is a problem", async (tool, _, suffix, content, expected) => {
    if (!have(tool)) return console.warn(`${tool} is not installed: not tried`);
    writeFileSync(at(`bad.ko.${suffix}`), content());
    expect(await inspectFile(at(`bad.ko.${suffix}`), {}, at("."))).toMatchObject({ finding: "problem", ...expected });
  });

  it.each(["gzip", "zstd", "xz"])("by %s costs the budget of a file, and says that it was not read", async (tool) => {
    if (!have(tool)) return console.warn(`${tool} is not installed: not tried`);
    // Of the module, all that is inflated; of the others, as much as the budget of 500,000 steps pays for.
    const large = Buffer.concat([plain(), Buffer.alloc(40 << 20)]);
    const bomb = packed(tool, "large.ko", large);
    writeFileSync(at(`large.ko.${SUFFIXES[tool]}`), bomb);
    expect(bomb.length).toBeLessThan(100_000);
    const found = await file(at(`large.ko.${SUFFIXES[tool]}`));
    expect(found).toMatchObject({ kind: "kernel module", compression: tool, signatures: [], unread: ["content"] });
    expect(found.problems).toMatchObject([{ code: "LIMIT_EXCEEDED", message: expect.stringContaining("maxSteps") }]);
    expect(found).not.toHaveProperty("machine");
    for (const stamped of [true, false]) expect(filterTest({ stamped })(found)).toBe(false);
    expect(fileReport(found)).toContain("not read, over a limit: content");
    expect(catalogueEntry(found)).not.toHaveProperty("machine");
    const raised = await file(at(`large.ko.${SUFFIXES[tool]}`), 2);
    expect(raised).toMatchObject({ signatures: [{ uuid }], problems: [] });
  });

  it("of more bytes than the budget pays for is not even read", async () => {
    writeFileSync(at("sparse.ko.gz"), gzipSync(plain()));
    truncateSync(at("sparse.ko.gz"), 2 ** 34);
    expect(await file(at("sparse.ko.gz"))).toMatchObject({ unread: ["content"] });
  });
});

const SUFFIXES: Readonly<Record<string, string>> = { gzip: "gz", zstd: "zst", xz: "xz" };
