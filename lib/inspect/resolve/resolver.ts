import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { Budget } from "../../elf/index.js";
import { OgrtError } from "../../errors.js";
import { openable, rawFromText, rawToText } from "../../files/index.js";
import type { Signature } from "../../signature/index.js";
import { type LoaderCache, readLoaderCache } from "./cache.js";
import { type LoadedFile, LoadedFiles } from "./loaded-files.js";
import { type Platform, platformOf } from "./platform.js";

/** One library of a program's closure, in the loader's order (breadth first). */
export interface ResolvedLibrary {
  /** DT_NEEDED, unchanged. */
  name: string;
  /** The file that the loader would load; absent when it finds none. */
  path?: string;
  /** The rule that found it. */
  via?: "path" | "rpath" | "LD_LIBRARY_PATH" | "runpath" | "cache" | "default" | "interpreter";
  /** The first file that needs it. */
  neededBy: string;
  signatures: Signature[];
  buildId?: string;
}

/** Whether the loader finds no file for a library. */
export const isMissing = (library: ResolvedLibrary): boolean => library.path === undefined;

/** The libraries of a program. */
export interface Resolution {
  libraries: ResolvedLibrary[];
  /** LIMIT_EXCEEDED: the search ended before all libraries were found; those that are listed are right. */
  problem?: OgrtError;
}

export interface ResolveOptions {
  /** LD_LIBRARY_PATH as the loader would see it. */
  libraryPath?: string;
  /** Cache to use instead of /etc/ld.so.cache. */
  cache?: LoaderCache;
  /** Factor on the steps that the libraries of one program may take; 1 by default. */
  limitScale?: number;
}

/** An object in the closure, with the object that needs it, from which it inherits RPATH. */
interface Loaded extends LoadedFile {
  parent: Loaded | undefined;
}

type Rule = NonNullable<ResolvedLibrary["via"]>;

/** Directories in the order in which the loader searches them. */
type Places = readonly [Rule, readonly string[]][];

/** The search for the libraries of one program. */
interface Search {
  readonly root: Loaded;
  readonly interpreter: LoadedFile | undefined;
  readonly platform: Platform;
  /** Pays for all names that are looked up and all files that are read. */
  readonly budget: Budget;
}

/**
 * Steps of some 0.2 µs for all libraries of one program: each is searched in each directory, and a program of 300 libraries in
 * 100 directories takes some four million.
 */
const MAX_RESOLVE_STEPS = 10_000_000;
const CHARACTERS_PER_STEP = 4;

/** Finds the libraries of programs by the rules of ld.so(8). Reads each file once. */
export class Resolver {
  readonly #libraryPath: string[];
  readonly #cache: LoaderCache;
  readonly #maxSteps: number;
  readonly #files = new LoadedFiles();
  readonly #platforms = new Map<string, Platform>();

  constructor({ libraryPath = "", cache, limitScale = 1 }: ResolveOptions = {}) {
    this.#libraryPath = directoriesOf(libraryPath, /[:;]/);
    this.#cache = cache ?? readLoaderCache();
    this.#maxSteps = MAX_RESOLVE_STEPS * limitScale;
  }

  /**
   * The libraries that the loader would load for a program or library, without itself and the vDSO. Empty for a static one.
   *
   * @param path - as reversible text.
   */
  resolve(path: string): Resolution {
    const libraries: ResolvedLibrary[] = [];
    // Steps bound text and data as well.
    const totals = { maxTextBytes: Number.POSITIVE_INFINITY, maxDataBytes: Number.POSITIVE_INFINITY };
    const budget = new Budget({ maxSteps: this.#maxSteps, ...totals });
    try {
      this.#addClosure(path, budget, libraries);
      return { libraries };
    } catch (error) {
      if (!(error instanceof OgrtError) || error.code !== "LIMIT_EXCEEDED") throw error;
      const sentence = `the search for libraries ended after ${this.#maxSteps} steps, with ${libraries.length} found`;
      return { libraries, problem: new OgrtError("LIMIT_EXCEEDED", sentence, { path, value: budget.steps }) };
    }
  }

  #addClosure(path: string, budget: Budget, libraries: ResolvedLibrary[]): void {
    const program = this.#files.open(path, budget);
    if (program === undefined) return;
    const root: Loaded = { ...program, path: real(path), parent: undefined };
    const interpreter = program.interpreter === undefined ? undefined : this.#files.open(program.interpreter, budget);
    const search = { root, interpreter, platform: this.#platform(root), budget };
    const loaded = new Map<string, Loaded>([[root.identity, root]]);
    const names = new Set<string>();
    // Objects that are added meanwhile come last.
    for (const dependent of loaded.values()) {
      let places: Places | undefined;
      for (const name of dependent.needed) {
        budget.work(1, { path }, 0);
        if (names.has(name)) continue;
        names.add(name);
        places ??= this.#places(dependent, search);
        const found = this.#find(name, dependent, places, search);
        if (found !== undefined && loaded.has(found.file.identity)) continue;
        libraries.push({
          name,
          ...(found !== undefined && { path: found.file.path, via: found.via }),
          neededBy: dependent.path,
          signatures: found?.file.signatures ?? [],
          ...(found?.file.buildId !== undefined && { buildId: found.file.buildId }),
        });
        if (found === undefined) continue;
        loaded.set(found.file.identity, { ...found.file, parent: dependent });
        // The loader uses this object for later requests of its soname.
        if (found.file.soname !== undefined) names.add(found.file.soname);
      }
    }
  }

  #find(name: string, dependent: Loaded, places: Places, search: Search): { file: LoadedFile; via: Rule } | undefined {
    const { interpreter, platform } = search;
    if (interpreter !== undefined && (name === interpreter.soname || name === interpreter.path)) {
      return { file: interpreter, via: "interpreter" };
    }
    if (name.includes("/")) {
      const file = this.#fitting(expand(name, dependent, platform), search);
      return file && { file, via: "path" };
    }
    const inDirectory = (directory: string, path: string) => {
      for (const hwcap of platform.hwcaps) {
        const file = this.#fitting(`${directory}/${hwcap}/${name}`, search);
        if (file !== undefined) return file;
      }
      return this.#fitting(path, search);
    };
    for (const [via, directories] of places) {
      for (const directory of directories) {
        const file = inDirectory(directory, `${directory}/${name}`);
        if (file !== undefined) return { file, via };
      }
      if (via !== "runpath") continue;
      for (const path of this.#cache.get(name) ?? []) {
        if (dependent.noDefaultLibraries && platform.defaultDirectories.includes(dirname(path))) continue;
        const file = inDirectory(dirname(path), path);
        if (file !== undefined) return { file, via: "cache" };
      }
    }
    return undefined;
  }

  /** Directories in the order of ld.so(8); the cache comes after RUNPATH. */
  #places(dependent: Loaded, { root, platform, budget }: Search): Places {
    const split = (list: string | undefined, owner: Loaded) => {
      budget.work(1 + Math.ceil((list?.length ?? 0) / CHARACTERS_PER_STEP), owner, 0);
      return directoriesOf(list ?? "", ":").map((entry) => expand(entry, owner, platform));
    };
    const rpaths: string[] = [];
    // RPATH of every object up the chain applies, except where RUNPATH replaces it.
    if (dependent.runpath === undefined) {
      for (let owner: Loaded | undefined = dependent; owner !== undefined; owner = owner.parent) {
        if (owner.runpath === undefined) rpaths.push(...split(owner.rpath, owner));
      }
    }
    return [
      ["rpath", rpaths],
      ["LD_LIBRARY_PATH", this.#libraryPath.map((entry) => expand(entry, root, platform))],
      ["runpath", split(dependent.runpath, dependent)],
      ["default", dependent.noDefaultLibraries ? [] : platform.defaultDirectories],
    ];
  }

  #platform({ machine, bits }: LoadedFile): Platform {
    const key = `${machine} ${bits}`;
    const known = this.#platforms.get(key) ?? platformOf(machine, bits);
    this.#platforms.set(key, known);
    return known;
  }

  /** The file, if the program's loader would accept it. ld.so skips files of other machines. */
  #fitting(path: string, { root: { machine, bits, byteOrder }, budget }: Search): LoadedFile | undefined {
    const file = this.#files.open(path, budget);
    return file?.machine === machine && file.bits === bits && file.byteOrder === byteOrder ? file : undefined;
  }
}

/** The loader ignores slashes at the end of a directory. */
const directoriesOf = (list: string, separator: string | RegExp): string[] =>
  list.split(separator).flatMap((entry) => (entry === "" ? [] : entry.replace(/(?<!^)\/+$/, "")));

function expand(text: string, owner: LoadedFile, { lib, platform }: Platform): string {
  const words: Record<string, string> = { ORIGIN: dirname(owner.path), LIB: lib, PLATFORM: platform };
  const tokens = /\$(?:(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_])|\{(ORIGIN|LIB|PLATFORM)\})/g;
  return text.replace(tokens, (_, plain, braced) => words[plain ?? braced] ?? "");
}

function real(path: string): string {
  try {
    return rawToText(realpathSync(openable(rawFromText(path)), "latin1"));
  } catch {
    return path;
  }
}
