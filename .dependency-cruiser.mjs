/** The import rules of ARCHITECTURE.md, enforced: dependencies point one way. @type {import('dependency-cruiser').IConfiguration} */
const only = (folder, ...allowed) => ({
  name: `lib-${folder}-reaches-only`,
  comment: `lib/${folder} may import from: ${allowed.join(", ") || "nothing else"} (and lib/errors, lib/text)`,
  severity: "error",
  from: { path: `^lib/${folder}/` },
  to: { path: "^(lib|bin)/", pathNot: [`^lib/(${[folder, "text", ...allowed].join("|")})/`, "^lib/errors\\.ts$"] },
});

/**
 * Rooms of the collector. Beside what is allowed here all may use its ground: the nouns that everybody shares. What puts the
 * rooms together stands beside them (collector.ts, orders.ts, maintenance.ts and others), and no room imports it.
 */
const GROUND = "record|json|ledger|tickets|identity|entry|data-directory|order|missing-engine";
const room = (name, ...allowed) => ({
  name: `collector-${name}-reaches-only`,
  comment: `lib/collector/${name} may import from its neighbours: ${allowed.join(", ") || "none"} (and the ground)`,
  severity: "error",
  from: { path: `^lib/collector/${name}/` },
  to: {
    path: "^lib/collector/",
    pathNot: [`^lib/collector/(${[name, ...allowed].join("|")})/`, `^lib/collector/(${GROUND})\\.ts$`],
  },
});

export default {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "browser-safe",
      comment: "elf, signature, stamp, text and client run in a browser",
      severity: "error",
      from: { path: "^lib/(elf|signature|stamp|text|client)/|^lib/(index|errors)\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    only("text"),
    only("elf"),
    only("signature", "elf"),
    only("stamp", "elf", "signature"),
    only("files", "elf"),
    only("wire"),
    only("client"),
    only("inspect", "elf", "signature", "files"),
    only("register", "signature", "files"),
    only("run", "files", "wire"),
    only("verify", "elf", "signature", "files"),
    only("collector", "elf", "signature", "files", "wire", "verify", "register", "inspect", "client"),
    room("limits"),
    room("log"),
    room("database"),
    room("names"),
    room("verification", "limits"),
    room("pipeline", "limits", "verification"),
    room("answers", "database", "names"),
    room("store", "database", "answers"),
    room("measure"),
    room("outputs", "database", "store", "names", "measure"),
    room("config", "log", "answers", "outputs"),
    room("http", "limits", "log", "measure", "answers"),
    room("stream", "http"),
    room("ingest", "limits", "http"),
    room("asking", "answers", "store", "http"),
    {
      name: "collector-ground-is-ground",
      comment: "what all rooms share imports none of them",
      severity: "error",
      from: { path: `^lib/collector/(${GROUND})\\.ts$` },
      to: { path: "^lib/collector/[^/]+/" },
    },
    {
      name: "library-knows-no-tools",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(bin|web)/" },
    },
    {
      name: "page-is-a-client",
      comment: "the page knows what any program may know of a collector: lib/client",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^(lib|bin)/", pathNot: "^lib/(client|text)/|^lib/errors\\.ts$" },
    },
    {
      name: "tools-are-independent",
      comment: "a tool uses lib/, bin/shared/ and a directory of its own, never another tool",
      severity: "error",
      from: { path: "^bin/(?:ogrt-)?([^/.]+)" },
      to: { path: "^bin/", pathNot: "^bin/(shared|$1)/" },
    },
    {
      name: "engines-stay-in-the-collector",
      comment: "optional dependencies must not load with the library",
      severity: "error",
      // The stream's client needs ws in Node only, and loads it then.
      from: { path: "^(lib|bin)/", pathNot: "^lib/collector/|^lib/client/socket\\.ts$" },
      to: { path: "node_modules/(@duckdb|fastify|@fastify|pino|prom-client|toml-eslint-parser|ws)/" },
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
