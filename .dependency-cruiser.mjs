/** The import rules of ARCHITECTURE.md, enforced: dependencies point one way. @type {import('dependency-cruiser').IConfiguration} */
const only = (folder, ...allowed) => ({
  name: `lib-${folder}-reaches-only`,
  comment: `lib/${folder} may import from: ${allowed.join(", ") || "nothing else"} (and lib/errors, lib/text, lib/shared)`,
  severity: "error",
  from: { path: `^lib/${folder}/` },
  to: {
    path: "^(lib|bin)/",
    pathNot: [`^lib/(${[folder, "text", "shared", ...allowed].join("|")})/`, "^lib/errors\\.ts$"],
  },
});

/**
 * Modules of the collector. `collector.ts` puts them together, and no module imports it. Each may import the modules listed
 * here and the base that all of them share.
 */
const BASE = ["frames", "shared", "threads"];
const module = (name, ...allowed) => ({
  name: `collector-${name}-reaches-only`,
  comment: `lib/collector/${name} may import from: ${[...allowed, ...BASE].join(", ")}`,
  severity: "error",
  from: { path: `^lib/collector/${name}/` },
  to: { path: "^lib/collector/", pathNot: `^lib/collector/(${[name, ...allowed, ...BASE].join("|")})/` },
});

/** Layers of the page, lowest first. Each imports only itself and the layers before it; main.tsx starts the last one. */
const LAYERS = ["base", "parts", "views", "shell"];
const layer = (name, index) => ({
  name: `web-${name}-reaches-only`,
  comment: `web/${name} may import from: ${LAYERS.slice(0, index + 1).join(", ")}`,
  severity: "error",
  from: { path: `^web/${name}/` },
  to: { path: "^web/", pathNot: `^web/(${LAYERS.slice(0, index + 1).join("|")})/` },
});

export default {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-circles-of-folders", scope: "folder", severity: "error", from: {}, to: { circular: true } },
    {
      name: "browser-safe",
      comment: "elf, signature, stamp, text, shared, client and lists run in a browser",
      severity: "error",
      from: { path: "^lib/(elf|signature|stamp|text|shared|client|lists)/|^lib/(index|errors)\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      ...only("text"),
      comment: "lib/text imports nothing",
      to: { path: "^(lib|bin)/", pathNot: "^lib/text/" },
    },
    only("shared"),
    only("elf"),
    only("signature", "elf"),
    only("stamp", "elf", "signature"),
    only("files", "elf"),
    only("wire"),
    only("client"),
    only("lists", "client"),
    only("inspect", "elf", "signature", "files"),
    only("register", "signature", "files"),
    only("run", "files", "wire"),
    only("verify", "elf", "signature", "files"),
    only("collector", "elf", "signature", "files", "wire", "verify", "register", "inspect", "client"),
    module("limits"),
    module("log"),
    module("database"),
    module("names"),
    module("measure"),
    module("verification", "limits"),
    module("pipeline", "limits", "verification"),
    module("answers", "database", "names"),
    module("store", "log", "database", "answers"),
    module("duplicates", "store"),
    module("outputs", "config", "database", "store", "names", "measure"),
    module("config", "log", "answers"),
    module("http", "limits", "log", "measure", "answers"),
    module("stream", "http"),
    module("ingest", "limits", "http"),
    module("agents", "limits", "log", "http", "ingest"),
    module("admin", "log", "store", "verification", "stream", "outputs", "http"),
    module("query-target", "answers", "database", "http"),
    {
      name: "collector-parts-put-modules-together",
      comment: "only collector.ts imports parts/, which may import every module",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/collector/(parts/|collector\\.ts$)" },
      to: { path: "^lib/collector/(parts/|collector\\.ts$)" },
    },
    {
      name: "worker-folders",
      comment:
        "a worker/ folder runs on a thread of its own: only *-worker.ts entries import it, and only its module's",
      severity: "error",
      from: { path: "^lib/collector/([^/]+)/" },
      to: { path: "/worker/", pathNot: "^lib/collector/$1/" },
    },
    {
      name: "worker-entries",
      comment: "code outside of worker/ reaches it through the thread, types included",
      severity: "error",
      from: { path: "^(lib|bin)/", pathNot: "-worker\\.ts$|/worker/" },
      to: { path: "/worker/" },
    },
    {
      name: "main-folders",
      comment: "a main/ folder owns a thread; the code of threads and child processes does not import it",
      severity: "error",
      from: { path: "-(worker|child)\\.ts$|/worker/" },
      to: { path: "/main/" },
    },
    {
      name: "store-thread",
      comment:
        "answers and database run on the store thread, and in ogrt-query; others import only types, pure data and what needs no engine",
      severity: "error",
      from: {
        path: "^(lib|bin)/",
        pathNot:
          "^lib/collector/(answers|database|store/worker)/|^lib/collector/(store/store-worker|query-target/(store-file|verify-store))\\.ts$",
      },
      to: {
        path: "^lib/collector/(answers|database)/",
        pathNot: "^lib/collector/(answers/(settings|rule-file)|database/schema)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "collector-base-is-a-base",
      comment: "what all modules of the collector share imports none of them",
      severity: "error",
      from: { path: `^lib/collector/(${BASE.join("|")})/` },
      to: { path: "^lib/collector/", pathNot: `^lib/collector/(${BASE.join("|")})/` },
    },
    {
      name: "library-knows-no-tools",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(bin|web)/" },
    },
    {
      name: "page-is-a-client",
      comment: "the page knows what any program may know of a collector: lib/client and lib/lists, and shared modules",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^(lib|bin)/", pathNot: "^lib/(client|lists|shared|text)/|^lib/errors\\.ts$" },
    },
    ...LAYERS.map(layer),
    {
      name: "tools-are-independent",
      comment: "a tool uses lib/, bin/shared/ and a directory of its own, never another tool; only ogrt runs them",
      severity: "error",
      from: { path: "^bin/(?:ogrt-)?([^/.]+)", pathNot: "^bin/ogrt/" },
      to: { path: "^bin/", pathNot: "^bin/(shared|$1)/" },
    },
    {
      name: "engines-stay-in-the-collector",
      comment: "optional dependencies must not load with the library",
      severity: "error",
      // The stream's client needs ws in Node only, and loads it then.
      from: { path: "^(lib|bin)/", pathNot: "^lib/collector/|^lib/client/socket\\.ts$" },
      to: { path: "node_modules/(@duckdb|fastify|@fastify|pino|prom-client|toml-eslint-parser|undici|ws)/" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node"] },
  },
};
