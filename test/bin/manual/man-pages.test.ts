import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import packageFile from "../../../package.json" with { type: "json" };
import { run } from "../../support/toolchain.js";
import { root, tool } from "../../support/tools.js";

const folder = join(root, "dist/share/man/man1");
/** Of the tools of Node.js; native-pages.test.ts has the others. */
const pages = readdirSync(folder).filter((page) => page !== "ogrt-ld.1");
const isInstalled = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const shown = (page: string) =>
  run("man", "--encoding=UTF-8", "--nh", "--nj", "-l", join(folder, page)).replaceAll(/.\u0008/g, "");

it("there is a man page of every tool, which npm installs", () => {
  expect(pages).toEqual([...Object.keys(packageFile.bin).map((name) => `${name}.1`)].sort());
  const man = packageFile.man.filter((path) => !/\/ogrt-(?:ld|agent)\.\d$/.test(path));
  expect(man.sort()).toEqual(pages.map((page) => `./dist/share/man/man1/${page}`));
});

describe.each(pages)("%s", (page) => {
  it.skipIf(!isInstalled("mandoc"))("is correct to mandoc", () => {
    const { stdout } = spawnSync("mandoc", ["-T", "lint", "-W", "warning", join(folder, page)], { encoding: "utf8" });
    // A page has no date: the same sources give the same bytes.
    expect(stdout.split("\n").filter((line) => line !== "" && !line.includes("missing date"))).toEqual([]);
  });

  it.skipIf(!isInstalled("man"))("has examples, and the options of --help, to man", () => {
    const text = shown(page);
    const help = tool(page.replace(/\.1$/, ""), "--help").stdout;
    expect(text).toMatch(/^EXAMPLES\n +ogrt/m);
    const flags = new Set(help.match(/--[a-z][\w-]+/g));
    expect(flags.size).toBeGreaterThan(1);
    expect([...flags].filter((flag) => !text.includes(flag))).toEqual([]);
  });
});

it.skipIf(!isInstalled("man"))("that of ogrt-query describes each command with its options", () => {
  const text = shown("ogrt-query.1");
  expect(text).toMatch(/^ {3}unused modules \[options\]\n/m);
  expect(text).toMatch(/^ {3}job \[options\] <id>\n[\s\S]*--levels n\n[\s\S]*ogrt-query job 4711 --levels 2\n/m);
});

it("shows signs of the shell and of roff as they are", () => {
  expect(readFileSync(join(folder, "ogrt-stamp.1"), "utf8")).toContain(
    'cc \\-B"$(ogrt\\-stamp \\-\\-linker\\-directory)" \\-o app app.c',
  );
});
