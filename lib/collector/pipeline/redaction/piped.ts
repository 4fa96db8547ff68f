import type { Spans } from "./spans.js";

/** Words that make a program read a secret from its standard input. */
const READERS =
  /^(?:chpasswd|passwd|smbpasswd|--password-stdin|--passphrase-fd|--stdin|--with-token|-pass(?:in)?|-S|--key-file=-|cryptsetup|kinit|vncpasswd)$/;
const PRINTERS = /^(?:echo|printf)$/;
const MAX_PRINTED_WORDS = 8;

/** Between commands, where it is a word of its own. */
const SEPARATOR = /^(?:&&?|\|\|)$/;
const HERE_STRING = /^<<<["']?/;

/** Follows `echo SECRET | sudo -S …` and `sudo -S … <<< SECRET` through the words of a script. */
export class PipedSecrets {
  #printed: { readonly start: number; readonly word: string }[] = [];
  #isPrinting = false;
  #isPiped = false;
  /** The command reads a secret, and whether the next word is what it reads. */
  #isReading = false;
  #isHereString = false;

  /** @param gap - the text between this word and the one before. */
  read(word: string, start: number, gap: string, spans: Spans): void {
    const isSeparator = SEPARATOR.test(word);
    if (isSeparator || /[;\n]/.test(gap)) this.#printed = [];
    if (isSeparator || /[;|\n]/.test(gap)) {
      this.#isPrinting = false;
      this.#isReading = false;
    }
    this.#readHereString(word, start, spans);
    this.#isPiped = this.#printed.length > 0 && (this.#isPiped || gap.includes("|"));
    if (PRINTERS.test(word)) {
      this.#printed = [];
      this.#isPrinting = true;
      this.#isPiped = false;
    } else if (this.#isPrinting) {
      const isFormat = word.startsWith("-") || word.startsWith("%") || word.startsWith("$");
      if (!isFormat && this.#printed.length < MAX_PRINTED_WORDS) this.#printed.push({ start, word });
    } else if (this.#isPiped && READERS.test(word)) {
      for (const printed of this.#printed) {
        const colon = word === "chpasswd" ? printed.word.indexOf(":") + 1 : 0;
        spans.add(printed.start + colon, printed.start + printed.word.length);
      }
      this.#printed = [];
    }
  }
  #readHereString(word: string, start: number, spans: Spans): void {
    const mark = HERE_STRING.exec(word)?.[0].length ?? 0;
    const isSecret = this.#isReading && (this.#isHereString || mark > 0) && mark < word.length;
    if (isSecret) spans.add(start + mark, start + word.length);
    this.#isHereString = mark > 0 && mark === word.length;
    this.#isReading ||= READERS.test(word);
  }
}
