import type { Spans } from "./spans.js";

/** Words that make a program read a secret from its standard input. */
const READERS =
  /^(?:chpasswd|passwd|smbpasswd|--password-stdin|--passphrase-fd|--stdin|--with-token|-S|--key-file=-|cryptsetup|kinit|vncpasswd)$/;
const PRINTERS = /^(?:echo|printf)$/;
const MAX_PRINTED_WORDS = 8;

/** Follows `echo SECRET | sudo -S …` through the words of a script. */
export class PipedSecrets {
  #printed: { readonly start: number; readonly word: string }[] = [];
  #isPrinting = false;
  #isPiped = false;

  /** @param gap - the text between this word and the one before. */
  read(word: string, start: number, gap: string, spans: Spans): void {
    if (/[;\n&]/.test(gap)) this.#printed = [];
    if (/[;|\n&]/.test(gap)) this.#isPrinting = false;
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
}
