import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    {
      name: "assembly-text",
      enforce: "pre",
      load: (id) => (id.endsWith(".s") ? `export default ${JSON.stringify(readFileSync(id, "utf8"))}` : null),
    },
  ],
  test: {
    include: ["test/**/*.test.ts"],
    // `npm run test:slow` runs those.
    exclude: ["test/slow/**"],
    reporters: ["default", "./test/support/skipped.ts"],
    // For what hangs only: most tests take seconds, on a machine that has much else to do ten times as long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than the cores of a small machine: many tests wait for compilers, daemons and timers.
    maxWorkers: 3,
  },
});
