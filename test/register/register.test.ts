import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { OgrtError } from "../../lib/errors.js";
import {
  appendEntry,
  formatEntry,
  loadRegister,
  parseEntry,
  type RegisterEntry,
  readRegister,
} from "../../lib/register/index.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const fresh = () => mkdtempSync(join(folder, "register-"));
const uid = process.geteuid?.();

const entry: RegisterEntry = {
  uuid: "b73c604d-c2e9-4057-ae31-586aa5ee29e3",
  scope: "link",
  name: "zlib",
  version: "1.2.13",
  host: "node1",
  user: "builder",
  time: "2026-01-02T03:04:05.000Z",
  output: "/build/libz.so",
  inputs: ["/build/a.o", "/build/b.o"],
  commit: "0123456789abcdef0123456789abcdef01234567",
};
const withUuid = (number: number) => ({
  ...entry,
  uuid: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
});

describe("the register of stamps", () => {
  it("returns what was appended, one JSON line per entry, in a file of this host and user", () => {
    const directory = fresh();
    appendEntry(directory, entry);
    appendEntry(directory, withUuid(2));
    expect(readdirSync(directory)).toEqual([`node1.${uid}.jsonl`]);
    const lines = readFileSync(join(directory, `node1.${uid}.jsonl`), "utf8").split("\n");
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? "")).toEqual(entry);
    expect([...readRegister(directory)]).toEqual([entry, withUuid(2)]);
  });

  it("merges the files of several hosts", () => {
    const directory = fresh();
    appendEntry(directory, { ...entry, host: "node2", time: "2026-01-02T03:04:04Z", name: "earlier" });
    appendEntry(directory, entry);
    appendEntry(directory, { ...entry, host: "node3" });
    const register = loadRegister(directory);
    expect(register.size).toBe(3);
    expect(register.entries(entry.uuid).map(({ host }) => host)).toEqual(["node2", "node1", "node3"]);
    expect(register.names(entry.uuid)).toEqual(["earlier 1.2.13", "zlib 1.2.13"]);
    expect(register.names(withUuid(1).uuid)).toEqual([]);
  });

  it.each(["../escape", "/etc", "..", "a/b", "\0", "", "h\nx"])(
    "keeps the host name %j inside the directory",
    (host) => {
      const directory = fresh();
      appendEntry(directory, { ...entry, host });
      expect(readdirSync(directory)).toHaveLength(1);
      expect(readdirSync(directory)[0]).toMatch(/^[A-Za-z0-9_.-]+\.\d+\.jsonl$/);
    },
  );

  it("writes no line that readers would refuse, with any number of inputs", () => {
    const inputs = Array.from({ length: 20_000 }, (_, i) => `/very/long/path/of/an/object/file/${i}/ä.o`);
    const line = formatEntry({ ...entry, inputs });
    expect(Buffer.byteLength(line)).toBeLessThan(64 * 1024);
    const parsed = parseEntry(line);
    expect((parsed?.inputs?.length ?? 0) + (parsed?.inputsOmitted ?? 0)).toBe(20_000);
    expect(formatEntry({ ...entry, name: "x\ny\u2028" }).includes("\n")).toBe(false);
  });

  it("continues after a line that a full disk cut short", () => {
    const directory = fresh();
    appendEntry(directory, entry);
    const path = join(directory, `node1.${uid}.jsonl`);
    truncateSync(path, 40);
    appendEntry(directory, withUuid(2));
    const problems: OgrtError[] = [];
    expect([...readRegister(directory, { onProblem: (problem) => problems.push(problem) })]).toEqual([withUuid(2)]);
    expect(problems.map(({ code, offset }) => ({ code, offset }))).toEqual([{ code: "INVALID_REGISTER", offset: 0 }]);
  });

  it("refuses a missing directory, and anything but a regular file of this user", () => {
    expect(() => appendEntry(join(folder, "nowhere"), entry)).toThrow(
      expect.objectContaining({ code: "FILE_UNWRITABLE" }),
    );
    const directory = fresh();
    const victim = join(folder, "victim");
    writeFileSync(victim, "precious");
    symlinkSync(victim, join(directory, `node1.${uid}.jsonl`));
    expect(() => appendEntry(directory, entry)).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
    expect(readFileSync(victim, "utf8")).toBe("precious");
    mkdirSync(join(directory, `node2.${uid}.jsonl`));
    expect(() => appendEntry(directory, { ...entry, host: "node2" })).toThrow(
      expect.objectContaining({ code: "FILE_UNWRITABLE" }),
    );
    spawnSync("mkfifo", [join(directory, `node3.${uid}.jsonl`)]);
    expect(() => appendEntry(directory, { ...entry, host: "node3" })).toThrow(
      expect.objectContaining({ code: "FILE_UNWRITABLE" }),
    );
  });
});

describe("readers do not trust the register", () => {
  const read = (content: string | Buffer) => {
    const directory = fresh();
    writeFileSync(join(directory, "x.jsonl"), content);
    const problems: string[] = [];
    const entries = [...readRegister(directory, { onProblem: ({ code }) => problems.push(code) })];
    return { entries, problems };
  };
  const line = `${formatEntry(entry)}\n`;

  it.each([
    ["text that is not JSON", "hello\n"],
    ["other JSON", "[1,2]\n"],
    ["null", "null\n"],
    ["an entry without a UUID", `${JSON.stringify({ ...entry, uuid: undefined })}\n`],
    ["an invalid UUID", `${JSON.stringify({ ...entry, uuid: "x" })}\n`],
    ["a foreign scope", `${JSON.stringify({ ...entry, scope: "all" })}\n`],
    ["a host that is a number", `${JSON.stringify({ ...entry, host: 5 })}\n`],
    ["a user of megabytes", `${JSON.stringify({ ...entry, user: "x".repeat(1 << 20) })}\n`],
    ["an invalid time", `${JSON.stringify({ ...entry, time: "2026-99-99T00:00:00Z" })}\n`],
    ["bytes that are not UTF-8", Buffer.from([0xff, 0xfe, 0x0a])],
    ["deep nesting", `${"[".repeat(30_000)}\n`],
    ["a line of megabytes", `${"x".repeat(3 << 20)}\n`],
  ])("%s is skipped with a word, and what follows is read", (_, bad) => {
    const content = Buffer.concat([Buffer.from(line), Buffer.from(bad), Buffer.from(line)]);
    expect(read(content)).toEqual({ entries: [entry, entry], problems: ["INVALID_REGISTER"] });
  });

  it("drops fields of a wrong type and unknown ones", () => {
    const strange = { ...entry, name: 5, version: ["1"], inputs: ["/a", 7, null], inputsOmitted: -1, extra: true };
    const { name: _, version: __, ...rest } = entry;
    expect(parseEntry(JSON.stringify(strange))).toEqual({ ...rest, inputs: ["/a"] });
  });

  it("skips a line that is still being written", () => {
    expect(read(line + line.slice(0, 50))).toEqual({ entries: [entry], problems: [] });
  });

  it("reads lines that span two pieces of a file", () => {
    const many = Array.from({ length: 3000 }, (_, i) => withUuid(i));
    expect(read(many.map((one) => `${formatEntry(one)}\n`).join("")).entries).toEqual(many);
  });

  it("stops at its limit, and opens nothing but regular files", () => {
    const directory = fresh();
    writeFileSync(join(directory, "a.jsonl"), line.repeat(100));
    writeFileSync(join(directory, "notes.txt"), line);
    symlinkSync("/etc/passwd", join(directory, "b.jsonl"));
    mkdirSync(join(directory, "c.jsonl"));
    spawnSync("mkfifo", [join(directory, "d.jsonl")]);
    expect([...readRegister(directory, { maxEntries: 7 })]).toHaveLength(7);
    expect(loadRegister(directory).size).toBe(100);
    expect(() => loadRegister(join(folder, "nowhere"))).toThrow(expect.objectContaining({ code: "FILE_UNREADABLE" }));
  });

  it.skipIf(uid !== 0)("stops at its limits, after the files of owners with few bytes", () => {
    const directory = fresh();
    // Sparse: terabytes without a newline.
    writeFileSync(join(directory, "a.jsonl"), line);
    truncateSync(join(directory, "a.jsonl"), 2 ** 42);
    writeFileSync(join(directory, "b.jsonl"), "\n".repeat(200_000));
    writeFileSync(join(directory, "z.jsonl"), line);
    chownSync(join(directory, "z.jsonl"), 4242, 4242);
    const problems: OgrtError[] = [];
    const limits = { bytes: 2 ** 40, lines: 100_000, milliseconds: 600_000 };
    const entries = [...readRegister(directory, { limits, onProblem: (problem) => problems.push(problem) })];
    expect(entries).toEqual([entry, entry]);
    expect(problems.map(({ code, path }) => [code, path?.slice(-7)])).toEqual([
      ["LIMIT_EXCEEDED", "a.jsonl"],
      ["LIMIT_EXCEEDED", "b.jsonl"],
    ]);
    const few = { bytes: line.length * 2 - 1, lines: 100_000, milliseconds: 600_000 };
    expect([...readRegister(directory, { limits: few })]).toEqual([entry]);
    expect([...readRegister(directory, { limits: { ...limits, milliseconds: 0 } })]).toEqual([]);
  });

  it("reads a file that grows during the read", () => {
    const directory = fresh();
    writeFileSync(join(directory, "a.jsonl"), line);
    const entries = readRegister(directory);
    expect(entries.next().value).toEqual(entry);
    appendFileSync(join(directory, "a.jsonl"), line);
    expect(entries.next().done).toBe(true);
  });
});
