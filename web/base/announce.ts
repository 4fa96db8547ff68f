import { printable } from "../../lib/text/escape.js";

/** Makes screen readers speak a sentence when they have finished the current one. */
export function announce(sentence: string): void {
  const region = document.getElementById("announcements");
  if (region !== null) region.textContent = printable(sentence);
}
