import { expect, it } from "vitest";
import { listingTable } from "../../../bin/query/table-view.js";
import type { Column } from "../../../lib/lists/column.js";

it("one long text makes its own row long, and no other", () => {
  const columns: Column<{ path: string; user: string }>[] = [
    { name: "path", heading: "Path", value: ({ path }) => path },
    { name: "user", heading: "User", value: ({ user }) => user },
  ] as Column<{ path: string; user: string }>[];
  const long = `/${"a".repeat(4000)}`;
  const rows = [{ path: long, user: "mallory" }, ...Array.from({ length: 50 }, () => ({ path: "/x", user: "alice" }))];
  const lines = listingTable(columns, rows).trimEnd().split("\n");
  expect(lines[1]).toBe(`${long}  mallory`);
  expect(lines.slice(2).every((line) => line.length < 120 && line.endsWith("alice"))).toBe(true);
});
