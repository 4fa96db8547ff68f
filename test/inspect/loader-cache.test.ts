import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseLoaderCache } from "../../lib/inspect/resolve/cache.js";
import { Random } from "../fuzz/random.js";
import { have, run } from "../support/toolchain.js";

const CACHE = "/etc/ld.so.cache";

describe.skipIf(!existsSync(CACHE))("the loader's cache", () => {
  it.skipIf(!have("/sbin/ldconfig"))("has the entries that ldconfig prints", () => {
    const printed = run("/sbin/ldconfig", "-p").matchAll(/^\t(\S+) \((?!.*hwcap)[^)]*\) => (\S+)$/gm);
    const cache = parseLoaderCache(readFileSync(CACHE));
    const ours = [...cache].flatMap(([name, files]) => files.map((file) => `${name} ${file}`));
    expect(ours.sort()).toEqual(Array.from(printed, ([, name, file]) => `${name} ${file}`).sort());
  });

  it("may be truncated or damaged anywhere", () => {
    const bytes = readFileSync(CACHE);
    const random = new Random(3);
    for (let round = 0; round < 300; round++) {
      const damaged = Buffer.from(bytes.subarray(0, random.below(bytes.length)));
      for (let i = 0; i < 50 && damaged.length > 0; i++)
        damaged[random.below(Math.min(damaged.length, 4000))] = random.below(256);
      expect(parseLoaderCache(damaged)).toBeInstanceOf(Map);
    }
  });
});
