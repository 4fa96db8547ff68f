import { describe, expect, it } from "vitest";
import { globExpression, likePattern, matchesAny, nameGlob, pathGlob } from "../../lib/shared/glob.js";

describe("a name glob", () => {
  it.each([
    ["/usr/lib/libc.so.6", "/usr/*", true],
    ["/usr/lib/libc.so.6", "*libc.so.?", true],
    ["/usr/lib/libc.so.6", "*libc.so", false],
    ["/usr/lib/libc.so.6", "/usr/lib/libc.so.6", true],
    ["", "", true],
    ["", "*", true],
    ["", "?", false],
    ["a.c", "a?c", true],
    ["abc", "a.c", false],
    ["aXbXc", "a*b*c", true],
    ["aXbX", "a*b*c", false],
    ["*", "[*]", false],
    ["😀", "?", true],
    ["x😀y", "x??y", false],
  ])("%j %j: %s", (text, pattern, result) => {
    expect(nameGlob(pattern)(text)).toBe(result);
  });

  it("takes bounded time with a hostile pattern", () => {
    expect(nameGlob(`${"a*".repeat(500)}b`)("a".repeat(50_000))).toBe(false);
  });

  it("becomes a pattern of LIKE", () => {
    expect(likePattern("100%_a*b?\\")).toBe("100\\%\\_a%b_\\\\");
    expect(matchesAny("path", ["/a/*", "/b_c"], "root")).toEqual({
      sql: "(path LIKE $root0 OR path LIKE $root1 ESCAPE '\\')",
      values: { root0: "/a/%", root1: "/b\\_c" },
    });
    expect(matchesAny("path", [], "root").sql).toBe("false");
  });

  it("becomes part of a regular expression", () => {
    const expression = new RegExp(`^${globExpression("MY.*_K?Y", "\\w")}$`);
    expect(expression.test("MY.X_KEY")).toBe(true);
    expect(expression.test("MYXX_KEY")).toBe(false);
  });
});

describe("a path glob", () => {
  it.each([
    ["/usr/lib/libc.so.6", "libc.so.?", true],
    ["/usr/lib/libc.so.6", "c.so.6", false],
    ["/usr/lib/libc.so.6", "lib/*", true],
    ["/usr/lib/libc.so.6", "ib/*", false],
    ["/usr/lib/libc.so.6", "/lib/*", false],
    ["/usr/lib/libc.so.6", "/usr/*", false],
    ["/usr/lib/libc.so.6", "/usr/**", true],
    ["/usr/lib/libc.so.6", "/usr/**/libc*", true],
    ["/usr/libc.so.6", "/usr/**/libc*", true],
    ["/usr/lib/libc.so.6", "**/libc*", true],
    ["a", "**/a", true],
    ["/usr/lib/libc.so.6", "/usr?lib/libc.so.6", false],
    ["/usr/lib/libc.so.6", "/usr[!a]lib/libc.so.6", false],
    ["lib3.so", "lib[0-9].so", true],
    ["libx.so", "lib[0-9].so", false],
    ["libx.so", "lib[!0-9].so", true],
    ["lib-.so", "lib[a-].so", true],
    ["lib].so", "lib[]].so", true],
    ["lib[.so", "lib[.so", true],
    ["/a.b", "/a?b", true],
    ["/axb", "/a.b", false],
    ["/a/b/c", "b", false],
  ])("%j %j: %s", (path, pattern, result) => {
    expect(pathGlob(pattern)(path)).toBe(result);
  });

  it("agrees with a regular expression on all short patterns and paths", () => {
    const words = (signs: readonly string[], length: number): string[] =>
      length === 0 ? [""] : ["", ...signs.flatMap((sign) => words(signs, length - 1).map((rest) => sign + rest))];
    const paths = [...new Set(words(["a", "b", "/"], 5))];
    const different: string[] = [];
    for (const pattern of new Set(words(["a", "/", "*", "**/"], 4))) {
      const test = pathGlob(pattern);
      const reference = new RegExp(referenceSource(pattern));
      for (const path of paths) if (test(path) !== reference.test(path)) different.push(`${pattern} ${path}`);
    }
    expect(different).toEqual([]);
  });

  it("takes bounded time with a hostile pattern", () => {
    expect(pathGlob(`/${"a*".repeat(500)}b`)(`/${"a".repeat(20_000)}`)).toBe(false);
    expect(pathGlob(`${"**a".repeat(200)}b`)("a".repeat(20_000))).toBe(false);
  });
});

function referenceSource(pattern: string): string {
  const source = pattern.replace(/(?<=^|\/)\*\*\/|\*\*|\*/g, (run) =>
    run === "**/" ? "(?:.*/)?" : run === "**" ? ".*" : "[^/]*",
  );
  return `${pattern.startsWith("/") ? "^" : "(?:^|/)"}${source}$`;
}
