import { expect, it } from "vitest";
import { FrameBatchBuilder, framesOf } from "../../../lib/collector/ingest/batch.js";

it("a batch keeps the sender of each frame, and starts the next one without frames and senders", () => {
  const builder = new FrameBatchBuilder();
  const frames = [
    { type: 12, payload: Uint8Array.of(1, 2, 3), sender: "192.0.2.1" },
    { type: 16, payload: new Uint8Array(), sender: "unix" },
    // More than the builder's first buffer.
    { type: 12, payload: new Uint8Array(300_000).fill(7), sender: "192.0.2.1" },
  ];
  for (const frame of frames) builder.add(frame, frame.sender);
  const batch = builder.take();
  if (batch === undefined) throw new Error("the batch is empty");
  expect(batch.senders).toEqual(["192.0.2.1", "unix"]);
  expect([...framesOf(batch)]).toEqual(frames);
  expect(builder.take()).toBeUndefined();
  builder.add({ type: 10, payload: new Uint8Array() }, "2001:db8:0:0::/64");
  expect(builder.take()).toMatchObject({ frames: 1, senders: ["2001:db8:0:0::/64"] });
});
