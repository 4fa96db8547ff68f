import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ConflictDetector,
  decide,
  examine,
  type Found,
  ParsedFiles,
  type Reported,
  type Reporter,
  reachOf,
  rootsOf,
  type Scope,
} from "../../lib/verify/index.js";
import { type BuiltRange, builtElf, builtNote, builtStamp } from "../support/built-elf.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const main = source(folder, "main.c", "int main(void) { return 0; }\n");
const [stamp, second, other] = [freshUuid(), freshUuid(), freshUuid()];
const build = (name: string, ...parts: string[]) => run("gcc", "-Wl,--build-id", "-o", at(name), main, ...parts);
build("plain");
build("stamped", stampFile(folder, "stamp.s", stamp));
build("twice", stampFile(folder, "one.s", stamp), stampFile(folder, "two.s", second));

/** Ground truth: binutils reads the build-id. */
const buildIdOf = (name: string) => /Build ID: ([0-9a-f]+)/.exec(run("readelf", "-n", at(name)))?.[1];

const compilersOf = (name: string) =>
  Array.from(run("readelf", "-p", ".comment", at(name)).matchAll(/\]\s+(.+)/g), ([, text]) => text);

const scope: Scope = { host: "here", roots: [folder], sharedRoots: [] };
const later = BigInt(Date.now() + 60_000) * 1_000_000n;
const reporter: Reporter = { host: "here", startedBefore: later, firstSignatureOnly: false };

/** Reach, examination and decision. */
function verdictOn(reported: Reported, by: Reporter = reporter, within: Scope = scope) {
  const reach = reachOf(reported, by, within);
  if (reach !== "host" && reach !== "shared") return decide(reported, by, { state: "unchecked", reason: reach });
  const found = examine({ path: Buffer.from(reported.path), roots: rootsOf(reach, within) });
  return decide(reported, by, found);
}
const object = (name: string, signatures: string[] = [], buildId?: string): Reported => ({
  path: name.startsWith("/") ? name : at(name),
  signatures,
  buildId,
});

describe("an object is", () => {
  it.each([
    ["verified", object("stamped", [stamp])],
    ["verified", object("stamped", [stamp], buildIdOf("stamped"))],
    ["verified", object("twice", [stamp, second])],
    ["verified", object("twice", [second, stamp])],
    ["verified", object("stamped", [stamp.toUpperCase()])],
    ["unsigned", object("plain")],
    ["unsigned", object("plain", [], buildIdOf("plain"))],
    ["unreported", object("stamped")],
    ["unchecked", { ...object("stamped"), stampsUnknown: true }],
    ["verified", { ...object("stamped", [], buildIdOf("stamped")), stampsUnknown: true }],
    ["mismatch", { ...object("stamped", [], "00ff"), stampsUnknown: true }],
    ["stripped", object("plain", [stamp])],
    ["mismatch", object("stamped", [other])],
    ["mismatch", object("twice", [stamp])],
    ["mismatch", object("stamped", [stamp, stamp])],
    ["mismatch", object("stamped", [stamp], "00ff")],
    ["mismatch", object("plain", [], "00ff")],
    // The build-id is compared before the signatures, which are those of another build.
    ["mismatch", object("plain", [stamp], "00ff")],
    ["missing", object("nothing", [stamp])],
    ["malformed", object("stamped", ["no uuid"])],
    ["malformed", object("nothing", [`${stamp}x`])],
  ])("%s", (verdict, reported) => {
    expect(verdictOn(reported).verdict).toBe(verdict);
  });

  it("verified when it reports as many signatures of an unchanged file as it can", () => {
    const many = Array.from({ length: 18 }, freshUuid);
    build("many", ...many.map((uuid, index) => stampFile(folder, `many${index}.s`, uuid)));
    expect(verdictOn(object("many", many)).verdict).toBe("verified");
    expect(verdictOn(object("many", many.slice(0, 16))).verdict).toBe("verified");
    expect(verdictOn(object("many", many.slice(2))).verdict).toBe("verified");
    expect(verdictOn(object("many", many.slice(0, 15))).verdict).toBe("mismatch");
    expect(verdictOn(object("many", [...many.slice(0, 15), other])).verdict).toBe("mismatch");
  });

  it("not accused of notes that a process does not read: those beyond 64 KiB of a segment", () => {
    const long = `.section .note.ogrt.info,"a",%note\n.p2align 2\n.long 4,70000,1\n.asciz "abc"\n.zero 70000\n`;
    source(folder, "long.s", long);
    build("long", at("long.s"), at("one.s"));
    const buildId = buildIdOf("long");
    expect(verdictOn(object("long", [], buildId)).verdict).toBe("verified");
    expect(verdictOn(object("long")).verdict).toBe("unsigned");
    expect(verdictOn(object("long", [stamp])).verdict).toBe("verified");
    expect(verdictOn(object("long", [other])).verdict).toBe("mismatch");
    expect(verdictOn(object("long", [], "00ff")).verdict).toBe("mismatch");
  });

  it("unreadable, not stripped, where damaged notes may hold what was reported", () => {
    const [list] = run("readelf", "-SW", at("stamped")).match(/\.note\.ogrt\.info.*/) ?? [];
    const offset = Number.parseInt(list?.split(/\s+/)[3] ?? "", 16);
    const bytes = readFileSync(at("stamped"));
    // The size of the owner's name.
    bytes.writeUInt32LE(0x7fffffff, offset);
    writeFileSync(at("damaged"), bytes);
    const found = verdictOn(object("damaged", [stamp], buildIdOf("stamped")));
    expect(found).toMatchObject({ verdict: "unreadable", reason: "malformed-elf" });
    expect(verdictOn(object("damaged", [stamp], "00ff")).verdict).toBe("mismatch");
  });

  it("verified for a client that reports only the first signature, if the file has it among others", () => {
    const old = { ...reporter, firstSignatureOnly: true };
    expect(verdictOn(object("twice", [second]), old).verdict).toBe("verified");
    expect(verdictOn(object("twice", [other]), old).verdict).toBe("mismatch");
  });

  it("changed when the file is newer than the process, and still compared", () => {
    const { ctimeNs } = statSync(at("stamped"), { bigint: true });
    const started = (nanoseconds: bigint) => ({ ...reporter, startedBefore: nanoseconds });
    expect(verdictOn(object("stamped", [stamp]), started(ctimeNs))).toMatchObject({ verdict: "verified" });
    const early = started(ctimeNs - 1n);
    expect(verdictOn(object("stamped", [stamp]), early)).toMatchObject({ verdict: "changed", compared: "verified" });
    expect(verdictOn(object("stamped", [other]), early)).toMatchObject({ verdict: "changed", compared: "mismatch" });
    // A modification time in the future suffices.
    copyFileSync(at("plain"), at("future"));
    utimesSync(at("future"), new Date(), new Date(Date.now() + 3_600_000));
    expect(verdictOn(object("future"))).toMatchObject({ verdict: "changed", compared: "unsigned" });
  });

  it("unreadable with a reason: not regular, outside the roots, not ELF, damaged", () => {
    mkdirSync(at("directory"));
    writeFileSync(at("script"), "#!/bin/sh\n");
    writeFileSync(at("empty"), "");
    copyFileSync(at("plain"), at("cut"));
    truncateSync(at("cut"), 40);
    symlinkSync("/usr/bin/env", at("escape"));
    const reason = (name: string) => {
      const finding = verdictOn(object(name));
      expect(finding.verdict).toBe("unreadable");
      return finding.reason;
    };
    expect(reason("directory")).toBe("not-regular");
    expect(reason("escape")).toBe("outside-roots");
    expect(reason("/usr/bin/env")).toBe("outside-roots");
    expect(reason("script")).toBe("not-elf");
    expect(reason("empty")).toBe("not-elf");
    expect(reason("cut")).toBe("malformed-elf");
  });

  it.skipIf(process.getuid?.() === 0)("unreadable without permission", () => {
    copyFileSync(at("plain"), at("private"));
    chmodSync(at("private"), 0);
    expect(verdictOn(object("private"))).toMatchObject({ verdict: "unreadable", reason: "permission" });
  });

  it.each([
    ["relative-path", "relative/path"],
    ["vdso", "linux-vdso.so.1"],
    ["vdso", "linux-gate.so.1"],
    ["vdso", "[vdso]"],
    ["vdso", ""],
    ["memfd", "/memfd:loader (deleted)"],
    ["deleted", "/usr/bin/old (deleted)"],
  ])("unchecked, %s: %s", (reason, path) => {
    expect(verdictOn({ path, signatures: ["no uuid"], buildId: undefined })).toMatchObject({
      verdict: "unchecked",
      reason,
    });
  });

  it("unchecked from a container, unless it lies below a shared root", () => {
    const inContainer = { ...reporter, inContainer: true };
    const shared = { ...scope, sharedRoots: [folder] };
    expect(verdictOn(object("stamped", [stamp]), inContainer)).toMatchObject({
      verdict: "unchecked",
      reason: "container",
    });
    expect(verdictOn(object("stamped", [stamp]), inContainer, shared).verdict).toBe("verified");
    expect(verdictOn(object("stamped", [stamp]), { ...inContainer, host: "elsewhere" }).reason).toBe("other-host");
  });

  it("unchecked by policy below an excluded directory, for any reporter", () => {
    const private_ = { ...scope, sharedRoots: [folder], excluded: [folder] };
    for (const host of ["here", "elsewhere"]) {
      expect(verdictOn(object("stamped", [stamp]), { ...reporter, host }, private_)).toMatchObject({
        verdict: "unchecked",
        reason: "policy",
      });
    }
    const beside = { ...scope, excluded: [`${folder}-other`] };
    expect(verdictOn(object("stamped", [stamp]), reporter, beside).verdict).toBe("verified");
  });

  it("unchecked from another host, unless it lies below a shared root", () => {
    const elsewhere = { ...reporter, host: "elsewhere" };
    const shared = { ...scope, sharedRoots: [folder] };
    const elsewhereButShared = verdictOn(object("stamped", [stamp]), elsewhere, shared);
    expect(verdictOn(object("stamped", [stamp]), elsewhere)).toMatchObject({
      verdict: "unchecked",
      reason: "other-host",
    });
    expect(verdictOn(object("stamped", [stamp]), { ...reporter, host: undefined }).reason).toBe("other-host");
    expect(elsewhereButShared.verdict).toBe("verified");
    // A link out of the shared root leads to files that differ between hosts.
    expect(verdictOn(object("escape"), elsewhere, { ...shared, roots: ["/"] })).toMatchObject({
      verdict: "unreadable",
      reason: "outside-roots",
    });
  });

  it("reported with what is on disk, so that the difference can be seen", () => {
    expect(verdictOn(object("stamped", [other])).onDisk).toEqual({
      signatures: [stamp],
      buildId: buildIdOf("stamped"),
      package: undefined,
      compilers: compilersOf("stamped"),
    });
  });
});

describe("what a file states about its origin", () => {
  const found = (name: string, bytes: Uint8Array) => {
    writeFileSync(at(name), bytes);
    return examine({ path: Buffer.from(at(name)), roots: [folder] });
  };
  const commented = (body: Uint8Array, ...sections: BuiltRange[]) =>
    found(
      "built",
      builtElf({ body, sections: sections.map((one) => ({ ...one, name: 1 })), names: Buffer.from("\0.comment\0") }),
    );
  const packageNote = (descriptor: Uint8Array) => {
    const body = builtNote("FDO", 0xcafe1a7e, descriptor);
    return found("built", builtElf({ body, sections: [{ type: 7, size: body.length }] }));
  };

  it("is empty, not unread, where it states nothing", () => {
    const nothing = found("built", builtElf({ body: builtStamp(stamp), sections: [{ type: 7, size: 60, flags: 2 }] }));
    expect(nothing).toMatchObject({ state: "read", signatures: [stamp], package: undefined, compilers: [] });
    expect(nothing).not.toHaveProperty("unread");
  });

  it.each<[string, () => Found, object]>([
    ["a package note that is no JSON", () => packageNote(Buffer.from("{\0")), { compilers: [], unread: ["package"] }],
    [
      "a package note over the limit of a descriptor",
      () => packageNote(Buffer.from(`{"name":"${"x".repeat(1 << 20)}"}\0`)),
      { compilers: [], unread: ["package"] },
    ],
    [
      "a comment outside of the file",
      () => commented(Buffer.alloc(1), { type: 1, size: 1e9 }),
      { unread: ["compilers"] },
    ],
    [
      "comments over the limit of text",
      () => commented(Buffer.alloc((1 << 20) + 1, "a"), { type: 1, size: (1 << 20) + 1 }),
      { compilers: undefined, unread: ["compilers"] },
    ],
    [
      "a comment over the limit of text, behind one that fits",
      () => commented(Buffer.from(`GCC\0${"a".repeat(1 << 20)}`), { type: 1, size: 4 }, { type: 1, size: 1 << 20 }),
      { compilers: ["GCC"], unread: ["compilers"] },
    ],
    [
      "a damaged comment behind a sound one",
      () => commented(Buffer.from("GCC\0"), { type: 1, size: 4 }, { type: 1, size: 9, flags: 0x800 }),
      { compilers: ["GCC"], unread: ["compilers"] },
    ],
    [
      "more compilers than are kept",
      () => {
        const body = Buffer.from(Array.from({ length: 17 }, (_, i) => `GCC ${i}\0`).join(""));
        return commented(body, { type: 1, size: body.length });
      },
      { compilers: Array.from({ length: 16 }, (_, i) => `GCC ${i}`), unread: ["compilers"] },
    ],
  ])("is said to be unread: %s", (_, make, expected) => {
    const result = make();
    expect(result).toMatchObject({ state: "read", ...expected });
    const { onDisk } = decide(object("built"), reporter, result);
    expect(onDisk).toMatchObject(expected);
  });
});

describe("a note that is not loaded into memory", () => {
  const note = run("gcc", "-c", "-o", at("note.o"), at("stamp.s")) || at("note.o");
  run("objcopy", "-O", "binary", "--only-section=.note.ogrt.info", note, at("note.bin"));
  run("objcopy", "--add-section", `.note.ogrt.info=${at("note.bin")}`, at("plain"), at("added"));

  it("cannot be reported, and gives unreported", () => {
    expect(verdictOn(object("added")).verdict).toBe("unreported");
  });
});

describe("examining again", () => {
  const examineTwice = (parsed: ParsedFiles, ...names: string[]) =>
    names.map((name) => examine({ path: Buffer.from(at(name)), roots: [folder], parsed }));

  it("parses a file once, however many paths lead to it, and again when it changed", () => {
    const parsed = new ParsedFiles();
    mkdirSync(at("a/b"), { recursive: true });
    symlinkSync("../../stamped", at("a/b/link"));
    linkSync(at("stamped"), at("hard"));
    execFileSync("touch", ["-d", "1 hour ago", at("stamped")]);
    // Its state changed just now (ctime). It is kept when that is a second ago.
    const [fresh, again] = examineTwice(parsed, "stamped", "stamped");
    expect(again).toEqual(fresh);
    expect(again).not.toBe(fresh);
    execFileSync("sleep", ["1.1"]);
    const [first, ...others] = examineTwice(parsed, "stamped", "a/../stamped", "a/b/link", "a/b/./../../hard");
    expect(first).toMatchObject({ state: "read", signatures: [stamp] });
    for (const other of others) expect(other).toBe(first);
    copyFileSync(at("plain"), at("stamped"));
    expect(examineTwice(parsed, "hard")).toMatchObject([{ signatures: [] }]);
  });
});

describe("conflicts", () => {
  const found = (buildId: string, signatures: string[]): Found => ({
    state: "read",
    identity: { device: 1n, inode: 1n, size: 1n, modified: 0n, changed: 0n },
    signatures,
    buildId,
  });
  const observe = (detector: ConflictDetector, path: string, buildId: string, onDisk = buildId) => {
    const reported = { path, signatures: [stamp], buildId };
    return detector.observe(reported, decide(reported, reporter, found(onDisk, [stamp])));
  };

  it("are one UUID under one file name on two builds", () => {
    const detector = new ConflictDetector();
    expect(observe(detector, "/a/lib.so", "01")).toEqual([]);
    expect(observe(detector, "/b/lib.so", "01")).toEqual([]);
    expect(observe(detector, "/c/lib.so", "02")).toEqual([
      { signature: stamp, fileName: "lib.so", buildIds: ["01", "02"] },
    ]);
  });

  it("are not one UUID for a whole package", () => {
    const detector = new ConflictDetector();
    expect(observe(detector, "/a/lib.so", "01")).toEqual([]);
    expect(observe(detector, "/a/tool", "02")).toEqual([]);
  });

  it("cannot be raised by a report alone", () => {
    const detector = new ConflictDetector();
    expect(observe(detector, "/a/lib.so", "01")).toEqual([]);
    expect(observe(detector, "/a/lib.so", "66", "01")).toEqual([]);
    expect(observe(detector, "/a/lib.so", "01")).toEqual([]);
  });
});

it("a path as text is refused, not missing", () => {
  const asText = { path: at("plain"), roots: ["/"] } as unknown as Parameters<typeof examine>[0];
  expect(() => examine(asText)).toThrow("path is a Buffer: reported paths are bytes");
});
