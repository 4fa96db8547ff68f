import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../support/toolchain.js";

const file = join(import.meta.dirname, "../programs/objects.c");
/** What a dl_iterate_phdr of a program may hide: all objects, the fields that came later, those after a first call. */
export const HIDDEN = ["all", "fields", "later"] as const;

/** Builds all parts of objects.c in a new folder: `objects`, `hides-WHAT` and `libforeign.so`. */
export function buildObjects(folder: string, compiler: string): void {
  mkdirSync(folder);
  const build = (name: string, ...options: string[]) =>
    run(compiler, "-w", "-O1", "-o", join(folder, name), ...options, "-ldl");
  const shared = (name: string, ...options: string[]) => build(name, "-shared", "-fPIC", ...options, file);
  shared("one.so", '-DPLUGIN="one"');
  shared("two.so", '-DPLUGIN="two"');
  shared("three.so", '-DPLUGIN="three"', "-DSWAPS");
  shared("libearly.so", "-DEARLY");
  shared("libforeign.so", "-DFOREIGN");
  const linked = [file, join(folder, "libearly.so")];
  build("objects", ...linked);
  for (const what of HIDDEN) build(`hides-${what}`, "-rdynamic", `-DHIDES="${what}"`, ...linked);
}
