import type { ogrt } from "./generated/ogrt.js";

/** A 64-bit number as protobufjs represents it: two halves. */
export type Integer64 = ogrt.JobStart["start_time"];

export function integer(value: Integer64): bigint {
  if (typeof value === "number") return BigInt(value);
  return (BigInt(value.unsigned ? value.high >>> 0 : value.high) << 32n) | BigInt(value.low >>> 0);
}

export function long(value: bigint): Integer64 {
  const unsigned = BigInt.asUintN(64, value);
  const halves = { low: Number(unsigned & 0xffffffffn) | 0, high: Number(unsigned >> 32n) | 0, unsigned: false };
  return halves as Integer64;
}
