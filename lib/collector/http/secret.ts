import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const salt = randomBytes(32);
const digest = (text: string) => createHash("sha256").update(salt).update(text).digest();

/** In a time that tells nothing about the texts, not even their lengths. */
export function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}
