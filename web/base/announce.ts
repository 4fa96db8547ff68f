/** Says a sentence to screen readers, once they are done with what they say. */
export function announce(sentence: string): void {
  const region = document.getElementById("announcements");
  if (region !== null) region.textContent = sentence;
}
