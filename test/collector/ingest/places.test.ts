import { describe, expect, it } from "vitest";
import { type Occupant, Places } from "../../../lib/collector/ingest/worker/places.js";
import { Sender } from "../../../lib/collector/limits/senders.js";

describe("the place that is given up", () => {
  it("is that of the sender whose frames were stored longest ago, of senders with equally many", () => {
    const places = new Places<Occupant>();
    const senders = ["a", "b", "c"].map((key, at) => new Sender(key, undefined, at));
    const occupants = senders.map((sender) => ({ sender }));
    for (const occupant of occupants) places.add(occupant);
    expect(places.least()).toBe(occupants[0]);
    (senders[0] as Sender).usefulAt = 10;
    expect(places.least()).toBe(occupants[1]);
  });

  it("is never that of a sender with fewer, whatever the others deliver", () => {
    const places = new Places<Occupant>();
    const [greedy, modest] = [new Sender("greedy", undefined, 0), new Sender("modest", undefined, 0)];
    const busy = Array.from({ length: 100 }, () => ({ sender: greedy }));
    for (const occupant of busy) places.add(occupant);
    places.add({ sender: modest });
    for (let round = 0; round < 99; round++) {
      for (const occupant of busy) places.onFrame(occupant);
      greedy.usefulAt = round;
      const least = places.least() as Occupant;
      expect(least.sender).toBe(greedy);
      places.delete(least);
    }
    expect(places.size).toBe(2);
  });
});
