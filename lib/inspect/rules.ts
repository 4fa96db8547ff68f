import { dirname } from "node:path";
import { type FileFinding, isStamped } from "./finding.js";
import { isMissing, type Resolver } from "./resolve/resolver.js";

/** The rules of `--check`, each with what it requires. docs/reference/inspect.md is generated from them. */
export const RULES = {
  stamped: "every program and shared object has an OGRT signature",
  "one-build-per-uuid": "no UUID is on files with two different build-ids",
  "no-executable-stack": "no program or shared object asks for an executable stack",
  "no-missing-library": "the loader finds every needed library",
  "rpath-roots": "no rpath or runpath leads outside the allowed directories",
  "package-metadata": "every program and shared object says which package it belongs to",
} as const;

export type RuleName = keyof typeof RULES;
export type Level = "off" | "warn" | "fail";

/** Levels that apply by default. */
export const DEFAULT_LEVELS: Readonly<Record<RuleName, Level>> = {
  stamped: "fail",
  "one-build-per-uuid": "fail",
  "no-executable-stack": "fail",
  "no-missing-library": "fail",
  "rpath-roots": "fail",
  "package-metadata": "off",
};

export interface Offence {
  rule: RuleName;
  level: "warn" | "fail";
  path: string;
  message: string;
}

export interface CheckOptions {
  levels?: Partial<Record<RuleName, Level>>;
  /** Directories that rpaths may lead to; without them, `rpath-roots` is not checked. */
  rpathRoots?: readonly string[];
  /** Finds libraries; without it, `no-missing-library` is not checked. */
  resolver?: Resolver;
}

const LOADABLE = new Set(["program", "static program", "PIE", "static PIE", "shared object"]);

/** Checks findings one by one. It remembers the build of each UUID, so that later files can break `one-build-per-uuid`. */
export class Checker {
  readonly #options: CheckOptions;
  /** Build-id and path by UUID, as first seen. */
  readonly #builds = new Map<string, { buildId: string; path: string }>();

  constructor(options: CheckOptions = {}) {
    this.#options = options;
  }

  check(finding: FileFinding): Offence[] {
    if (!LOADABLE.has(finding.kind)) return [];
    const offences: Offence[] = [];
    const report = (rule: RuleName, message: string) => {
      const level = this.#level(rule);
      if (level !== "off") offences.push({ rule, level, path: finding.path, message });
    };
    const stamped = isStamped(finding);
    if (stamped === false) report("stamped", "has no OGRT signature");
    if (stamped === undefined) report("stamped", "was not read so far that an OGRT signature was found");
    if (finding.hardening?.stack === "executable") report("no-executable-stack", "asks for an executable stack");
    if (finding.package === undefined) report("package-metadata", "has no package metadata");
    for (const { uuid } of finding.signatures) {
      const { buildId } = finding;
      if (buildId === undefined) continue;
      const first = this.#builds.get(uuid);
      if (first === undefined) this.#builds.set(uuid, { buildId, path: finding.path });
      else if (first.buildId !== buildId)
        report("one-build-per-uuid", `shares ${uuid} with another build, ${first.path}`);
    }
    for (const directory of this.#foreignRpaths(finding)) report("rpath-roots", `has an rpath outside: ${directory}`);
    if (this.#options.resolver !== undefined && this.#level("no-missing-library") !== "off") {
      const { libraries, problem } = this.#options.resolver.resolve(finding.path);
      for (const { name } of libraries.filter(isMissing)) {
        report("no-missing-library", `needs ${name}, which the loader does not find`);
      }
      if (problem !== undefined) report("no-missing-library", "has libraries that were not searched for, over a limit");
    }
    return offences;
  }

  #level(rule: RuleName): Level {
    return this.#options.levels?.[rule] ?? DEFAULT_LEVELS[rule];
  }

  #foreignRpaths({ rpath, runpath, path }: FileFinding): string[] {
    const { rpathRoots } = this.#options;
    if (rpathRoots === undefined) return [];
    const directories = [rpath, runpath].flatMap((list) => list?.split(":") ?? []).filter((entry) => entry !== "");
    return directories.filter((directory) => {
      const expanded = directory.replace(/\$ORIGIN|\$\{ORIGIN\}/g, dirname(path));
      const normal = normalize(expanded);
      return !rpathRoots.some((root) => normal === root || normal.startsWith(root.endsWith("/") ? root : `${root}/`));
    });
  }
}

/** Removes `.` and `..` by text alone, because the directory need not exist here. A relative rpath stays relative. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}
