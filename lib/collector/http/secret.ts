import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const salt = randomBytes(32);
const hash = (text: string) => createHash("sha256").update(salt).update(text).digest();

/** Compares texts in a time that depends neither on where they differ nor on their lengths. */
export function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(hash(a), hash(b));
}

/**
 * Proves that the listener on a port has the token, without sending it. The proof includes the port; otherwise a
 * process on a former port of the collector could forward the nonce to the collector and return its proof.
 */
export function proofOf(token: string, nonce: string, port: number): string {
  return createHmac("sha256", token).update(`ogrt-collector:${port}:${nonce}`).digest("hex");
}
