import { parseJson } from "../../shared/json.js";

/** The JSON value of a descriptor, up to its NUL; undefined when it is not valid JSON, or too deep. */
export function descriptorJson(descriptor: Uint8Array): unknown {
  const terminator = descriptor.indexOf(0);
  return parseJson(new TextDecoder().decode(terminator === -1 ? descriptor : descriptor.subarray(0, terminator)));
}
