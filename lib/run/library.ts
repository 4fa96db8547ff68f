import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { OgrtError } from "../errors.js";

/** The package's folder: above the sources as above the bundle, whose depth in dist/ varies. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: unknown };
      if (name === "ogrt") return folder;
    } catch {
      // none here, or not ours
    }
    const parent = dirname(folder);
    if (parent === folder) return folder;
    folder = parent;
  }
}

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
  const folder = join(packageRoot(), "native-preload");
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
