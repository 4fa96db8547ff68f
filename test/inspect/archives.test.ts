import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ThinMembers } from "../../lib/files/index.js";
import { readArchiveSignatures, toSource, withBudget } from "../../lib/index.js";
import { archiveFacts } from "../../lib/inspect/archive-facts.js";
import { cycloneDx, type FileFinding, fileReport, filterTest, inspect, problemLines } from "../../lib/inspect/index.js";
import { builtElf } from "../support/built-elf.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const uuid = freshUuid();

beforeAll(() => {
  for (const name of ["tree/sub", "tree/out", "outside"]) mkdirSync(at(name), { recursive: true });
  stampFile(folder, "stamp.s", uuid);
  source(folder, "plain.c", "int plain(void) { return 1; }\n");
  run("gcc", "-c", "-o", at("tree/sub/stamp.o"), at("stamp.s"));
  run("gcc", "-c", "-o", at("tree/sub/plain.o"), at("plain.c"));
  copyFileSync(at("tree/sub/stamp.o"), at("outside/stamp.o"));
});

/** An archive by its path below `folder`, found in a scan of a directory or given by name. */
async function found(archive: string, given: string): Promise<FileFinding & { summary: Record<string, unknown> }> {
  const scan = inspect([at(given)], { archives: true, include: [at(archive)] });
  for await (const finding of scan) {
    if (finding.finding === "file") return { ...finding, summary: { ...scan.summary } };
  }
  throw new Error(`${archive} was not found`);
}

const messages = ({ problems }: FileFinding) => problems.map(({ message }) => message.replace(/^.*: member /, ""));

describe("a thin archive", () => {
  /** Makes one in a directory, as a build does. */
  const thin = (directory: string, archive: string, ...members: string[]) =>
    run("env", "-C", at(directory), "ar", "rcST", archive, ...members);

  it("shows the stamps of its members, in a tree and by name", async () => {
    thin("tree", "thin.a", "sub/plain.o", "sub/stamp.o");
    for (const given of ["tree", "tree/thin.a"]) {
      const finding = await found("tree/thin.a", given);
      expect(finding).toMatchObject({ kind: "archive", machine: expect.stringMatching(/^EM_/), problems: [] });
      expect(finding.members).toMatchObject([
        { name: "sub/plain.o", signatures: [] },
        { name: "sub/stamp.o", signatures: [{ uuid }] },
      ]);
      expect(finding.summary).toMatchObject({ stamped: 1, unstamped: 0 });
      expect(fileReport(finding)).toContain(uuid);
    }
  });

  it("shows members of archives that it refers to", async () => {
    run("ar", "rc", at("tree/lib.a"), at("tree/sub/plain.o"), at("tree/sub/stamp.o"));
    thin("tree", "nested.a", "lib.a", "sub/plain.o");
    const finding = await found("tree/nested.a", "tree");
    expect(finding).toMatchObject({ signatures: [{ uuid }], problems: [] });
    expect(finding.members).toHaveLength(run("ar", "t", at("tree/nested.a")).trim().split("\n").length);
  });

  it("reaches members through .. below the same root only", async () => {
    thin("tree/out", "up.a", "../sub/stamp.o");
    expect(await found("tree/out/up.a", "tree")).toMatchObject({ signatures: [{ uuid }] });
    thin("tree/out", "absolute.a", at("tree/sub/stamp.o"));
    expect(await found("tree/out/absolute.a", "tree")).toMatchObject({ signatures: [{ uuid }] });
    const named = await found("tree/out/up.a", "tree/out/up.a");
    expect(named).toMatchObject({ signatures: [], members: [], unreadMembers: 1 });
    expect(messages(named)).toEqual([`../sub/stamp.o was not read: outside of the directory ${at("tree/out")}`]);
  });

  it("names the members that it does not read, and is neither stamped nor unstamped", async () => {
    symlinkSync(at("outside"), at("tree/link"));
    symlinkSync(at("outside/stamp.o"), at("tree/link.o"));
    symlinkSync("loop.o", at("tree/loop.o"));
    run("mkfifo", at("tree/fifo.o"));
    run("ar", "rc", at("tree/whole.a"), at("tree/sub/stamp.o"));
    const names: [name: string, reason: RegExp][] = [
      ["gone.o", /no such file/],
      ["../outside/stamp.o", /outside of/],
      [`${"../".repeat(60)}etc/passwd`, /outside of/],
      ["/etc/passwd", /outside of/],
      ["/proc/self/exe", /without programs/],
      ["/dev/zero", /without programs/],
      ["link/stamp.o", /outside of/],
      ["link.o", /outside of/],
      ["loop.o", /no such file/],
      ["fifo.o", /not a regular file/],
      ["sub", /not a regular file/],
      ["sub/plain.o/x", /no such file/],
      ["whole.a", /an archive itself/],
      ["", /not a regular file/],
    ];
    writeFileSync(at("tree/hostile.a"), thinArchive(names.map(([name]) => name)));
    const finding = await found("tree/hostile.a", "tree");
    expect(finding).toMatchObject({ members: [], unreadMembers: names.length, signatures: [] });
    for (const [index, [, reason]] of names.entries()) expect(messages(finding)[index]).toMatch(reason);
    expect(finding).not.toHaveProperty("machine");
    expect(finding.summary).toMatchObject({ archives: 1, stamped: 0, unstamped: 0 });
    for (const stamped of [true, false]) expect(filterTest({ stamped })(finding)).toBe(false);
    expect(fileReport(finding)).toContain(`members not read: ${names.length}`);
    expect(fileReport(finding)).not.toContain("no OGRT signature");
  });

  it("is still stamped where another member could not be read", async () => {
    writeFileSync(at("tree/partly.a"), thinArchive(["gone.o", "sub/stamp.o"]));
    expect(await found("tree/partly.a", "tree")).toMatchObject({
      signatures: [{ uuid }],
      unreadMembers: 1,
      summary: { stamped: 1 },
    });
  });

  it.each(["/0:1", "/0:99999999", "/0:8"])("with the false place %s in another archive", async (header) => {
    writeFileSync(at("tree/false.a"), thinArchive(["sub/stamp.o"], header));
    expect(await found("tree/false.a", "tree")).toMatchObject({ unreadMembers: 1, signatures: [] });
  });

  it("lists some unread members, and counts all", async () => {
    writeFileSync(at("tree/many.a"), thinArchive(new Array(500).fill("gone.o")));
    const finding = await found("tree/many.a", "tree");
    expect(finding).toMatchObject({ unreadMembers: 500 });
    expect(finding).toMatchObject({ furtherProblems: 400 });
    expect(finding.problems).toHaveLength(100);
    const lines = problemLines(finding);
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toBe(`${at("tree/many.a")}: and 400 more problems`);
  });

  it("costs the budget of the archive for each member that is opened, also in readArchiveSignatures", async () => {
    writeFileSync(at("tree/gone.a"), thinArchive(new Array(6000).fill("gone.o")));
    const finding = await found("tree/gone.a", "tree");
    expect(finding).toMatchObject({ unread: ["members"] });
    expect(finding.problems.at(-1)).toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(finding.unreadMembers).toBeGreaterThan(1000);

    // Each member is the same file, whose notes would take a budget of its own.
    const note = Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]), Buffer.from("ABC\0")]);
    const body = Buffer.concat(new Array(5000).fill(note));
    const sections = Array.from({ length: 20 }, () => ({ type: 7, size: body.length }));
    const costly = builtElf({ body, sections, type: 1 });
    const bytes = Buffer.from(thinArchive(new Array(500).fill("costly.o")));
    let opened = 0;
    const openMember = () => {
      opened++;
      return toSource(costly);
    };
    expect(() => [...readArchiveSignatures(bytes, { openMember })]).toThrow("maxSteps");
    expect(opened).toBeLessThan(20);
  });

  it("has unread entries for readArchiveSignatures, unless its caller opens the members", () => {
    const bytes = readFileSync(at("tree/thin.a"));
    const unread = { signatures: [], isUnread: true };
    expect([...readArchiveSignatures(bytes)]).toEqual([
      { member: "sub/plain.o", ...unread },
      { member: "sub/stamp.o", ...unread },
    ]);
    const files = new ThinMembers(at("tree/thin.a"), at("tree"));
    const read = [...readArchiveSignatures(bytes, { openMember: (member) => files.open(member) })];
    files.close();
    expect(read).toMatchObject([{ signatures: [] }, { member: "sub/stamp.o", signatures: [{ uuid }] }]);
  });
});

/** A thin archive as GNU ar writes it, with any names. */
function thinArchive(names: readonly string[], header?: string): string {
  const table = names.map((name) => `${name}/\n`).join("");
  let start = 0;
  const headers = names.map((name) => {
    const reference = header ?? `/${start}`;
    start += name.length + 2;
    return `${reference.padEnd(48)}${"100".padEnd(10)}\`\n`;
  });
  const even = table.length % 2 === 0 ? table : `${table}\n`;
  return `!<thin>\n${"//".padEnd(48)}${String(even.length).padEnd(10)}\`\n${even}${headers.join("")}`;
}

describe("an archive without ELF members has no machine and is not unstamped:", () => {
  const archives: [string, string, () => void][] = [
    ["bitcode", "clang", () => run("clang", "-emit-llvm", "-c", "-o", at("bit.o"), at("plain.c"))],
    ["deb", "dpkg-deb", () => debianPackage()],
    ["Go package", "go", () => goPackage()],
    ["text", "ar", () => void writeFileSync(at("bit.o"), "text")],
    [
      "object of another system",
      "clang",
      () => run("clang", "--target=x86_64-apple-darwin", "-c", "-o", at("bit.o"), at("plain.c")),
    ],
  ];
  it.each(archives)("%s", async (name, tool, make) => {
    if (!have(tool)) return console.warn(`${tool} is not installed: not tried`);
    const archive = at("tree", "none.a");
    run("rm", "-f", archive);
    make();
    if (name !== "deb" && name !== "Go package") run("ar", "rcS", archive, at("bit.o"));
    const finding = await found("tree/none.a", "tree");
    expect(finding).toMatchObject({ kind: "archive", members: [], problems: [], signatures: [] });
    for (const property of ["machine", "bits", "byteOrder", "unreadMembers"])
      expect(finding).not.toHaveProperty(property);
    expect(finding.summary).toMatchObject({ archives: 1, stamped: 0, unstamped: 0 });
    expect(fileReport(finding)).toMatch(/^kind: +archive\n/);
    expect(fileReport(finding)).toContain("\n\nno ELF members\n");
    expect(filterTest({ stamped: false })(finding)).toBe(false);
    expect(cycloneDx([finding], "1").components).toMatchObject([{ type: "file" }]);
  });

  it("an empty one", async () => {
    writeFileSync(at("tree/none.a"), "!<arch>\n");
    expect(fileReport(await found("tree/none.a", "tree"))).toContain("\nno ELF members\n");
  });

  it("but an ELF member beside others counts", async () => {
    writeFileSync(at("note.txt"), "text");
    run("ar", "rcS", at("tree/mixed.a"), at("note.txt"), at("tree/sub/plain.o"));
    const finding = await found("tree/mixed.a", "tree");
    expect(finding).toMatchObject({ bits: 64, members: [{ name: "plain.o" }], summary: { unstamped: 1 } });
    expect(fileReport(finding)).toContain("no OGRT signature");
  });

  it("and a damaged ELF member is unread, not absent", async () => {
    writeFileSync(at("cut.o"), readFileSync(at("tree/sub/plain.o")).subarray(0, 70));
    run("ar", "rcS", at("tree/cut.a"), at("cut.o"));
    expect(await found("tree/cut.a", "tree")).toMatchObject({
      members: [],
      unreadMembers: 1,
      problems: [{ code: "MALFORMED_ELF" }],
      summary: { stamped: 0, unstamped: 0 },
    });
  });
});

function debianPackage(): void {
  mkdirSync(at("package/DEBIAN"), { recursive: true });
  mkdirSync(at("package/usr/bin"), { recursive: true });
  copyFileSync(at("tree/sub/plain.o"), at("package/usr/bin/program"));
  const control = "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n";
  writeFileSync(at("package/DEBIAN/control"), control);
  run("dpkg-deb", "--root-owner-group", "--build", at("package"), at("tree/none.a"));
}

function goPackage(): void {
  const text = "package x\n\nfunc F() int { return 1 }\n";
  run("go", "tool", "compile", "-pack", "-p", "x", "-o", at("tree/none.a"), source(folder, "x.go", text));
}

describe("a large archive", () => {
  const member = (name: string, content: Uint8Array) =>
    Buffer.concat([Buffer.from(`${name.padEnd(48)}${String(content.length).padEnd(10)}\`\n`), content]);
  const archive = (members: readonly Uint8Array[]) => Buffer.concat([Buffer.from("!<arch>\n"), ...members]);
  const object = (name: string) => readFileSync(at("tree/sub", name));

  it("of 20,000 members is read within the limits", async () => {
    const plain = object("plain.o");
    const members = Array.from({ length: 20_000 }, (_, index) => member(`m${index}.o/`, plain));
    writeFileSync(at("large.a"), archive([...members, member("stamp.o/", object("stamp.o"))]));
    const finding = await found("large.a", "large.a");
    expect(finding).toMatchObject({ signatures: [{ uuid }], problems: [] });
    expect(finding.members).toHaveLength(20_001);
    expect(finding).not.toHaveProperty("unread");
  });

  it("costs at most 16 times what a file may, and says that members were not read", () => {
    const plain = object("plain.o");
    const members = Array.from({ length: 2000 }, (_, index) => member(`m${index}.o/`, plain));
    const read = (maxSteps: number) => {
      const source = withBudget(toSource(archive(members)), { maxSteps });
      const problems: string[] = [];
      const facts = archiveFacts(source, { onProblem: ({ code }) => problems.push(code) }, () => source);
      return { ...facts, problems, steps: source.budget.steps };
    };
    const bounded = read(2000);
    expect(bounded).toMatchObject({ unread: ["members"], problems: ["LIMIT_EXCEEDED"] });
    expect(bounded.members?.length).toBeGreaterThan(200);
    expect(bounded.steps).toBeLessThan(17 * 2000);
    expect(read(50_000)).toMatchObject({ members: { length: 2000 }, problems: [] });
  });

  it("of few bytes is read as far as the limits go, or further when they are raised", async () => {
    const empty = Array.from({ length: 40_000 }, () => member("/", Buffer.from("\x7fELF")).fill("e", 0, 1));
    writeFileSync(at("dense.a"), archive([...empty, member("stamp.o/", object("stamp.o"))]));
    const scan = async (limitScale: number) => {
      for await (const finding of inspect([at("dense.a")], { limitScale })) return finding as FileFinding;
      throw new Error("nothing was found");
    };
    expect(await scan(1)).toMatchObject({ signatures: [], unread: ["members"] });
    const raised = await scan(20);
    expect(raised).toMatchObject({ signatures: [{ uuid }], unreadMembers: 40_000 });
    expect(raised).not.toHaveProperty("unread");
  });
});
