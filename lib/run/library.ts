import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { OgrtError } from "../errors.js";
import { packageRoot } from "../files/package-root.js";

/** Absolute path of libogrt.so: the one that OGRT_PRELOAD names, else the one built here, else the prebuilt one. */
export function preloadLibrary(environment: NodeJS.ProcessEnv = process.env): string {
  const { OGRT_PRELOAD: chosen } = environment;
  if (chosen === undefined || chosen === "") return loadable(built("libogrt.so"));
  if (existsSync(chosen)) return loadable(resolve(chosen));
  throw new OgrtError("PRELOAD_MISSING", "no preload library at this path, which OGRT_PRELOAD names", {
    path: chosen,
  });
}

/** Absolute path of ogrt-exec, which executes the command. */
export const launcher = (): string => built("ogrt-exec");

/** A file that was built here, else the prebuilt one of the package. */
function built(name: string): string {
  const root = packageRoot();
  if (root === undefined) throw new OgrtError("PRELOAD_MISSING", `the package that ${name} belongs to is missing`);
  const folder = join(root, "native-preload");
  const candidates = [join(folder, "build", name), join(folder, `prebuilt/linux-${process.arch}`, name)];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new OgrtError("PRELOAD_MISSING", `${name} is not built; run: make -C ${folder}`);
}

/** LD_PRELOAD separates entries by colons and spaces, without quoting (ld.so(8)). */
function loadable(path: string): string {
  if (!/[\s:]/.test(path)) return path;
  throw new OgrtError("PRELOAD_MISSING", "LD_PRELOAD cannot hold a path with a space or colon; move the library", {
    path,
  });
}
