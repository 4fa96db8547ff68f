import { describe, expect, it } from "vitest";
import * as ws from "ws";
import { FrameChunks, FrameOutbox } from "../../../lib/collector/stream/frames.js";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

interface Received {
  readonly text: string;
  readonly isBinary: boolean;
}

/** The messages that another implementation finds in bytes from a server. */
async function receive(pieces: readonly Uint8Array[]): Promise<Received[]> {
  // Its types lack the class.
  const { Receiver } = ws as unknown as { Receiver: new (options: object) => NodeJS.WritableStream };
  const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  const messages: Received[] = [];
  receiver.on("message", (data: Buffer, isBinary: boolean) => messages.push({ text: data.toString(), isBinary }));
  for (const piece of pieces) receiver.write(piece as never);
  await new Promise((resolve) => receiver.end(() => resolve(undefined)));
  return messages;
}

describe("frames of the stream", () => {
  it("are read by another implementation, whatever their length and text", async () => {
    const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 100_000, 300_000, 600_000, 2];
    const texts = [...lengths.map((length) => "x".repeat(length)), "ü 名 🚀", "é".repeat(70_000)];
    const chunks = new FrameChunks("text");
    const frames = texts.flatMap((text) => [chunks.add(text, undefined), chunks.add(text, Buffer.from(" rest ü"))]);
    const received = await receive(frames.map(({ chunk, start, end }) => chunk.subarray(start, end)));
    expect(received).toEqual(
      texts.flatMap((text) => [text, `${text} rest ü`].map((each) => ({ text: each, isBinary: false }))),
    );
    const { chunk, start, end } = new FrameChunks("binary").add(Buffer.from("bytes"), undefined);
    expect(await receive([chunk.subarray(start, end)])).toEqual([{ text: "bytes", isBinary: true }]);
  });

  it("of one turn are written together, in order, also when others get some of them", async () => {
    const chunks = new FrameChunks("text");
    const writes: { all: Uint8Array[]; even: Uint8Array[] } = { all: [], even: [] };
    const all = new FrameOutbox((bytes) => writes.all.push(bytes));
    const even = new FrameOutbox((bytes) => writes.even.push(bytes));
    const texts = Array.from({ length: 400 }, (_, index) => `${index} ${"x".repeat(2000)}`);
    for (const [index, text] of texts.entries()) {
      const frame = chunks.add(text, undefined);
      all.add(frame);
      if (index % 2 === 0) even.add(frame);
    }
    await nextTurn();
    expect((await receive(writes.all)).map(({ text }) => text)).toEqual(texts);
    expect((await receive(writes.even)).map(({ text }) => text)).toEqual(texts.filter((_, index) => index % 2 === 0));
    // 800 KB in chunks of 256 KiB.
    expect(writes.all.length).toBeLessThan(6);
    expect([all.bytes, even.bytes]).toEqual([0, 0]);
  });

  it("that a slow subscriber keeps do not keep the memory of all others", () => {
    const chunks = new FrameChunks("text");
    const writes: Uint8Array[] = [];
    const outbox = new FrameOutbox((bytes) => writes.push(bytes));
    outbox.add(chunks.add("small", undefined));
    outbox.flush();
    outbox.add(chunks.add("x".repeat(200_000), undefined));
    outbox.flush();
    // Either memory of its own (in the pool of Node.js, 8 KiB), or most of a chunk.
    expect(writes.map(({ buffer }) => buffer.byteLength)).toEqual([8192, 256 * 1024]);
  });
});
