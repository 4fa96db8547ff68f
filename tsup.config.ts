import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import { defineConfig } from "tsup";
import { buildPage } from "./web/build.js";

/** Imports of `*.s` files (asm-templates/) become the text of the file, so that the library needs no files at run time. */
const assemblyText: Plugin = {
  name: "assembly-text",
  setup(build) {
    build.onLoad({ filter: /\.s$/ }, ({ path }) => ({ contents: readFileSync(path, "utf8"), loader: "text" }));
  },
};

/** Directories of the packages that end up in dist/. */
const bundled = new Set<string>();
const notePackages: Plugin = {
  name: "note-packages",
  setup(build) {
    build.onLoad({ filter: /\/node_modules\// }, ({ path }) => {
      const [, directory] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
      if (directory !== undefined) bundled.add(directory);
      return undefined;
    });
  },
};

/** Writes the licences of the bundled packages, which copies of dist/ must include. */
function writeLicences(file: string): void {
  const texts = [...bundled].sort().map((directory) => {
    const { name, version } = JSON.parse(readFileSync(`${directory}/package.json`, "utf8"));
    const licence = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
    if (licence === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${version}\n\n${readFileSync(`${directory}/${licence}`, "utf8").trim()}\n`;
  });
  const title = "Parts of these files come from other packages, under these licences.\n";
  writeFileSync(file, [title, ...texts].join(`\n${"-".repeat(72)}\n\n`));
}

/** Every file of bin/ is a tool. */
const tools = Object.fromEntries(
  readdirSync("bin")
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [`bin/${name.slice(0, -".ts".length)}`, `bin/${name}`]),
);

const shared = {
  target: "node20" as const,
  sourcemap: false,
  clean: false,
  esbuildPlugins: [assemblyText, notePackages],
};

export default defineConfig([
  {
    ...shared,
    entry: {
      index: "lib/index.ts",
      files: "lib/files/index.ts",
      inspect: "lib/inspect/index.ts",
      register: "lib/register/index.ts",
      wire: "lib/wire/index.ts",
      verify: "lib/verify/index.ts",
      client: "lib/client/index.ts",
      // Parts of `ogrt` with tables: as files of their own, so that bundlers can leave them out of a web page.
      "part/stamp": "lib/stamp/index.ts",
      "part/known-notes": "lib/elf/known-notes/index.ts",
      "part/names": "lib/elf/names.ts",
    },
    format: ["esm", "cjs"],
    dts: true,
    // Also for CommonJS: two copies of OgrtError would make `instanceof` fail between `ogrt` and `ogrt/files`.
    splitting: true,
    // CommonJS has no import.meta; what looks for files beside itself (lib/inspect/pool.ts) does without there.
    esbuildOptions(options, { format }) {
      if (format === "cjs") options.define = { ...options.define, "import.meta.url": "undefined" };
    },
    // ESM only, and small: bundled so that require("ogrt") works everywhere.
    noExternal: ["uuid"],
    // Of it the build for browsers, which runs in Node too: `ogrt` itself must load nothing of Node. What the other
    // entries use of Node stays an import.
    platform: "neutral",
    external: [/^node:/, "ws", "xz-decompress"],
  },
  {
    ...shared,
    entry: {
      ...tools,
      // The threads of a scan; lib/inspect/pool.ts finds it in dist/.
      "inspect/scan-worker": "lib/inspect/scan-worker.ts",
      // The collector's threads and child processes; lib/collector/threads/entry.ts finds them in dist/.
      "collector/ingest-worker": "lib/collector/ingest/ingest-worker.ts",
      "collector/store-worker": "lib/collector/store/store-worker.ts",
      "collector/duplicates-worker": "lib/collector/duplicates/duplicates-worker.ts",
      "collector/output-worker": "lib/collector/outputs/output-worker.ts",
      "collector/examine-child": "lib/collector/verification/examine-child.ts",
      "collector/names-child": "lib/collector/names/names-child.ts",
      "collector/parent-watch-worker": "lib/collector/verification/parent-watch-worker.ts",
    },
    format: ["esm"],
    dts: false,
    noExternal: ["uuid"],
    // Optional: loaded when a collector starts, never bundled.
    external: [
      "@duckdb/node-api",
      "@duckdb/node-bindings",
      "@fastify/ajv-compiler",
      "fastify",
      "pino",
      "prom-client",
      "toml-eslint-parser",
      "undici",
      "ws",
      "xz-decompress",
    ],
    onSuccess: async () => {
      await buildPage("web", "dist/web", [notePackages]);
      writeLicences("dist/THIRD-PARTY-LICENCES.txt");
    },
  },
]);
