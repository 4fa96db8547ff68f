/** The JSON text of a descriptor, up to its NUL; undefined when it is not valid JSON. */
export function parseJson(descriptor: Uint8Array): unknown {
  const terminator = descriptor.indexOf(0);
  try {
    return JSON.parse(new TextDecoder().decode(terminator === -1 ? descriptor : descriptor.subarray(0, terminator)));
  } catch {
    return undefined;
  }
}
