import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { builtLibrary } from "../../native-preload/support/library.js";
import { observe } from "../../native-preload/support/observe.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const LMOD = ["/usr/share/lmod/lmod/init/bash", "/etc/profile.d/lmod.sh"];

it("the Lmod modulefile tracks programs between load and purge", async (context) => {
  const init = LMOD.find((path) => existsSync(path));
  if (init === undefined || spawnSync("bash", ["--version"]).error !== undefined) {
    console.warn("skipped: Lmod is not installed");
    return context.skip();
  }
  const library = builtLibrary();
  mkdirSync(join(folder, "ogrt"), { recursive: true });
  const modulefile = readFileSync(join(root, "integrations/lmod/ogrt.lua"), "utf8");
  // Uses the server of `observe`.
  const configured = modulefile
    .replace("/opt/ogrt/lib/libogrt.so", library)
    .replace('"udp://127.0.0.1:7971"', 'os.getenv("OGRT_SERVER")');
  writeFileSync(join(folder, "ogrt/1.0.lua"), configured);
  const script = `
    source ${init} >/dev/null; module use ${folder}
    /bin/true before
    module load ogrt; /bin/true loaded; echo "$LD_PRELOAD"
    module load ogrt; echo "$LD_PRELOAD"
    (module purge; echo "[$LD_PRELOAD] [$OGRT_ACTIVE]"; /bin/true purged)
    module unload ogrt; echo "[$LD_PRELOAD] [$OGRT_ACTIVE]"; /bin/true unloaded`;
  const { status, stdout, starts } = await observe(["bash", "--norc", "-c", script], {
    library: "",
    inactive: true,
    environment: { LD_PRELOAD: "" },
  });
  expect([status, stdout.toString()]).toEqual([0, `${library}\n${library}\n[] []\n[] []\n`]);
  const seen = starts.filter((start) => String(start.binpath).endsWith("/true"));
  expect(seen.map((start) => String(start.arguments[1]))).toEqual(["loaded"]);
  expect(seen[0].loaded_modules.map(({ name }: { name: Buffer }) => String(name))).toEqual(["ogrt/1.0"]);
});
