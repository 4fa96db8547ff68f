import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { root } from "../support/tools.js";

/** What a web page pays, minified and gzipped, for importing one function of the library. */
async function sizeOf(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    // A browser has no node: modules, so that an import of one fails the build.
    platform: "browser",
    loader: { ".s": "text" },
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

it.each([
  ["readSignatures", 8000],
  ["readBuildId", 8000],
  ["ElfFile", 14_000],
])("%s costs a web page less than %i bytes", async (name, most) => {
  const size = await sizeOf(`export { ${name} } from "./lib/index.ts";`);
  console.info(`${name}: ${size} bytes, minified and gzipped`);
  expect(size).toBeLessThan(most);
});
