import { REDACTED } from "../../shared/redacted.js";

/** Ranges of one text that hold secrets. */
export class Spans {
  readonly #spans: { start: number; end: number }[];
  readonly #position: (index: number) => number;

  /** @param position - maps an index of a part of the text to one of the text. */
  private constructor(spans: { start: number; end: number }[], position: (index: number) => number) {
    this.#spans = spans;
    this.#position = position;
  }

  static empty(): Spans {
    return new Spans([], (index) => index);
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0;
  }

  /** Adds to the same ranges, by positions in a part of the text. */
  within(position: (index: number) => number): Spans {
    return new Spans(this.#spans, (index) => this.#position(position(index)));
  }

  add(start: number, end: number): void {
    if (end > start) this.#spans.push({ start: this.#position(start), end: this.#position(end) });
  }

  /** The text with every range replaced; the same text when there are none. Ranges that touch or overlap count as one. */
  replaceIn(text: string): string {
    if (this.#spans.length === 0) return text;
    this.#spans.sort((a, b) => a.start - b.start);
    let clean = "";
    let from = 0;
    let end = -1;
    for (const span of this.#spans) {
      if (span.start > end) {
        if (end >= 0) from = end;
        clean += text.slice(from, span.start) + REDACTED;
        end = span.end;
      } else if (span.end > end) {
        end = span.end;
      }
    }
    return clean + text.slice(end);
  }
}
