import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/tools.js";

const MAX_LINE_CHARACTERS = 120;
const SKIPPED = ["node_modules", ".git", "dist", "api", "release", "build"];

const files = execFileSync("find", [
  root,
  "-name",
  "*.md",
  ...SKIPPED.flatMap((name) => ["-not", "-path", `*/${name}/*`]),
])
  .toString()
  .trim()
  .split("\n")
  .map((path) => relative(root, path));

const read = (file: string) => readFileSync(join(root, file), "utf8");
const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** Anchors of the headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  return Array.from(withoutCode(read(file)).matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function brokenLinks(file: string): string[] {
  const links = Array.from(withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
}

it("sources name pages that exist", () => {
  const folders = [
    "lib",
    "bin",
    "web",
    "proto",
    "scripts",
    "integrations",
    "native-agent/src",
    "native-ld/src",
    "native-preload/src",
  ];
  const named = execFileSync("grep", ["-rhoE", "\\bdocs/[a-z/-]+\\.md", ...folders], { cwd: root }).toString();
  const pages = [...new Set(named.trim().split("\n"))];
  expect(pages.filter((page) => !existsSync(join(root, page)))).toEqual([]);
});

describe.each(files)("%s", (file) => {
  it(`has lines of at most ${MAX_LINE_CHARACTERS} characters outside of tables and code`, () => {
    const lines = withoutCode(read(file)).split("\n");
    expect(lines.filter((line) => line.length > MAX_LINE_CHARACTERS && !line.startsWith("|"))).toEqual([]);
  });

  it("links to files and headings that exist", () => {
    expect(brokenLinks(file)).toEqual([]);
  });
});
