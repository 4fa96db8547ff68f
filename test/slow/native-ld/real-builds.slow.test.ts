import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRegister } from "../../../lib/register/index.js";
import { readSignatures } from "../../../lib/signature/index.js";
import { succeed } from "../../integrations/support.js";
import { buildWrapper, launch } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run } from "../../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
let bin = "";

/** Downloads upstream archives of Debian source packages by apt, with its state in the test folder. */
function fetchSources(...packages: string[]): boolean {
  for (const name of ["lists/partial", "cache/archives/partial"]) mkdirSync(at(name), { recursive: true });
  writeFileSync(at("sources.list"), "deb-src http://deb.debian.org/debian bookworm main\n");
  const options = [
    `Dir::Etc::sourcelist=${at("sources.list")}`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State::lists=${at("lists")}`,
    `Dir::Cache=${at("cache")}`,
  ].flatMap((option) => ["-o", option]);
  if (launch(folder, ["apt-get", ...options, "-qq", "update"]).status !== 0) return false;
  return launch(folder, ["apt-get", ...options, "-qq", "source", "--download-only", ...packages]).status === 0;
}

const PACKAGES = ["xz-utils", "brotli"];
const available = have("apt-get") && have("cmake") && fetchSources(...PACKAGES);

function unpack(name: string, into: string): void {
  const archive =
    readdirSync(folder).find((file) => file.startsWith(`${name}_`) && /\.orig\.tar\.\w+$/.test(file)) ?? "";
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  run("tar", "-C", into, "--strip-components=1", "-xf", at(archive));
}

/** Linked programs and shared objects, except those of CMake trials. */
function linked(root: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || path.includes("/CMakeFiles/")) continue;
    const bytes = readFileSync(path);
    const isElf = bytes.length > 20 && bytes.readUInt32BE(0) === 0x7f454c46;
    if (isElf && [2, 3].includes(bytes.readUInt16LE(16))) found.push(path);
  }
  return found.sort();
}

const digests = (root: string) =>
  linked(root).map((path) => [relative(root, path), createHash("sha256").update(readFileSync(path)).digest("hex")]);

/** The environment of a build with the wrapper first in PATH. */
const wrapped = (more: Record<string, string>) => ({ PATH: `${bin}:${process.env["PATH"]}`, ...more });

function expectStampedOnce(root: string, register: string): void {
  const files = linked(root);
  const stamps = files.map((path) => readSignatures(readFileSync(path)).map(({ uuid }) => uuid));
  expect(stamps.filter((uuids) => uuids.length !== 1)).toEqual([]);
  const known = loadRegister(register);
  for (const [index, path] of files.entries()) {
    const names = known.entries(stamps[index]?.[0] ?? "").map(({ output = "" }) => basename(output));
    // libtool names a program lt-NAME until it is installed.
    expect(names.map((name) => name.replace(/^lt-/, ""))).toContain(basename(path).replace(/^lt-/, ""));
  }
  console.log(`${files.length} files, ${known.size} stamped links`);
}

describe.skipIf(!available)("real packages from Debian's sources", () => {
  beforeAll(() => {
    bin = buildWrapper(folder);
  });

  it("xz (autotools, libtool): stamped once, same test results, reproducible", () => {
    const source = at("xz");
    const build = (env: Record<string, string>) => {
      unpack("xz-utils", source);
      succeed(source, ["./configure", "--disable-dependency-tracking", "--prefix=/usr"], env);
      succeed(source, ["make", "-s", "-j2"], env);
      const check = succeed(source, ["make", "-s", "check"], env).stdout.match(/^# [A-Z]+: +\d+$/gm);
      succeed(source, ["make", "-s", "install", `DESTDIR=${source}/image`], env);
      return check;
    };
    const plain = build({});
    expect(linked(source).flatMap((path) => readSignatures(readFileSync(path)))).toEqual([]);
    const files = linked(source).map((path) => relative(source, path));

    const stamp = (register: string) => {
      mkdirSync(at(register));
      return wrapped({ OGRT_LD_DETERMINISTIC: "1", OGRT_LD_REGISTER: at(register) });
    };
    expect(build(stamp("xz-1"))).toEqual(plain);
    expect(plain).toContain("# FAIL:  0");
    expect(linked(source).map((path) => relative(source, path))).toEqual(files);
    expectStampedOnce(source, at("xz-1"));
    const first = digests(source);
    expect(build(stamp("xz-2"))).toEqual(plain);
    expect(digests(source)).toEqual(first);
  });

  it("brotli (CMake): stamped once, same test results", () => {
    const source = at("brotli");
    const build = (env: Record<string, string>) => {
      unpack("brotli", source);
      succeed(source, ["cmake", "-S", ".", "-B", "out", "-DCMAKE_BUILD_TYPE=Release"], env);
      succeed(source, ["cmake", "--build", "out", "-j2"], env);
      return /\d+% tests passed, .*/.exec(succeed(source, ["ctest", "--test-dir", "out"], env).stdout)?.[0];
    };
    const plain = build({});
    const files = linked(source).map((path) => relative(source, path));
    mkdirSync(at("brotli-register"));
    expect(build(wrapped({ OGRT_LD_REGISTER: at("brotli-register") }))).toBe(plain);
    expect(plain).toMatch(/^100% tests passed/);
    expect(linked(source).map((path) => relative(source, path))).toEqual(files);
    expectStampedOnce(source, at("brotli-register"));
  });
});
