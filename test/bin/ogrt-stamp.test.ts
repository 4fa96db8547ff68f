import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignatures } from "../../lib/index.js";
import { loadRegister } from "../../lib/register/index.js";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { tool, toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = "b73c604d-c2e9-4057-ae31-586aa5ee29e3";

describe("ogrt-stamp", () => {
  it("writes assembly to standard output that links into a program", () => {
    const { status, stdout, stderr } = tool("ogrt-stamp", "--uuid", uuid);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    source(folder, "main.c", "int main(void) { return 0; }\n");
    run("gcc", "-o", at("program"), at("main.c"), source(folder, "stamp.s", stdout));
    expect(readSignatures(readFileSync(at("program")))).toMatchObject([{ uuid }]);
  });

  it("makes a new UUID each time", () => {
    expect(tool("ogrt-stamp").stdout).not.toBe(tool("ogrt-stamp").stdout);
  });

  it("writes a file and leaves no temporary files", () => {
    mkdirSync(at("out"));
    expect(tool("ogrt-stamp", "--uuid", uuid, "-o", at("out/stamp.s"))).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(at("out/stamp.s"), "utf8")).toBe(tool("ogrt-stamp", "--uuid", uuid).stdout);
    expect(readdirSync(at("out"))).toEqual(["stamp.s"]);
  });

  it("writes through a symbolic link and to a device", () => {
    writeFileSync(at("target.s"), "old");
    symlinkSync(at("target.s"), at("link.s"));
    expect(tool("ogrt-stamp", "--uuid", uuid, "-o", at("link.s")).status).toBe(0);
    expect(readFileSync(at("target.s"), "utf8")).toContain(uuid);
    expect(tool("ogrt-stamp", "-o", "/dev/null").status).toBe(0);
    expect(tool("ogrt-stamp", "--uuid", uuid, "-o", "/dev/stdout").stdout).toContain(uuid);
  });

  it.each([
    ["an invalid UUID", ["--uuid", "nonsense"], 2],
    ["assembly instead of a UUID", ["--uuid", `${uuid}"\n.globl main`], 2],
    ["an unknown option", ["--frobnicate"], 2],
    ["a stray argument", ["stray"], 2],
    ["an unknown target", ["--target", "vax"], 2],
    ["an unknown format", ["--format", "pascal"], 2],
    ["an unknown suffix", ["-o", "stamp.foo"], 2],
    ["an object for all targets", ["--target", "any", "--format", "object"], 2],
    ["a name with a quote", ["--name", 'a"b'], 2],
    ["a name with a newline", ["--name", "a\n\t.globl main"], 2],
    ["a key without a value", ["--key", "alone"], 2],
    ["two ways to choose the UUID", ["--uuid", uuid, "--deterministic", "--name", "a"], 2],
    ["nothing to derive a UUID from", ["--deterministic", "--no-environment"], 2],
    ["a missing input", ["--deterministic", "--input", "/nonexistent/a.o"], 3],
    ["a folder as input", ["--deterministic", "--input", "/"], 3],
    ["a missing register", ["--register", "/nonexistent"], 3],
    ["a full disk", ["-o", "/dev/full"], 3],
    ["a missing output folder", ["-o", "/nonexistent/stamp.s"], 3],
    ["a folder as output", ["-o", "/"], 3],
  ])("refuses %s with one plain sentence", (_, args, code) => {
    const { status, stdout, stderr } = tool("ogrt-stamp", ...args);
    expect(status).toBe(code);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^(ogrt-stamp|error): /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.skipIf(process.getuid?.() === 0)("reports a folder that is not writable", () => {
    mkdirSync(at("closed"));
    chmodSync(at("closed"), 0o500);
    expect(tool("ogrt-stamp", "-o", at("closed/stamp.s"))).toMatchObject({ status: 3 });
    expect(existsSync(at("closed/stamp.s"))).toBe(false);
  });

  it("reports that standard output is full", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [toolPath("ogrt-stamp")], {
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect({ status, lines: stderr.trim().split("\n").length }).toEqual({ status: 3, lines: 1 });
  });

  it("refuses a name that is not valid UTF-8", () => {
    const command = `exec "$0" "$1" --name "$(printf 'caf\\351')"`;
    const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, toolPath("ogrt-stamp")], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toMatch("not valid UTF-8");
  });

  it("selects the format by the suffix of the file or by --format", () => {
    const write = (...args: string[]) => expect(tool("ogrt-stamp", "--uuid", uuid, ...args).status).toBe(0);
    for (const name of ["s.o", "s.c", "s.json", "s.s", "plain"]) write("-o", at(name));
    write("--format", "c", "-o", at("other.s"));
    expect(readSignatures(readFileSync(at("s.o")))).toMatchObject([{ uuid }]);
    expect(readFileSync(at("s.c"), "utf8")).toMatch(/^extern .*\n__asm__\(/);
    expect(readFileSync(at("other.s"), "utf8")).toBe(readFileSync(at("s.c"), "utf8"));
    expect(JSON.parse(readFileSync(at("s.json"), "utf8"))).toEqual({ uuid });
    expect(readFileSync(at("plain"), "utf8")).toBe(readFileSync(at("s.s"), "utf8"));
    expect(JSON.parse(tool("ogrt-stamp", "--json", "--uuid", uuid).stdout)).toEqual({ uuid });
  });

  it("refuses a suffix that selects no format, unless --format does", () => {
    const { status, stderr } = tool("ogrt-stamp", "-o", at("x.foo"));
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /the suffix \.foo of '.*x\.foo' selects no format; use \.s, \.S, \.o, \.c, \.json, or .*--format/,
    );
    expect(existsSync(at("x.foo"))).toBe(false);
    expect(tool("ogrt-stamp", "--format", "assembly", "-o", at("x.foo")).status).toBe(0);
    expect(tool("ogrt-stamp", "-o", at("stamp-1.0")).status).toBe(0);
  });

  it("makes stamps for this machine by default and for another one on demand", () => {
    const host = run("uname", "-m").trim();
    expect(tool("ogrt-stamp", "--uuid", uuid).stdout).toBe(tool("ogrt-stamp", "--uuid", uuid, "--target", host).stdout);
    const any = tool("ogrt-stamp", "--uuid", uuid, "--target", "any").stdout;
    expect(any).not.toMatch("gnu.property");
    expect(tool("ogrt-stamp", "--uuid", uuid, "--target", "s390x-linux-gnu").stdout).toBe(any);
    expect(tool("ogrt-stamp", "--uuid", uuid, "--target", "arm64").stdout).toMatch("0xc0000000");
  });

  it("derives the same stamp from the same contents under any file name", () => {
    source(folder, "one.o", "contents");
    source(folder, "two.o", "contents");
    source(folder, "three.o", "other contents");
    const derive = (...args: string[]) => tool("ogrt-stamp", "--deterministic", "--name", "a", ...args).stdout;
    expect(derive("--input", at("one.o"))).toBe(derive("--input", at("two.o")));
    expect(derive("--input", at("one.o"))).not.toBe(derive("--input", at("three.o")));
    expect(derive("--input", at("one.o"), "--toolchain", "gcc 12")).not.toBe(derive("--input", at("one.o")));
    expect(derive()).toMatch(/"[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  it("derives the same stamp from standard input as from a file", () => {
    const derive = (input: string, bytes: string) =>
      spawnSync(process.execPath, [toolPath("ogrt-stamp"), "--deterministic", "--json", "--input", input], {
        encoding: "utf8",
        input: bytes,
      }).stdout;
    source(folder, "bytes", "some bytes");
    expect(derive("-", "some bytes")).toBe(derive(at("bytes"), ""));
    expect(derive("-", "other bytes")).not.toBe(derive(at("bytes"), ""));
  });

  it("makes two links of the same inputs bit-identical", () => {
    source(folder, "main.c", "int main(void) { return 0; }\n");
    const link = (output: string) => {
      tool("ogrt-stamp", "--deterministic", "--name", "a", "--input", at("main.c"), "-o", at(`${output}.s`));
      run("gcc", "-o", at(output), at("main.c"), at(`${output}.s`));
      return readFileSync(at(output));
    };
    expect(link("first").equals(link("second"))).toBe(true);
  });

  it("honors SOURCE_DATE_EPOCH in a time-ordered UUID and in the register", () => {
    mkdirSync(at("dated"));
    const stamped = (epoch: string) =>
      spawnSync(process.execPath, [toolPath("ogrt-stamp"), "--time-ordered", "--json", "--register", at("dated")], {
        encoding: "utf8",
        env: { ...process.env, SOURCE_DATE_EPOCH: epoch },
      });
    const made = JSON.parse(stamped("1700000000").stdout).uuid;
    expect(Number.parseInt(made.replace("-", "").slice(0, 12), 16)).toBe(1_700_000_000_000);
    expect(loadRegister(at("dated")).entries(made)[0]?.time).toBe("2023-11-14T22:13:20.000Z");
    expect(stamped("yesterday")).toMatchObject({ status: 2, stdout: "" });
  });

  it("explains each value and its origin", () => {
    const environment = {
      PATH: process.env["PATH"],
      SPACK_SHORT_SPEC: "zlib@1.2.13%gcc@12",
      EBROOTHDF5: "/x",
      EBVERSIONHDF5: "1.14",
    };
    const args = [toolPath("ogrt-stamp"), "--explain", "--os", "debian", "--deterministic", "--target", "s390x"];
    const { stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: environment });
    const [uuidLine, ...lines] = stderr.trim().split("\n");
    expect(uuidLine).toMatch(/^uuid: \S{36} \(--deterministic: derived/);
    expect(lines).toEqual([
      "type: spack (SPACK_SHORT_SPEC)",
      "name: zlib (SPACK_SHORT_SPEC)",
      "version: 1.2.13 (SPACK_SHORT_SPEC)",
      "os: debian (--os)",
      "dependency: HDF5/1.14 (EBROOTHDF5)",
      "target: s390x (--target)",
    ]);
    const without = spawnSync(process.execPath, [toolPath("ogrt-stamp"), "--json", "--no-environment"], {
      encoding: "utf8",
      env: environment,
    });
    expect(Object.keys(JSON.parse(without.stdout))).toEqual(["uuid"]);
  });

  it("registers the stamp with the commit of the current checkout", () => {
    mkdirSync(at("register"));
    const { stdout } = tool(
      "ogrt-stamp",
      "--json",
      "--name",
      "a",
      "--version",
      "1",
      "--scope",
      "package",
      "--register",
      at("register"),
    );
    const stamp = JSON.parse(stdout);
    expect(loadRegister(at("register")).entries(stamp.uuid)).toMatchObject([
      { uuid: stamp.uuid, scope: "package", name: "a", version: "1", host: hostname() },
    ]);
  });

  it("writes no stamp that it cannot register", () => {
    expect(tool("ogrt-stamp", "--register", "/nonexistent", "-o", at("unregistered.s")).status).toBe(3);
    expect(existsSync(at("unregistered.s"))).toBe(false);
  });

  it("prints the directory of the linker wrapper", () => {
    const directory = tool("ogrt-stamp", "--linker-directory").stdout.trim();
    expect(readdirSync(directory).sort()).toEqual(["ld", "ld.bfd", "ld.gold", "ld.lld", "ld.mold"]);
    run("gcc", "-B", directory, "-o", at("wrapped"), source(folder, "main.c", "int main(void) { return 0; }\n"));
    expect(readSignatures(readFileSync(at("wrapped")))).toHaveLength(1);
  });
});

describe("options that would be without effect", () => {
  it.each([
    [["--input", "x"], "--input requires --deterministic or --register"],
    [["--toolchain", "gcc 13"], "--toolchain requires --deterministic"],
    [["--dependency", "zlib"], "--dependency requires --deterministic"],
    [["--time-ordered", "--uuid", uuid], "--uuid, --time-ordered and --deterministic exclude each other"],
    [["--target", "any", "-o", "x.o"], "an object is for one machine: name it with --target, or write assembly"],
  ])("are refused: %j", (options, sentence) => {
    const { status, stderr } = tool("ogrt-stamp", ...options);
    expect([status, stderr.split("\n")[0]]).toEqual([2, `error: ${sentence}`]);
  });
});
