import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import packageFile from "../../../package.json" with { type: "json" };
import { builtAgent } from "../../native-agent/support/agent.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";

/* The pages of the programs in C are texts beside their sources. */

const PAGES = {
  "ogrt-agent": ["native-agent", "man8/ogrt-agent.8"],
  "ogrt-ld": ["native-ld", "man1/ogrt-ld.1"],
} as const;
const folder = temporaryFolder();
const installed = (page: string) => join(root, "dist/share/man", page);
const pageOf = (name: keyof typeof PAGES) => readFileSync(installed(PAGES[name][1]), "utf8");
const plain = (text: string) => text.replaceAll(/\\f[BIR]/g, "").replaceAll("\\-", "-");
const isInstalled = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
/** Terms of the items of a section, each a line. */
const terms = (text: string, section: string) => {
  const [, body = ""] = new RegExp(`^\\.SH ${section}\\n([\\s\\S]*?)(?=^\\.SH )`, "m").exec(text) ?? [];
  return Array.from(body.matchAll(/^\.TP\n(.*)$/gm), ([, term = ""]) => plain(term));
};

describe.each(Object.entries(PAGES))("the page of %s", (_, [source, page]) => {
  it("has the version, in the npm package, which installs it, and by make install", () => {
    const text = readFileSync(installed(page), "utf8");
    expect(text).toMatch(new RegExp(`^\\.TH .*"ogrt ${packageFile.version}"`, "m"));
    expect(packageFile.man).toContain(`./dist/share/man/${page}`);
    const staged = join(folder, source);
    const make = ["-s", "-C", join(root, source), "install", `DESTDIR=${staged}`, "PREFIX=/usr"];
    execFileSync("make", make, { stdio: ["ignore", "ignore", "pipe"] });
    expect(readFileSync(join(staged, "usr/share/man", page), "utf8")).toBe(text);
  });

  it.skipIf(!isInstalled("mandoc"))("is correct to mandoc", () => {
    const lint = ["-T", "lint", "-W", "warning", installed(page)];
    const { stdout } = spawnSync("mandoc", lint, { encoding: "utf8" });
    // A page has no date: the same sources give the same bytes.
    expect(stdout.split("\n").filter((line) => line !== "" && !line.includes("missing date"))).toEqual([]);
  });
});

it("the page of ogrt-agent has the options of --help, in order, and their defaults", () => {
  const help = execFileSync(builtAgent(), ["--help"], { encoding: "utf8" });
  const options = Array.from(help.matchAll(/^ {2}(--[\w-]+(?: [A-Z]+)?)(?= |$)/gm), ([, option]) => option);
  expect(options.length).toBeGreaterThan(10);
  expect(terms(pageOf("ogrt-agent"), "OPTIONS")).toEqual(options);
  const defaults = Array.from(help.matchAll(/\((\/[\w/-]+|\d+)\)$/gm), ([, value = ""]) => value);
  expect(defaults).toContain("/var/spool/ogrt-agent");
  for (const value of defaults) expect(plain(pageOf("ogrt-agent"))).toContain(`instead of ${value}`);
});

it("the page of ogrt-ld has the variables that its sources and its reference have", () => {
  const sources = readdirSync(join(root, "native-ld/src")).map((name) =>
    readFileSync(join(root, "native-ld/src", name), "utf8"),
  );
  const used = sources.flatMap((text) => text.match(/"OGRT_LD_[A-Z]+\b/g) ?? []).map((name) => name.slice(1));
  const described = terms(pageOf("ogrt-ld"), "ENVIRONMENT").flatMap((term) => term.match(/OGRT_LD_\w+/g) ?? []);
  expect(described.length).toBeGreaterThan(5);
  expect([...described].sort()).toEqual([...new Set(used)].sort());
  const reference = readFileSync(join(root, "docs/reference/linker-wrapper.md"), "utf8");
  const listed = reference
    .match(/^\| `OGRT_LD_.*$/gm)
    ?.flatMap((row) => row.split("|")[1]?.match(/OGRT_LD_\w+/g) ?? []);
  expect(described).toEqual([...new Set(listed)]);
});
