import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const salt = randomBytes(32);
const digest = (text: string) => createHash("sha256").update(salt).update(text).digest();

/** In a time that tells nothing about the texts, not even their lengths. */
export function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Shows who answers on a port that it has the token, without sending it. The port is part of it, or somebody on a port
 * that the collector once had could pass the question on to where it is now.
 */
export function proofOf(token: string, nonce: string, port: number): string {
  return createHmac("sha256", token).update(`ogrt-collector:${port}:${nonce}`).digest("hex");
}
