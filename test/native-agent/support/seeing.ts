import { it } from "vitest";
import { blindness } from "./agent.js";

const blind = blindness();
if (blind !== undefined) console.warn(`skipped: delivery by a real agent needs ${blind}`);

/** A test of a real agent: without what the kernel tells root only, it would have nothing to deliver, and is skipped aloud. */
export const seeing = blind === undefined ? it : it.skip;
