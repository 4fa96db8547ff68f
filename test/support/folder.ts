import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Creates a temporary folder that is removed after the tests of the calling file. */
export function temporaryFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, "ogrt-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
