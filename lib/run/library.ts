import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { OgrtError } from "../errors.js";
import { packageRoot } from "../files/package-root.js";

/** Absolute path of libogrt.so: what OGRT_PRELOAD names, else what was built here, else what the package brought. */
export function preloadLibrary(environment: NodeJS.ProcessEnv = process.env): string {
  const { OGRT_PRELOAD: chosen } = environment;
  if (chosen === undefined || chosen === "") return loadable(built("libogrt.so"));
  if (existsSync(chosen)) return loadable(resolve(chosen));
  throw new OgrtError("PRELOAD_MISSING", "there is no preload library at this path (set by OGRT_PRELOAD)", {
    path: chosen,
  });
}

/** Absolute path of ogrt-exec, which becomes the command. */
export const launcher = (): string => built("ogrt-exec");

/** What was built here, else what the package brought. */
function built(name: string): string {
  const root = packageRoot();
  if (root === undefined) throw new OgrtError("PRELOAD_MISSING", `the package that ${name} belongs to is missing`);
  const folder = join(root, "native-preload");
  const candidates = [join(folder, "build", name), join(folder, `prebuilt/linux-${process.arch}`, name)];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new OgrtError("PRELOAD_MISSING", `${name} is not built; run: make -C ${folder}`);
}

/** LD_PRELOAD separates its entries by colons and spaces, and knows no quoting (ld.so(8)). */
function loadable(path: string): string {
  if (!/[\s:]/.test(path)) return path;
  throw new OgrtError("PRELOAD_MISSING", "LD_PRELOAD cannot hold a path with a space or colon; move the library", {
    path,
  });
}
