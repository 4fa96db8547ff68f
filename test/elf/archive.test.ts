import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { archiveType, readArchive, readArchiveSignatures, readSignatures } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
const LONG = "a-name-that-does-not-fit-into-sixteen-bytes.o";

beforeAll(() => {
  stampFile(folder, "stamp.s", uuid);
  source(folder, "plain.c", "int plain(void) { return 1; }\n");
  run("gcc", "-c", "-o", at("stamp.o"), at("stamp.s"));
  run("gcc", "-c", "-o", at(LONG), at("plain.c"));
  writeFileSync(at("odd.txt"), "odd");
});

const names = (bytes: Uint8Array) => Array.from(readArchive(bytes), ({ name, size }) => `${name} ${size}`);
const sizeOf = (name: string) => readFileSync(at(name)).length;

describe("ar archives", () => {
  it("list the members that ar lists, including long names and odd sizes", () => {
    run("ar", "rcs", at("lib.a"), at("odd.txt"), at("stamp.o"), at(LONG));
    const bytes = readFileSync(at("lib.a"));
    expect(archiveType(bytes)).toBe("regular");
    expect(Array.from(readArchive(bytes), ({ name }) => name).join("\n")).toBe(run("ar", "t", at("lib.a")).trim());
    expect(names(bytes)).toEqual([`odd.txt 3`, `stamp.o ${sizeOf("stamp.o")}`, `${LONG} ${sizeOf(LONG)}`]);
  });

  it("show the stamps of their members", () => {
    const found = [...readArchiveSignatures(readFileSync(at("lib.a")))];
    expect(found).toMatchObject([
      { member: "stamp.o", signatures: [{ uuid }] },
      { member: LONG, signatures: [] },
    ]);
  });

  it("name their members without content when thin", () => {
    run("ar", "rcsT", at("thin.a"), at("stamp.o"), at(LONG));
    const bytes = readFileSync(at("thin.a"));
    expect(archiveType(bytes)).toBe("thin");
    const members = [...readArchive(bytes)];
    expect(members.map(({ name }) => name.split("/").at(-1))).toEqual(["stamp.o", LONG]);
    expect(members.every((member) => member.source === undefined)).toBe(true);
  });

  it("have long names before the content in BSD's format", () => {
    const content = readFileSync(at("stamp.o"));
    const name = Buffer.from(`${LONG}\0\0\0`);
    const header = `${`#1/${name.length}`.padEnd(48)}${String(name.length + content.length).padEnd(10)}\`\n`;
    const table = `${"__.SYMDEF SORTED".padEnd(48)}${"4".padEnd(10)}\`\n\0\0\0\0`;
    const archive = Buffer.concat([Buffer.from(`!<arch>\n${table}${header}`), name, content]);
    expect(names(archive)).toEqual([`${LONG} ${content.length}`]);
    expect([...readArchiveSignatures(archive)]).toMatchObject([{ member: LONG, signatures: [{ uuid }] }]);
  });

  it("are refused by readSignatures", () => {
    expect(() => readSignatures(readFileSync(at("lib.a")))).toThrow(
      expect.objectContaining({ code: "NOT_ELF", value: "ar archive" }),
    );
  });
});

describe("damaged archives", () => {
  const header = (name: string, size: string, end = "`\n") => `${name.padEnd(48)}${size.padEnd(10)}${end}`;
  it.each([
    ["a member that is longer than the file", header("a/", "100"), 8],
    ["a size that is not a number", header("a/", "x"), 56],
    ["a header without its terminating bytes", header("a/", "0", "??"), 66],
    ["a truncated header", header("a/", "0").slice(0, 30), 8],
    ["a long name that is not in the table", header("/7", "0"), 8],
    ["a BSD name longer than its member", `${header("#1/50", "2")}xx`, 8],
  ])("%s: MALFORMED_ARCHIVE where it stands", (_, text, offset) => {
    expect(() => [...readArchive(Buffer.from(`!<arch>\n${text}`))]).toThrow(
      expect.objectContaining({ code: "MALFORMED_ARCHIVE", offset }),
    );
  });

  it("a file that is not an archive", () => {
    expect(() => [...readArchive(Buffer.from("text"))]).toThrow(expect.objectContaining({ code: "MALFORMED_ARCHIVE" }));
  });

  it("too many members", () => {
    const archive = Buffer.from(`!<arch>\n${header("a/", "0").repeat(1000)}`);
    expect(() => [...readArchive(archive, { maxSteps: 1000 })]).toThrow(
      expect.objectContaining({ code: "LIMIT_EXCEEDED" }),
    );
  });
});
