/** Percent-encoded text as it reads, with the position of each character in the encoded text. */
export interface Decoded {
  readonly text: string;
  readonly position: (index: number) => number;
}

/** Undefined when nothing is encoded. Only printable ASCII is decoded: names, separators and quotes are. */
export function decodePercent(text: string): Decoded | undefined {
  let decoded = "";
  let from = 0;
  const positions: number[] = [];
  for (let index = text.indexOf("%"); index >= 0; index = text.indexOf("%", index + 1)) {
    const code = Number.parseInt(text.slice(index + 1, index + 3), 16);
    if (!/^[\da-f]{2}/i.test(text.slice(index + 1, index + 3)) || code < 32 || code > 126) continue;
    decoded += text.slice(from, index) + String.fromCharCode(code);
    for (; from <= index; from++) positions.push(from);
    from = index + 3;
  }
  if (positions.length === 0) return undefined;
  decoded += text.slice(from);
  const last = positions.length;
  return { text: decoded, position: (index) => (index < last ? (positions[index] as number) : from + index - last) };
}
