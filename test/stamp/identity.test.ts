import { describe, expect, it } from "vitest";
import { createStamp, deriveUuid } from "../../lib/stamp/index.js";
import { have, run } from "../support/toolchain.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const full = {
  package: { name: "zlib", version: "1.2.13" },
  toolchain: "gcc 12.2.0",
  dependencies: ["a/1", "b/2"],
  inputs: [bytes("one"), bytes("two")],
};

describe("deriveUuid", () => {
  it("makes the same UUID of version 5 for the same ingredients", () => {
    expect(deriveUuid(full)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(deriveUuid(full)).toBe(deriveUuid(structuredClone(full)));
  });

  it("never changes from release to release", () => {
    expect(deriveUuid(full)).toBe("058b3b5c-59cb-5ff5-95aa-3a98f6d4acf9");
  });

  it.skipIf(!have("python3"))("equals the result of Python's uuid module for the documented bytes", () => {
    const script = `
import uuid
items = [("package.name", b"zlib"), ("package.version", b"1.2.13"), ("toolchain", b"gcc 12.2.0"),
         ("dependency", b"a/1"), ("dependency", b"b/2"), ("input", b"one"), ("input", b"two")]
joined = b"".join(b"%s %d\\0%s" % (label.encode(), len(value), value) for label, value in items)
import hashlib
namespace = uuid.UUID("9e1b1d0c-6f0e-4f6b-9f0a-3c54a1c6f7d2")
digest = hashlib.sha1(namespace.bytes + joined).digest()
print(uuid.UUID(bytes=digest[:16], version=5))`;
    expect(deriveUuid(full)).toBe(run("python3", "-c", script).trim());
  });

  it("does not depend on the order of package keys", () => {
    expect(deriveUuid({ package: { version: "1", name: "a" } })).toBe(
      deriveUuid({ package: { name: "a", version: "1" } }),
    );
  });

  it.each([
    ["a name", { ...full, package: { name: "zlib2", version: "1.2.13" } }],
    ["a further key", { ...full, package: { ...full.package, os: "debian" } }],
    ["the toolchain", { ...full, toolchain: "gcc 12.2.1" }],
    ["a dependency", { ...full, dependencies: ["a/1"] }],
    ["the order of dependencies", { ...full, dependencies: ["b/2", "a/1"] }],
    ["one byte of an input", { ...full, inputs: [bytes("one"), bytes("twO")] }],
    ["the order of inputs", { ...full, inputs: [bytes("two"), bytes("one")] }],
    ["where one input ends", { ...full, inputs: [bytes("onet"), bytes("wo")] }],
    ["an empty input", { ...full, inputs: [...full.inputs, bytes("")] }],
    ["what an ingredient is", { ...full, toolchain: undefined, dependencies: ["gcc 12.2.0", "a/1", "b/2"] }],
  ])("changes with %s", (_, other) => {
    expect(deriveUuid(other)).not.toBe(deriveUuid(full));
  });

  it("refuses to derive a UUID from no ingredients", () => {
    expect(() => deriveUuid({})).toThrow(expect.objectContaining({ code: "INVALID_IDENTITY" }));
    expect(() => createStamp({ deriveFrom: {} })).toThrow(expect.objectContaining({ code: "INVALID_IDENTITY" }));
  });
});

describe("createStamp takes the UUID", () => {
  it("from a time: version 7, whose first 48 bits are the milliseconds", () => {
    const { uuid } = createStamp({ timeOrdered: 1_700_000_000_123 });
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(Number.parseInt(uuid.replace("-", "").slice(0, 12), 16)).toBe(1_700_000_000_123);
    expect(createStamp({ timeOrdered: 1_700_000_000_123 }).uuid).not.toBe(uuid);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 48])("refuses %s as a time", (timeOrdered) => {
    expect(() => createStamp({ timeOrdered })).toThrow(expect.objectContaining({ code: "INVALID_IDENTITY" }));
  });

  it("from ingredients, including the package", () => {
    const derived = (name: string) => createStamp({ package: { name }, deriveFrom: {} }).uuid;
    expect(derived("a")).toBe(deriveUuid({ package: { name: "a" } }));
    expect(derived("a")).not.toBe(derived("b"));
  });

  it("from at most one source", () => {
    expect(() => createStamp({ uuid: "b73c604d-c2e9-4057-ae31-586aa5ee29e3", timeOrdered: 1 })).toThrow(
      expect.objectContaining({ code: "INVALID_IDENTITY" }),
    );
  });

  it("from known options only: a mistyped one would make a stamp that says less than was asked", () => {
    const misplaced: object = { name: "a", version: "1" };
    expect(() => createStamp(misplaced)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining("package: { name: … }") }),
    );
    const mistyped: object = { uid: "b73c604d-c2e9-4057-ae31-586aa5ee29e3" };
    expect(() => createStamp(mistyped)).toThrow(
      expect.objectContaining({ message: expect.stringContaining("uuid, timeOrdered, deriveFrom, package") }),
    );
    const ingredients: object = { toolchain: "gcc", input: [bytes("one")] };
    expect(() => createStamp({ deriveFrom: ingredients })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER", value: "input" }),
    );
  });

  it("from its JSON", () => {
    const stamp = createStamp({ package: { name: "a", version: "1" } });
    expect(createStamp(JSON.parse(JSON.stringify(stamp)))).toEqual(stamp);
  });
});
