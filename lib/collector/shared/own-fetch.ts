import type { Agent } from "undici";
import { optional } from "./optional.js";

export interface OwnFetch {
  readonly fetch: typeof fetch;
  readonly close: () => Promise<void>;
}

/**
 * fetch over connections of its own, which options such as certificate authorities and a maximum answer size apply to. The
 * built-in fetch has no such options.
 *
 * @throws {@link OgrtError} ENGINE_MISSING.
 */
export async function openFetch(options: Agent.Options): Promise<OwnFetch> {
  const { Agent, fetch } = await optional("undici", import("undici"));
  const dispatcher = new Agent(options);
  // The types of Node's fetch come from another release of undici.
  const own = ((input, init) =>
    fetch(input as string | URL, { ...(init as object), dispatcher })) as typeof globalThis.fetch;
  return { fetch: own, close: () => dispatcher.destroy() };
}
