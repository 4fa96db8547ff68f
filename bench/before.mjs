// `--before REVISION` of a benchmark: builds that revision, to measure it in the same run.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The arguments of a benchmark without `--before`, and the `dist` of that revision, if one was given. */
export function withBefore(args, work) {
  const at = args.indexOf("--before");
  if (at === -1) return { rest: args };
  const revision = args[at + 1];
  if (revision === undefined) throw new Error("--before needs a revision of git");
  const directory = join(work, "before");
  mkdirSync(directory);
  const archive = spawnSync("git", ["archive", revision], { cwd: root, maxBuffer: 1 << 30 });
  if (archive.status !== 0) throw new Error(`${archive.stderr}`);
  execFileSync("tar", ["-x", "-C", directory], { input: archive.stdout });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  console.log(`building ${revision}`);
  execFileSync("npx", ["tsup", "--no-dts", "--silent"], { cwd: directory, stdio: ["ignore", "ignore", "inherit"] });
  return {
    rest: args.filter((_, index) => index !== at && index !== at + 1),
    before: join(directory, "dist"),
    revision,
  };
}
