import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { EXAMINATION_DEFAULTS } from "../../../lib/collector/verification/examinations.js";
import { Verifier } from "../../../lib/collector/verification/verifier.js";
import { temporaryFolder } from "../../support/folder.js";
import { object } from "../../wire/samples.js";
import { HangingMount } from "./support/hanging.js";

const folder = temporaryFolder();
const open: Verifier[] = [];
afterEach(() => {
  for (const verifier of open.splice(0)) verifier.close();
});

it("three file systems that hang at once delay nobody else", async (context) => {
  const events = { onFault: () => {}, onFailure: () => {} };
  const verifier = new Verifier({ host: "here", roots: ["/"], sharedRoots: [] }, EXAMINATION_DEFAULTS, events);
  open.push(verifier);
  const reporter = { host: "here", startedBefore: BigInt(Date.now()) * 1_000_000n, firstSignatureOnly: false };
  const verify = (path: string, user: string) =>
    new Promise<string>((resolve) =>
      verifier.verify([object(path)], reporter, { sender: user, user }, ([finding]) =>
        resolve(finding?.reason ?? finding?.verdict ?? "none"),
      ),
    );

  const mounts: HangingMount[] = [];
  for (const name of ["home", "scratch", "software"]) {
    const made = await HangingMount.make(join(folder, name));
    if (typeof made === "string") return context.skip(`FUSE: ${made}`);
    mounts.push(made);
  }
  for (const { hang } of mounts) hang();
  let timeouts = 0;
  const hanging = mounts.flatMap(({ mount }, index) =>
    Array.from({ length: 30 }, async (_, file) => {
      const found = await verify(join(mount, `hang/${file}`), `user ${index}`);
      timeouts++;
      return found;
    }),
  );
  while (mounts.some(({ asked }) => asked() === 0)) await sleep(20);
  // Others go on before any of the files that hang is given up, and all the time until the breakers are open.
  for (let file = 0; timeouts < hanging.length; file++) {
    const before = timeouts;
    expect(await verify(`/nowhere/${file}`, "another")).toBe("missing");
    if (file === 0) expect(before + timeouts).toBe(0);
    await sleep(50);
  }
  const found = await Promise.all(hanging);
  expect(found).toContain("timeout");
  for (const reason of found) expect(["timeout", "overload"]).toContain(reason);
  expect(verifier.warnings()).toEqual(["a file system hangs; its files are not examined"]);

  for (const { answer } of mounts) answer();
});
