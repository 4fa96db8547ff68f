import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const SIGNATURE = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

/** A catalogue of a million files, in which a signature has this name. */
async function writeCatalogue(path: string, name: string): Promise<void> {
  const out = createWriteStream(`${path}.new`);
  out.write('{"ogrt-catalogue":1,"created":"2026-01-01T00:00:00Z","roots":["/"]}\n');
  for (let at = 0; at < 1_000_000; at++) {
    const [uuid, own] = at === 999_999 ? [SIGNATURE, name] : [randomUUID(), `package-${at % 20_000}`];
    const entry = { path: `/opt/${own}/lib${at}.so`, kind: "shared-library", uuids: [uuid], package: { name: own } };
    if (!out.write(`${JSON.stringify(entry)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  renameSync(`${path}.new`, path);
}

it("a catalogue of a million files is read, and read again, while datagrams come in", async () => {
  const path = join(folder, "catalogue");
  await writeCatalogue(path, "before");
  const collector = await startCollector(join(folder, "data"), "--catalogue", path);
  const named = async () =>
    (await collector.json(`/api/v1/affected?signature=${SIGNATURE}`)).software as readonly string[];
  expect(await named()).toEqual(["before"]);

  let sent = 0;
  let isDone = false;
  const load = (async () => {
    while (!isDone) {
      await collector.send(
        ...Array.from({ length: 20 }, () => encodeMessage(processStart({ objects: [object("/x", [SIGNATURE])] }))),
      );
      sent += 20;
      await sleep(10);
    }
  })();
  await writeCatalogue(path, "after");
  while ((await named())[0] !== "after") await sleep(100);
  isDone = true;
  await load;
  expect(await collector.waitForFrames(sent)).toMatchObject({
    received: sent,
    stored: sent,
    dropped: {},
    rejected: {},
    kernelDropped: 0,
  });
});
