const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A UUID in the spelling that notes use, 36 lower-case characters, or undefined when the text is not a UUID. Any variant
 * and version is accepted: the UUID is an opaque identity here, and new versions may appear (RFC 9562).
 *
 * @example
 * ```ts
 * assert.equal(canonicalUuid("B73C604D-C2E9-4057-AE31-586AA5EE29E3"), "b73c604d-c2e9-4057-ae31-586aa5ee29e3");
 * ```
 */
export function canonicalUuid(text: string): string | undefined {
  const lower = text.toLowerCase();
  return UUID_TEXT.test(lower) ? lower : undefined;
}
