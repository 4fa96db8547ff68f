import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { type Budget, ElfFile, machineName, readBuildId, withBudget } from "../../elf/index.js";
import { OgrtError } from "../../errors.js";
import { openable, openFileSource, rawFromArgument, rawFromText, rawToText } from "../../files/index.js";
import { BoundedMap, ENTRY_OVERHEAD } from "../../shared/bounded-map.js";
import { readSignatures } from "../../signature/index.js";
import type { ElfFacts } from "../finding.js";

/** What the resolver needs of a file. */
export interface LoadedFile extends Omit<ElfFacts, "kind" | "package" | "compilers" | "hardening" | "notes"> {
  /** The path that the loader opens. */
  path: string;
  noDefaultLibraries: boolean;
  identity: string;
}

const DF_1_NODEFLIB = 0x800;
/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;
/** Steps of one name that is looked up: a system call. */
const LOOKUP_STEPS = 16;
/** Steps of a path in a directory that is known. */
const OPEN_STEPS = 2;
const CHARACTERS_PER_STEP = 4;
/** Paths and facts of one generation, whatever the number of programs. */
const MAX_CACHED_CHARACTERS = 8 << 20;

/**
 * Opens the files that a loader would, each once. It follows symbolic links itself: the kernel looks up as many names for one
 * path as 40 links can hold, in milliseconds, and each name that is looked up here is charged.
 */
export class LoadedFiles {
  /** By a path without links; null for files that no loader takes. */
  readonly #files = new BoundedMap<LoadedFile | null>(
    MAX_CACHED_CHARACTERS,
    (path, file) => path.length + ENTRY_OVERHEAD + (file === null ? 0 : JSON.stringify(file).length),
  );
  /** Directories without links; null for those that do not exist. */
  readonly #directories = new BoundedMap<string | null>(
    MAX_CACHED_CHARACTERS,
    (path, real) => path.length + ENTRY_OVERHEAD + (real?.length ?? 0),
  );

  /**
   * The file, or undefined when it is not one that can be loaded.
   *
   * @throws `OgrtError` LIMIT_EXCEEDED when the budget is spent.
   */
  open(path: string, budget: Budget): LoadedFile | undefined {
    budget.work(OPEN_STEPS + (path.length >> 6), { path }, 0);
    const slash = path.lastIndexOf("/");
    const directory = this.#directory(path.slice(0, slash + 1), budget);
    const real = directory === null ? undefined : follow(directory, path.slice(slash + 1), budget);
    if (real === undefined) return undefined;
    let file = this.#files.get(real);
    if (file === undefined) {
      file = read(real, budget);
      this.#files.set(real, file);
    }
    return file === null ? undefined : { ...file, path };
  }

  /** @param path - ends with a slash, or is empty for the working directory. */
  #directory(path: string, budget: Budget): string | null {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const base = path.startsWith("/") ? "" : rawToText(rawFromArgument(process.cwd()));
    const real = follow(base, path, budget) ?? null;
    this.#directories.set(path, real);
    return real;
  }
}

/** A path below a directory without symbolic links, or undefined when it leads nowhere. The root is the empty text. */
function follow(base: string, path: string, budget: Budget): string | undefined {
  const pending = path.split("/").reverse();
  let real = base;
  for (let links = 0, name = pending.pop(); name !== undefined; name = pending.pop()) {
    budget.work(1, { path }, 0);
    if (name === "" || name === ".") continue;
    if (name === "..") {
      real = real.slice(0, Math.max(real.lastIndexOf("/"), 0));
      continue;
    }
    const next = `${real}/${name}`;
    budget.work(LOOKUP_STEPS + Math.ceil(next.length / CHARACTERS_PER_STEP), { path }, 0);
    const stats = attempt(() => lstatSync(openable(rawFromText(next)), { throwIfNoEntry: false }));
    if (stats === undefined) return undefined;
    if (!stats.isSymbolicLink()) {
      real = next;
      continue;
    }
    if (++links > MAX_LINKS) return undefined;
    const target = attempt(() => rawToText(readlinkSync(openable(rawFromText(next)), "latin1")));
    if (target === undefined) return undefined;
    if (target.startsWith("/")) real = "";
    pending.push(...target.split("/").reverse());
  }
  return real;
}

/** @param path - without symbolic links. */
function read(path: string, budget: Budget): LoadedFile | null {
  const name = openable(rawFromText(path));
  const stats: Stats | undefined = attempt(() => lstatSync(name, { throwIfNoEntry: false }));
  if (stats?.isFile() !== true) return null;
  const found = attempt(() => {
    using source = openFileSource(name);
    const file = new ElfFile(withBudget(source, budget));
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
  });
  return found ?? null;
}

/** Undefined for an error about the file. Both an OgrtError and an error of the operating system have a code. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || (error instanceof OgrtError && code === "LIMIT_EXCEEDED")) throw error;
    return undefined;
  }
}
