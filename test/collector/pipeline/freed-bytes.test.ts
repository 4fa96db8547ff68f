import { expect, it } from "vitest";
import { type FrameOrigin, InFlightFrames } from "../../../lib/collector/frames/in-flight.js";
import { Ledger } from "../../../lib/collector/frames/ledger.js";
import { Duplicates } from "../../../lib/collector/pipeline/duplicates.js";
import { Pipeline } from "../../../lib/collector/pipeline/pipeline.js";
import { Redactor } from "../../../lib/collector/pipeline/redaction/redactor.js";
import { UserNames } from "../../../lib/collector/pipeline/user-names.js";
import type { OnVerdicts, Verdicts } from "../../../lib/collector/pipeline/verdicts.js";
import { encodeMessage, FRAME_HEADER_SIZE } from "../../../lib/wire/index.js";
import { freshUuid } from "../../support/toolchain.js";
import { object, processStart } from "../../wire/samples.js";

const unsigned = { verdict: "unsigned", reason: undefined, compared: undefined, onDisk: undefined } as const;

it("a frame that is decoded gives the bytes of its lists back at once, and the others when it completes", async () => {
  const waiting: OnVerdicts[] = [];
  const verdicts = { gather: (_: unknown, on: OnVerdicts) => waiting.push(on) } as unknown as Verdicts;
  const inFlightFrames = new InFlightFrames();
  const duplicates = new Duplicates({ oldestDay: 0, check: (_uuid, _use, _bucket, onDecided) => onDecided(false) });
  const parts = { host: "here", verdicts, redactor: new Redactor(), users: new UserNames(), duplicates };
  const pipeline = new Pipeline({ ...parts, inFlightFrames, ledger: new Ledger() }, (_, frame) =>
    inFlightFrames.complete(frame, "kept"),
  );
  const bytes = { freed: 0, completed: 0 };
  const origin: FrameOrigin = {
    acknowledges: false,
    cluster: undefined,
    onFreed: (_, freed) => (bytes.freed += freed),
    onComplete: (inFlight) => (bytes.completed += inFlight.bytes),
    onStored: () => {},
  };
  const objects = Array.from({ length: 100 }, (_, index) => object(`/usr/lib/library-${index}.so`));
  let sent = 0;
  for (let index = 0; index < 50; index++) {
    const frame = encodeMessage(processStart({ uuid: freshUuid(), user: "alice", objects }));
    sent += frame.length;
    pipeline.accept({
      frame: { type: 12, payload: frame.subarray(FRAME_HEADER_SIZE), sender: "a" },
      receivedAt: Date.now(),
      origin,
      index,
    });
  }
  while (waiting.length < 50) await new Promise((resolve) => setImmediate(resolve));
  // The records wait for verdicts: of each frame, less than a tenth is its own.
  expect(bytes.completed).toBe(0);
  expect(bytes.freed).toBeGreaterThan(0.9 * sent);
  expect(bytes.freed).toBeLessThan(sent);
  for (const { onVerdicts } of waiting)
    onVerdicts(
      unsigned,
      objects.map(() => unsigned),
    );
  expect(bytes.freed + bytes.completed).toBe(sent);
});
