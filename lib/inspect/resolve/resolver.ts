import { realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ElfFile, machineName, readBuildId } from "../../elf/index.js";
import { openable, openFileSource, rawFromText, rawToText } from "../../files/index.js";
import { readSignatures, type Signature } from "../../signature/index.js";
import type { ElfFacts } from "../finding.js";
import { type LoaderCache, readLoaderCache } from "./cache.js";
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

export interface ResolveOptions {
  /** LD_LIBRARY_PATH as the loader would see it. */
  libraryPath?: string;
  /** Cache to use instead of /etc/ld.so.cache. */
  cache?: LoaderCache;
}

/** What the resolver needs of a file, which it opens once. */
interface LoadedFile extends Omit<ElfFacts, "kind" | "package" | "compilers" | "hardening" | "notes"> {
  /** The path that the loader opens. */
  path: string;
  noDefaultLibraries: boolean;
  identity: string;
}

/** An object in the closure, with the object that needs it, from which it inherits RPATH. */
interface Loaded extends LoadedFile {
  parent: Loaded | undefined;
}

const DF_1_NODEFLIB = 0x800;
const MAX_OBJECTS = 10_000;

/** Finds the libraries of programs by the rules of ld.so(8). Reads each file once. */
export class Resolver {
  readonly #libraryPath: string[];
  readonly #cache: LoaderCache;
  readonly #files = new Map<string, LoadedFile | undefined>();
  readonly #platforms = new Map<string, Platform>();

  constructor(options: ResolveOptions = {}) {
    this.#libraryPath = options.libraryPath?.split(/[:;]/).filter((entry) => entry !== "") ?? [];
    this.#cache = options.cache ?? readLoaderCache();
  }

  /**
   * The libraries that the loader would load for a program or library, without itself and the vDSO. Empty for a static one.
   *
   * @param path - as reversible text.
   */
  resolve(path: string): ResolvedLibrary[] {
    const program = this.#open(path);
    if (program === undefined) return [];
    const root: Loaded = { ...program, path: real(path), parent: undefined };
    const libraries: ResolvedLibrary[] = [];
    const loaded: Loaded[] = [root];
    const byName = new Map<string, Loaded | undefined>();
    const interpreter = program.interpreter === undefined ? undefined : this.#open(program.interpreter);
    for (let index = 0; index < loaded.length && loaded.length < MAX_OBJECTS; index++) {
      const dependent = loaded[index] as Loaded;
      for (const name of dependent.needed) {
        if (byName.has(name)) continue;
        const found = this.#find(name, dependent, root, interpreter);
        const same = found && loaded.find(({ identity }) => identity === found.file.identity);
        byName.set(name, same);
        if (same !== undefined) continue;
        libraries.push({
          name,
          ...(found !== undefined && { path: found.file.path, via: found.via }),
          neededBy: dependent.path,
          signatures: found?.file.signatures ?? [],
          ...(found?.file.buildId !== undefined && { buildId: found.file.buildId }),
        });
        if (found === undefined) continue;
        const object: Loaded = { ...found.file, parent: dependent };
        loaded.push(object);
        // The loader uses this object for later requests of its soname.
        if (object.soname !== undefined) byName.set(object.soname, object);
      }
    }
    return libraries;
  }

  #find(name: string, dependent: Loaded, root: Loaded, interpreter: LoadedFile | undefined) {
    if (interpreter !== undefined && (name === interpreter.soname || name === interpreter.path)) {
      return { file: interpreter, via: "interpreter" as const };
    }
    const platform = this.#platform(root);
    if (name.includes("/")) {
      const file = this.#fitting(this.#expand(name, dependent, platform), root);
      return file && { file, via: "path" as const };
    }
    for (const [via, directories] of this.#places(dependent, root, platform)) {
      for (const directory of directories) {
        for (const variant of [...platform.hwcaps.map((hwcap) => join(directory, hwcap)), directory]) {
          const file = this.#fitting(join(variant, name), root);
          if (file !== undefined) return { file, via };
        }
      }
      if (via !== "runpath") continue;
      for (const path of this.#cache.get(name) ?? []) {
        const inDefault = platform.defaultDirectories.includes(dirname(path));
        if (dependent.noDefaultLibraries && inDefault) continue;
        for (const variant of [...platform.hwcaps.map((hwcap) => join(dirname(path), hwcap, name)), path]) {
          const file = this.#fitting(variant, root);
          if (file !== undefined) return { file, via: "cache" as const };
        }
      }
    }
    return undefined;
  }

  /** Directories in the order of ld.so(8); the cache comes after RUNPATH. */
  #places(dependent: Loaded, root: Loaded, platform: Platform): [NonNullable<ResolvedLibrary["via"]>, string[]][] {
    const split = (list: string | undefined, owner: Loaded) =>
      (list ?? "")
        .split(":")
        .filter((entry) => entry !== "")
        .map((entry) => this.#expand(entry, owner, platform));
    const rpaths: string[] = [];
    // RPATH of every object up the chain applies, except where RUNPATH replaces it.
    if (dependent.runpath === undefined) {
      for (let owner: Loaded | undefined = dependent; owner !== undefined; owner = owner.parent) {
        if (owner.runpath === undefined) rpaths.push(...split(owner.rpath, owner));
      }
    }
    return [
      ["rpath", rpaths],
      ["LD_LIBRARY_PATH", this.#libraryPath.map((entry) => this.#expand(entry, root, platform))],
      ["runpath", split(dependent.runpath, dependent)],
      ["default", dependent.noDefaultLibraries ? [] : platform.defaultDirectories],
    ];
  }

  #expand(text: string, owner: LoadedFile, { lib, platform }: Platform): string {
    const words: Record<string, string> = { ORIGIN: dirname(owner.path), LIB: lib, PLATFORM: platform };
    const tokens = /\$(?:(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_])|\{(ORIGIN|LIB|PLATFORM)\})/g;
    return text.replace(tokens, (_, plain, braced) => words[plain ?? braced] ?? "");
  }

  #platform({ machine, bits }: LoadedFile): Platform {
    const key = `${machine} ${bits}`;
    const known = this.#platforms.get(key) ?? platformOf(machine, bits);
    this.#platforms.set(key, known);
    return known;
  }

  /** The file, if the program's loader would accept it. ld.so skips files of other machines. */
  #fitting(path: string, { machine, bits, byteOrder }: LoadedFile): LoadedFile | undefined {
    const file = this.#open(path);
    return file?.machine === machine && file.bits === bits && file.byteOrder === byteOrder ? file : undefined;
  }

  #open(path: string): LoadedFile | undefined {
    if (!this.#files.has(path)) this.#files.set(path, read(path));
    return this.#files.get(path);
  }
}

function real(path: string): string {
  try {
    return rawToText(realpathSync(openable(rawFromText(path)), "latin1"));
  } catch {
    return path;
  }
}

function read(path: string): LoadedFile | undefined {
  try {
    const name = openable(rawFromText(path));
    // Most candidates do not exist, and an exception is slower than a result.
    const stats = statSync(name, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) return undefined;
    const source = openFileSource(name);
    try {
      const file = new ElfFile(source);
      const { dynamic, interpreter } = file;
      const buildId = readBuildId(file);
      return {
        path,
        machine: String(machineName(file.header.machine)),
        bits: file.header.bits,
        byteOrder: file.header.byteOrder,
        needed: dynamic?.needed ?? [],
        ...(dynamic?.soname !== undefined && { soname: dynamic.soname }),
        ...(dynamic?.rpath !== undefined && { rpath: dynamic.rpath }),
        ...(dynamic?.runpath !== undefined && { runpath: dynamic.runpath }),
        noDefaultLibraries: ((dynamic?.flags1 ?? 0) & DF_1_NODEFLIB) !== 0,
        ...(interpreter !== undefined && { interpreter }),
        identity: `${stats.dev}:${stats.ino}`,
        signatures: readSignatures(file),
        ...(buildId !== undefined && { buildId }),
      };
    } finally {
      source.close();
    }
  } catch (error) {
    // Both an OgrtError and an error of the operating system have a code.
    if ((error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}
