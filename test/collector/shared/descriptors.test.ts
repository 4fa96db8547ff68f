import { expect, it } from "vitest";
import { connectionPlaces } from "../../../lib/collector/shared/descriptors.js";

it.each([
  [400, 40, 1],
  [1024, 60, 3],
  [4096, 60, 2],
  [1_048_576, 60, 5],
])("of %i descriptors, with %i open, connections to %i stream listeners leave 128 free", (limit, open, listeners) => {
  const { http, stream } = connectionPlaces(listeners, limit, open);
  expect(open + http + stream * listeners).toBeLessThanOrEqual(limit - 128);
  expect(Math.min(http, stream)).toBeGreaterThan(50);
});

it("every listener has some places, also when there are hardly any descriptors or their limit is unknown", () => {
  expect(connectionPlaces(2, 64, 60)).toEqual({ http: 8, stream: 8 });
  expect(connectionPlaces(0, Number.POSITIVE_INFINITY, 0).http).toBe(Number.POSITIVE_INFINITY);
});
