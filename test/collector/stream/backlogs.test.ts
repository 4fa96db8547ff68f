import { expect, it } from "vitest";
import { Backlogs } from "../../../lib/collector/stream/backlogs.js";

const MiB = 1024 * 1024;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it("lets 4 MiB wait for each subscriber, however many there are, until half of the memory is in use", async () => {
  const backlogs = new Backlogs();
  const all = Array.from({ length: 1000 }, () => ({ bufferedAmount: 0 }));
  for (const subscriber of all) backlogs.add(subscriber);
  expect(backlogs.limit()).toBe(4 * MiB);
  // Bytes count when they are sent; bytes that have left the buffers no longer count in the next turn.
  backlogs.onSend(16 * MiB);
  expect(backlogs.limit()).toBe((16 * MiB) / 1000);
  await nextTurn();
  expect(backlogs.limit()).toBe(4 * MiB);
  for (const subscriber of all.slice(0, 4)) subscriber.bufferedAmount = 4 * MiB;
  await nextTurn();
  expect(backlogs.limit()).toBe((16 * MiB) / 1000);
  for (const subscriber of all.slice(0, 4)) backlogs.remove(subscriber);
  await nextTurn();
  expect(backlogs.limit()).toBe(4 * MiB);
});
