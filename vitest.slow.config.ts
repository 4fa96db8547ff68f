import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.js";

/** What takes minutes: whole matrices of compilers, real builds, soaks. One worker, so that they don't starve each other. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: { include: ["test/slow/**/*.slow.test.ts"], maxWorkers: 1, testTimeout: 1_800_000, hookTimeout: 600_000 },
  }),
);
