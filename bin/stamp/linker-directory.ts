import { existsSync, mkdirSync, readlinkSync, renameSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { OgrtError } from "../../lib/errors.js";
import { packageRoot } from "../../lib/files/package-root.js";
import packageFile from "../../package.json" with { type: "json" };

/** The names under which compilers start linkers; native-ld/Makefile has the same. */
const NAMES = ["ld", "ld.bfd", "ld.gold", "ld.lld", "ld.mold"];

/**
 * The directory with ogrt-ld under the names of linkers, for PATH and gcc -B: that of a build, or one for the prebuilt
 * program. Packages of npm cannot hold links, so these are made when they are first needed.
 *
 * @throws {@link OgrtError} LINKER_MISSING.
 */
export function linkerDirectory(): string {
  const home = join(packageRoot() ?? "", "native-ld");
  const built = join(home, "build/bin");
  if (existsSync(join(built, "ld"))) return built;
  const prebuilt = join(home, `prebuilt/linux-${process.arch}`);
  const program = join(prebuilt, "ogrt-ld");
  if (!existsSync(program)) {
    const sentence = `no linker wrapper is built for linux-${process.arch}; run: make -C ${home}`;
    throw new OgrtError("LINKER_MISSING", sentence, { path: home });
  }
  return linksTo(program, [join(prebuilt, "bin"), ...cacheDirectory()]);
}

/** For packages that another user installed. */
function cacheDirectory(): string[] {
  const { XDG_CACHE_HOME = "" } = process.env;
  const cache = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return isAbsolute(cache) ? [join(cache, `ogrt/ld-${packageFile.version}`)] : [];
}

/** The first of the directories in which all links exist or can be made. */
function linksTo(program: string, directories: readonly string[]): string {
  let reason: Error | undefined;
  for (const directory of directories) {
    try {
      mkdirSync(directory, { recursive: true });
      for (const name of NAMES) link(program, join(directory, name));
      return directory;
    } catch (error) {
      reason = error as Error;
    }
  }
  const sentence = `the links to the linker wrapper cannot be made: ${reason?.message}; set XDG_CACHE_HOME`;
  throw new OgrtError("LINKER_MISSING", sentence, { path: program, cause: reason });
}

/** Renamed into place, because builds may use the link at this moment. */
function link(program: string, path: string): void {
  if (targetOf(path) === program) return;
  const temporary = `${path}.${process.pid}`;
  symlinkSync(program, temporary);
  renameSync(temporary, path);
}

function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
