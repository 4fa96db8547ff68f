import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { describe, expect, it } from "vitest";
import {
  byRelativePath,
  type CatalogueEntry,
  CatalogueWriter,
  Checker,
  type CheckOptions,
  compareCatalogues,
  cycloneDx,
  type FileFinding,
  readCatalogue,
} from "../../lib/inspect/index.js";
import { packageUrl } from "../../lib/inspect/purl.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const U1 = "0f0f0f0f-0000-4000-8000-000000000001";
const U2 = "0f0f0f0f-0000-4000-8000-000000000002";
const entry = (path: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  path,
  kind: "PIE",
  machine: "EM_X86_64",
  size: 100,
  modified: "2026-01-01T00:00:00.000Z",
  ...more,
});

const HEADER = '{"ogrt-catalogue":1,"roots":[]}\n';

describe("a catalogue", () => {
  it("comes back as it was written", () => {
    const writer = new CatalogueWriter(at("catalogue"), ["/opt"]);
    const entries = [entry("/opt/a", { uuids: [U1], buildId: "aa" }), entry("/opt/gr\\xf6\\xdfe")];
    for (const one of entries) writer.add(one);
    expect(existsSync(at("catalogue"))).toBe(false);
    writer.finish();
    writer.abandon();
    expect(readCatalogue(at("catalogue"))).toMatchObject({ header: { "ogrt-catalogue": 1, roots: ["/opt"] }, entries });
    expect(readdirSync(folder)).toEqual(["catalogue"]);
  });

  it("that is abandoned leaves the old one and no trace", () => {
    const writer = new CatalogueWriter(at("catalogue"), []);
    writer.add(entry("/x"));
    writer.abandon();
    expect(readCatalogue(at("catalogue")).entries).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(["catalogue"]);
  });

  it.each([
    ["another file", "hello\n", 1],
    ["a newer version", '{"ogrt-catalogue":2,"roots":[]}\n', 1],
    ["a damaged line", '{"ogrt-catalogue":1,"roots":[]}\n{"path":"/a","kind":"PIE"}\nnonsense\n', 3],
    ["a line without a path", '{"ogrt-catalogue":1,"roots":[]}\n{}\n', 2],
    ["signatures that are no list", `${HEADER}{"path":"/a","kind":"PIE","uuids":5}\n`, 2],
    ["signatures that are no texts", `${HEADER}{"path":"/a","kind":"PIE","uuids":[null]}\n`, 2],
    ["a size that is no number", `${HEADER}{"path":"/a","kind":"PIE","size":"1"}\n`, 2],
    ["a size without end", `${HEADER}{"path":"/a","kind":"PIE","size":1e400}\n`, 2],
    ["a soname that is no text", `${HEADER}{"path":"/a","kind":"PIE","soname":{}}\n`, 2],
    ["a package whose name is no text", `${HEADER}{"path":"/a","kind":"PIE","package":{"name":[]}}\n`, 2],
    ["a value of many levels", `${HEADER}{"path":"/a","kind":"PIE","x":${"[".repeat(9000)}${"]".repeat(9000)}}\n`, 2],
    ["an incomplete line", '{"ogrt-catalogue":1,"roots":[]}\n{"path":"/a","kind":"PIE"}', 2],
  ])("%s is refused with its line", (_, text, line) => {
    writeFileSync(at("bad"), text);
    expect(() => readCatalogue(at("bad"))).toThrow(
      expect.objectContaining({ code: "MALFORMED_CATALOGUE", value: line, path: at("bad") }),
    );
  });

  it("that cannot be written or read is a coded error", () => {
    expect(() => new CatalogueWriter(at("no/where"), [])).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
    expect(() => readCatalogue(at("absent"))).toThrow(expect.objectContaining({ code: "FILE_UNREADABLE" }));
  });
});

describe("what changed", () => {
  it.each<[string, Partial<CatalogueEntry>, Partial<CatalogueEntry>, string | undefined]>([
    ["nothing", { uuids: [U1], buildId: "aa" }, { uuids: [U1], buildId: "aa" }, undefined],
    ["the date only", { buildId: "aa" }, { buildId: "aa", modified: "2027-01-01T00:00:00.000Z" }, undefined],
    ["the build-id", { buildId: "aa" }, { buildId: "bb" }, "rebuilt"],
    ["build-id and stamp", { uuids: [U1], buildId: "aa" }, { uuids: [U2], buildId: "bb" }, "rebuilt"],
    ["the stamp alone", { uuids: [U1], buildId: "aa" }, { uuids: [U2], buildId: "aa" }, "re-stamped"],
    ["the stamp, without build-ids", { uuids: [U1] }, { uuids: [U2] }, "rebuilt"],
    ["no stamp any more", { uuids: [U1], buildId: "aa" }, { buildId: "bb" }, "stamp lost"],
    ["a stamp for the first time", { buildId: "aa" }, { uuids: [U1], buildId: "aa" }, "re-stamped"],
    ["the size of a file without identity", {}, { size: 101 }, "rebuilt"],
    ["the content of a file without identity", { sha256: "aa" }, { sha256: "bb" }, "rebuilt"],
  ])("%s", (_, before, after, change) => {
    const changes = compareCatalogues(new Map([["a", entry("a", before)]]), new Map([["a", entry("a", after)]]));
    expect(changes.map((one) => one.change)).toEqual(change === undefined ? [] : [change]);
  });

  it("added, removed and moved, relative to each tree's root", () => {
    const before = [entry("/old/gone"), entry("/old/bin/app", { buildId: "aa" }), entry("/old/same")];
    const after = [entry("/new/fresh"), entry("/new/libexec/app", { buildId: "aa" }), entry("/new/same")];
    const changes = compareCatalogues(byRelativePath(before, ["/old"]), byRelativePath(after, ["/new"]));
    expect(changes.map(({ change, path, from }) => [change, path, from])).toEqual([
      ["added", "fresh", undefined],
      ["removed", "gone", undefined],
      ["moved", "libexec/app", "bin/app"],
    ]);
  });
});

const finding = (path: string, more: Partial<FileFinding> = {}): FileFinding => ({
  finding: "file",
  path,
  kind: "PIE",
  bits: 64,
  byteOrder: "little",
  machine: "EM_X86_64",
  signatures: [],
  needed: [],
  compilers: [],
  notes: [],
  size: 100,
  uid: 0,
  gid: 0,
  mode: "0755",
  modified: "2026-01-01T00:00:00.000Z",
  identity: "1:1",
  links: 1,
  problems: [],
  ...more,
});
const signature = (uuid: string) => ({ uuid, version: 1, owner: "OGRT", allocatable: true, offset: 0 });

describe("rules", () => {
  const offences = (findings: FileFinding[], options?: CheckOptions) => {
    const checker = new Checker(options);
    return findings.flatMap((one) => checker.check(one)).map(({ rule, level }) => `${level} ${rule}`);
  };
  const stamped = { signatures: [signature(U1)] };

  it.each<[string, FileFinding[], CheckOptions, string[]]>([
    ["a valid file", [finding("/a", stamped)], {}, []],
    ["an unstamped one", [finding("/a")], {}, ["fail stamped"]],
    ["a level", [finding("/a")], { levels: { stamped: "warn" } }, ["warn stamped"]],
    ["a rule that is off", [finding("/a")], { levels: { stamped: "off" } }, []],
    [
      "debug files and relocatables",
      [finding("/a", { kind: "debug file" }), finding("/b", { kind: "relocatable" })],
      {},
      [],
    ],
    [
      "one UUID on two builds",
      [
        finding("/a", { ...stamped, buildId: "aa" }),
        finding("/b", { ...stamped, buildId: "aa" }),
        finding("/c", { ...stamped, buildId: "bb" }),
      ],
      {},
      ["fail one-build-per-uuid"],
    ],
    [
      "an executable stack",
      [
        finding("/a", {
          ...stamped,
          hardening: { stack: "executable", relro: "full", bindNow: true, pie: true, textRelocations: false },
        }),
      ],
      {},
      ["fail no-executable-stack"],
    ],
    [
      "missing package metadata",
      [finding("/a", stamped)],
      { levels: { "package-metadata": "fail" } },
      ["fail package-metadata"],
    ],
    [
      "an rpath inside",
      [finding("/opt/bin/a", { ...stamped, runpath: "$ORIGIN/../lib:/opt" })],
      { rpathRoots: ["/opt"] },
      [],
    ],
    [
      "an rpath outside",
      [finding("/opt/a", { ...stamped, runpath: "$ORIGIN/../home:/optional" })],
      { rpathRoots: ["/opt"] },
      ["fail rpath-roots", "fail rpath-roots"],
    ],
    [
      "a relative rpath",
      [finding("/opt/a", { ...stamped, rpath: "lib" })],
      { rpathRoots: ["/opt"] },
      ["fail rpath-roots"],
    ],
  ])("%s", (_, findings, options, expected) => {
    expect(offences(findings, options)).toEqual(expected);
  });
});

describe("a package URL", () => {
  it.each<[string | undefined, Record<string, unknown>]>([
    // Examples of the types' definitions (https://github.com/package-url/purl-spec/tree/main/types).
    [
      "pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25",
      { type: "rpm", os: "fedora", osVersion: "25", name: "curl", version: "7.50.3-1.fc25", architecture: "i386" },
    ],
    [
      "pkg:apk/alpine/curl@7.83.0-r0?arch=x86",
      { type: "apk", os: "alpine", name: "curl", version: "7.83.0-r0", architecture: "x86" },
    ],
    ["pkg:deb/debian/dpkg@1.19.0.4", { type: "deb", os: "Debian", name: "DPKG", version: "1.19.0.4" }],
    ["pkg:deb/debian/attr@1:2.4.47-2%2Bb2", { type: "deb", os: "debian", name: "attr", version: "1:2.4.47-2+b2" }],
    ["pkg:rpm/centos/Perl-X@5.26.3-1?epoch=4", { type: "rpm", os: "centos", name: "Perl-X", version: "4:5.26.3-1" }],
    ["pkg:generic/GROMACS@2024.1", { type: "easybuild", name: "GROMACS", version: "2024.1" }],
    ["pkg:generic/app", { type: "deb", name: "app" }],
    ["pkg:generic/a%2F%3F%23%20%21%27%28%29%2A%C3%A9%EF%BF%BD", { name: "a/?# !'()*\u00e9\ud800" }],
    [undefined, { type: "deb", os: "debian", version: "1" }],
    [undefined, { name: 7 }],
  ])("%s", (expected, metadata) => {
    expect(packageUrl(metadata)).toBe(expected);
  });
});

describe("a bill of materials", () => {
  it("is valid CycloneDX 1.6, one component for each content", async () => {
    const document = cycloneDx(
      [
        finding("/opt/bin/app", {
          signatures: [signature(U1)],
          buildId: "aa",
          sha256: "a".repeat(64),
          package: { type: "deb", os: "debian", osVersion: "12", name: "app", version: "1.2", architecture: "amd64" },
        }),
        finding("/opt/bin/copy", { signatures: [signature(U1)], buildId: "aa", sha256: "a".repeat(64) }),
        finding("/opt/lib/libx.so.1", { kind: "shared object", soname: "libx.so.1", sha256: "b".repeat(64) }),
        finding("/opt/lib/x.o", { kind: "relocatable" }),
      ],
      "1.0.0",
    );
    expect(document.components).toMatchObject([
      {
        type: "application",
        name: "app",
        version: "1.2",
        evidence: { occurrences: [{ location: "/opt/bin/app" }, { location: "/opt/bin/copy" }] },
      },
      { type: "library", name: "libx.so.1" },
      { type: "file", name: "x.o" },
    ]);
    expect(document.components[0]?.properties).toContainEqual({ name: "ogrt:uuid", value: U1 });
    expect(document.components[0]?.purl).toBe("pkg:deb/debian/app@1.2?arch=amd64&distro=debian-12");
    for (const [name, value] of Object.entries({ type: "deb", os: "debian", "os-version": "12" })) {
      expect(document.components[0]?.properties).toContainEqual({ name: `ogrt:package:${name}`, value });
    }
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(JSON.stringify(document))).toBeNull();
    expect(await validator.validate(JSON.stringify({ ...document, serialNumber: 7 }))).not.toBeNull();
  });
});
