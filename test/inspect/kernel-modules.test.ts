import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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

function file(path: string): FileFinding {
  const found = inspectFile(path, {});
  if (found?.finding !== "file") throw new Error(`no finding on ${path}: ${JSON.stringify(found)}`);
  return found;
}

describe("a compressed kernel module", () => {
  it.each([
    ["gzip", "gz", ["gzip", "-k"]],
    ["zstd", "zst", ["zstd", "-q", "-f"]],
    ["zstd", "zst", ["zstd", "-q", "-f", "-19", "-T0"]],
  ])("by %s (.ko.%s) shows what the module in it states: %j", (compression, suffix, [tool = "", ...options]) => {
    if (!have(tool)) return console.warn(`${tool} is not installed: not tried`);
    run("rm", "-f", at(`plain.ko.${suffix}`));
    run(tool, ...options, at("plain.ko"));
    const plain = file(at("plain.ko"));
    const packed = file(at(`plain.ko.${suffix}`));
    expect(plain).toMatchObject({ kind: "kernel module", signatures: [{ uuid }], buildId: expect.any(String) });
    for (const key of ["kind", "machine", "bits", "signatures", "buildId", "notes", "hardening", "problems"] as const) {
      expect(packed[key], key).toEqual(plain[key]);
    }
    expect(packed).toMatchObject({ compression, size: readFileSync(at(`plain.ko.${suffix}`)).length });
    expect(fileReport(packed)).toContain(`compression:  ${compression}\n`);
  });

  it("by xz is a kernel module that was not read, neither stamped nor unstamped", () => {
    if (!have("xz")) return console.warn("xz is not installed: not tried");
    run("xz", "-k", "--check=crc32", at("plain.ko"));
    const found = file(at("plain.ko.xz"));
    expect(found).toMatchObject({ kind: "kernel module", compression: "xz", signatures: [] });
    expect(found.problems).toMatchObject([{ code: "UNSUPPORTED_COMPRESSION" }]);
    expect(found).not.toHaveProperty("machine");
    for (const stamped of [true, false]) expect(filterTest({ stamped })(found)).toBe(false);
    expect(fileReport(found)).toContain("\n\nnot read\n");
    expect(catalogueEntry(found)).not.toHaveProperty("machine");
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

  const zeros = () => Buffer.alloc((64 << 20) + 1);
  it.each<[string, string, () => Uint8Array, object]>([
    ["damaged", "gz", () => gzipSync(readFileSync(at("plain.ko"))).fill(7, 30, 60), { problem: "malformed" }],
    ["cut", "gz", () => gzipSync(readFileSync(at("plain.ko"))).subarray(0, -20), { problem: "malformed" }],
    ["cut", "zst", () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 9, 0, 0, 0), { problem: "malformed" }],
    ["larger than 64 MiB", "gz", () => gzipSync(zeros()), { problem: "malformed", error: { code: "MALFORMED_ELF" } }],
    ["something else", "gz", () => gzipSync("text"), { problem: "not ELF", error: { code: "NOT_ELF" } }],
  ])("that is %s (%s) is a problem", (_, suffix, content, expected) => {
    writeFileSync(at(`bad.ko.${suffix}`), content());
    expect(inspectFile(at(`bad.ko.${suffix}`), {}, at("."))).toMatchObject({ finding: "problem", ...expected });
  });

  it("larger than 64 MiB by zstd is a problem", () => {
    if (!have("zstd")) return console.warn("zstd is not installed: not tried");
    writeFileSync(join(folder, "large.ko"), zeros());
    run("zstd", "-q", "--rm", join(folder, "large.ko"));
    renameSync(join(folder, "large.ko.zst"), at("large.ko.zst"));
    expect(inspectFile(at("large.ko.zst"), {})).toMatchObject({ problem: "malformed" });
  });
});
