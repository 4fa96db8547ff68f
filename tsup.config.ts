import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import { defineConfig } from "tsup";

/** Imports of `*.s` files (asm-templates/) become the text of the file, so that the library needs no files at run time. */
const assemblyText: Plugin = {
  name: "assembly-text",
  setup(build) {
    build.onLoad({ filter: /\.s$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8"), loader: "text" }));
  },
};

const shared = {
  target: "node20" as const,
  sourcemap: false,
  clean: false,
  esbuildPlugins: [assemblyText],
};

export default defineConfig([
  {
    ...shared,
    entry: {
      index: "lib/index.ts",
      files: "lib/files/index.ts",
      wire: "lib/wire/index.ts",
      verify: "lib/verify/index.ts",
    },
    format: ["esm", "cjs"],
    dts: true,
    // ESM only, and small: bundled so that require("ogrt") works everywhere.
    noExternal: ["uuid"],
  },
  {
    ...shared,
    entry: { "bin/*": "bin/*.ts" },
    format: ["esm"],
    dts: false,
    noExternal: ["uuid"],
  },
]);
