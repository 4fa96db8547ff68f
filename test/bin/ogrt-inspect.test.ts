import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { appendEntry } from "../../lib/register/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";
import { tool, toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const uuid = freshUuid();
const inspect = (...args: string[]) => tool("ogrt-inspect", ...args);

beforeAll(() => {
  source(folder, "main.c", "int main(void) { return 0; }\n");
  stampFile(folder, "stamp.s", uuid);
  mkdirSync(at("tree"));
  run("gcc", "-o", at("tree", "stamped"), at("main.c"), at("stamp.s"));
  run("gcc", "-o", at("tree", "plain"), at("main.c"));
});

describe("a page for a file", () => {
  it("describes the file and shows its signature in the format of OGRT's --show-signature", () => {
    const { status, stdout, stderr } = inspect(at("tree", "stamped"));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^kind: {9}PIE, /);
    expect(stdout).toMatch(/^build-id: +[0-9a-f]{40}$/m);
    expect(stdout).toMatch(/^needs: +libc\.so\.6$/m);
    expect(stdout).toMatch(/^hardening: +stack non-executable, RELRO/m);
    expect(stdout).toContain(
      [
        "OGRT signature in section .note.ogrt.info",
        "allocatable:  yes",
        "version:      1",
        "name:         OGRT",
        `uuid:         ${uuid}`,
        "",
      ].join("\n"),
    );
  });

  it.runIf(have("xz"))("describes a kernel module compressed with xz", () => {
    copyFileSync(at("tree", "stamped"), at("module.ko"));
    run("xz", at("module.ko"));
    const { status, stdout } = inspect(at("module.ko.xz"));
    expect(status).toBe(0);
    expect(stdout).toContain("\ncompression:  xz\n");
    expect(stdout).toContain(`\nuuid:         ${uuid}\n`);
  });

  it("reports a missing signature and exits with 1", () => {
    const { status, stdout, stderr } = inspect(at("tree", "plain"));
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("\nno OGRT signature\n");
  });

  it("shows several files under their names and exits with the worst status", () => {
    const { status, stdout, stderr } = inspect(at("tree", "stamped"), at("tree", "plain"), at("main.c"), at("absent"));
    expect(status).toBe(3);
    expect(stdout).toContain(`${at("tree", "stamped")}:\nkind:`);
    expect(stdout).toContain(`\n${at("tree", "plain")}:\nkind:`);
    expect(stderr).toBe(
      `ogrt-inspect: ${at("main.c")}: not an ELF file\nogrt-inspect: ${at("absent")}: cannot be read: no such file\n`,
    );
  });

  it("shows what the dynamic loader would load", () => {
    const { stdout } = inspect("--resolve", at("tree", "stamped"));
    expect(stdout).toMatch(/^loads: +libc\.so\.6 => \/\S+libc\.so\.6 \(\w+\)$/m);
  });

  it("names a signature from the register of stamps", () => {
    const time = "2026-01-01T00:00:00.000Z";
    mkdirSync(at("register"));
    appendEntry(at("register"), { uuid, scope: "link", name: "app", version: "1.2", host: "h", user: "u", time });
    expect(inspect("--register", at("register"), at("tree", "stamped")).stdout).toMatch(/^known as: +app 1\.2$/m);
  });

  it("shows the stamps of a static library's members", () => {
    run("gcc", "-c", "-o", at("stamp.o"), at("stamp.s"));
    run("ar", "rcs", at("libstamp.a"), at("stamp.o"));
    expect(inspect(at("libstamp.a"))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^kind: +archive[^]*member stamp\\.o: relocatable\n  ${uuid}\n$`)),
    });
  });

  it("names the file and offset of a malformed value", () => {
    writeFileSync(at("cut"), readFileSync(at("tree", "stamped")).subarray(0, 1000));
    const { status, stderr } = inspect(at("cut"));
    expect(status).toBe(3);
    expect(stderr).toMatch(`ogrt-inspect: ${at("cut")}: malformed ELF at offset 0x28: section header table`);
  });

  it("shows control characters of a hostile file name instead of sending them to the terminal", () => {
    const { stderr } = inspect("\u001b[31mred\nline");
    expect(stderr).toBe("ogrt-inspect: \\x1b[31mred\\x0aline: cannot be read: no such file\n");
  });
});

describe("a tree", () => {
  const closing = /^3 files, 2 ELF, 1 stamped, 1 unstamped, 0 duplicates, 0 unreadable in [\d.]+ s\n$/;
  beforeAll(() => writeFileSync(at("tree", "readme"), "text"));

  it("is shown as a table with a line per file, and a summary", () => {
    const { status, stdout, stderr } = inspect(at("tree"));
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^KIND +UUID +BUILD-ID +PATH$/);
    expect(lines.slice(1).map((line) => line.split(/ +/).at(-1))).toEqual([at("tree", "plain"), at("tree", "stamped")]);
    expect(stderr).toMatch(closing);
  });

  it.each([
    ["--columns", "name,uuid", `NAME     UUID\nplain    -\nstamped  ${uuid}\n`],
    ["--stamped --columns", "name", "NAME\nstamped\n"],
    ["--unstamped --columns", "name", "NAME\nplain\n"],
    [`--uuid ${uuid} --columns`, "name", "NAME\nstamped\n"],
    ["--include *ed --columns", "name", "NAME\nstamped\n"],
    ["--exclude plain --columns", "name", "NAME\nstamped\n"],
    ["--type pie --needs libc.so* --columns", "name", "NAME\nplain\nstamped\n"],
    ["--csv --stamped --columns", "name,kind,uuid", `name,kind,uuid\r\nstamped,PIE,${uuid}\r\n`],
  ])("%s %s", (options, columns, expected) => {
    expect(inspect(...options.split(" "), columns, at("tree")).stdout).toBe(expected);
  });

  it("has the same findings and problems in JSON and NDJSON", () => {
    writeFileSync(at("tree", "broken"), readFileSync(at("tree", "stamped")).subarray(0, 1000));
    const array = JSON.parse(inspect("--json", at("tree")).stdout);
    const lines = inspect("--ndjson", at("tree"))
      .stdout.trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    rmSync(at("tree", "broken"));
    expect(lines).toEqual(array);
    expect(array).toContainEqual(expect.objectContaining({ finding: "problem", problem: "malformed" }));
    expect(array).toContainEqual(expect.objectContaining({ path: at("tree", "stamped"), kind: "PIE" }));
  });

  it("exits with 1 when no file is shown", () => {
    expect(inspect("--uuid", freshUuid(), at("tree"))).toMatchObject({ status: 1, stdout: "" });
  });

  it("can be given in a list separated by NUL", () => {
    const input = `${at("tree", "stamped")}\0${at("tree", "plain")}\0`;
    const options = ["--files-from", "-", "-0", "--columns", "name"];
    const { stdout } = spawnSync(process.execPath, [toolPath("ogrt-inspect"), ...options], { input, encoding: "utf8" });
    expect(stdout).toBe("NAME\nplain\nstamped\n");
  });
});

describe("catalogues and checks", () => {
  it("a catalogue is written and later compared with the tree", () => {
    expect(inspect("--catalogue", at("before.ndjson"), at("tree")).status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    expect(inspect("--diff", at("before.ndjson"), at("tree"))).toMatchObject({ status: 0, stdout: "" });
    run("cp", "-r", at("tree"), at("later"));
    copyFileSync(at("later", "plain"), at("later", "stamped"));
    rmSync(at("later", "plain"));
    run("gcc", "-O1", "-Wl,--build-id=sha1", "-DX", "-o", at("later", "new"), at("main.c"), at("stamp.s"), "-no-pie");
    const { status, stdout } = inspect("--diff", at("before.ndjson"), at("later"));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^added +new$/m);
    expect(stdout).toMatch(/^stamp lost +stamped {2}/m);
    expect(stdout).toMatch(/^removed +plain$/m);
    // Comparing with the tree itself gives the same result.
    expect(inspect("--diff", at("tree"), at("later"))).toMatchObject({ status: 1, stdout });
  });

  it("--check lists offenders with their rule", () => {
    const { status, stdout } = inspect("--check", at("tree"));
    expect(status).toBe(1);
    expect(stdout).toBe(`fail: stamped: ${at("tree", "plain")} has no OGRT signature\n`);
    expect(inspect("--check", "--rule", "stamped=warn", at("tree")).status).toBe(0);
    expect(inspect("--check", "--rule", "stamped=off", at("tree"))).toMatchObject({ status: 0, stdout: "" });
  });

  it("--sbom prints CycloneDX", () => {
    const document = JSON.parse(inspect("--sbom", "cyclonedx", at("tree")).stdout);
    expect(document).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
    expect(document.components).toHaveLength(2);
  });
});

describe("the command line", () => {
  it.each([
    [[]],
    [["--stamped", "--unstamped", "x"]],
    [["--columns", "nonsense", "x"]],
    [["--rule", "x=fail", "x"]],
    [["--sbom", "spdx", "x"]],
  ])("rejects %j", (args) => {
    expect(inspect(...args)).toMatchObject({ status: 2, stdout: "" });
  });

  it("an interrupt ends the scan at once and leaves no partial catalogue", async () => {
    const child = spawn(process.execPath, [
      toolPath("ogrt-inspect"),
      "--catalogue",
      at("never.ndjson"),
      "/usr",
      "/usr",
      "/usr",
    ]);
    let stderr = "";
    child.stderr.on("data", (data) => (stderr += data));
    const temporary = () => readdirSync(folder).some((name) => name.startsWith(".never.ndjson"));
    while (!temporary()) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(stderr).toMatch(/, interrupted\n$/);
    expect(readdirSync(folder).filter((name) => name.includes("never"))).toEqual([]);
  });
});

describe("what would be without effect or an answer is said", () => {
  const stamped = at("tree", "stamped");

  it("filters that no file matches", () => {
    const { status, stdout, stderr } = inspect("--unstamped", stamped);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe("ogrt-inspect: none of 1 ELF files and archives matches the filters\n");
    expect(inspect("--uuid", freshUuid(), at("tree")).stderr).toMatch(/^ogrt-inspect: none of 2 ELF files/);
  });

  it("a list that names no file", () => {
    source(folder, "empty-list", "");
    expect(inspect("--files-from", at("empty-list"))).toMatchObject({
      status: 1,
      stderr: `ogrt-inspect: ${at("empty-list")} names no file\n`,
    });
    expect(inspect("--files-from", at("absent")).stderr).toBe(
      `ogrt-inspect: ${at("absent")}: cannot be read: no such file\n`,
    );
  });

  it("a file that is not a catalogue", () => {
    const { stderr } = inspect("--diff", at("main.c"), at("tree"));
    expect(stderr).toBe(`ogrt-inspect: ${at("main.c")}: line 1: the first line is not the header of a catalogue\n`);
  });

  it.each([
    [["--json", "--csv"], "--json and --csv exclude each other"],
    [["--check", "--catalogue", "x"], "--check and --catalogue exclude each other"],
    [["--rule", "stamped=fail"], "--rule requires --check"],
    [["--rpath-root", "/opt"], "--rpath-root requires --check"],
    [["--null"], "--null requires --files-from"],
    [["--library-path", "/opt"], "--library-path requires --resolve or --check"],
    [
      ["--type", "shared-object"],
      "option '--type <kind>' argument 'shared-object' is invalid. Expected the beginning of one of the kinds program, " +
        "static program, PIE, static PIE, shared object, relocatable, kernel module, core, debug file, other, archive.",
    ],
    [["--uuid", "foo"], "option '--uuid <uuid>' argument 'foo' is invalid. Expected a UUID."],
    [["--build-id", "xyz"], "option '--build-id <hex>' argument 'xyz' is invalid. Expected hexadecimal digits."],
  ])("%j", (options, sentence) => {
    const { status, stdout, stderr } = inspect(...options, stamped);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(`error: ${sentence}`);
  });

  it("but --check and --diff have a form in JSON", () => {
    expect(JSON.parse(inspect("--check", "--json", stamped).stdout)).toEqual([]);
    expect(inspect("--diff", at("tree"), "--json", at("tree")).status).toBe(0);
  });
});
