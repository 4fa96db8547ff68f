import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { printable } from "../../lib/text/escape.js";
import { announce } from "../base/announce.js";
import { copyToClipboard } from "../base/clipboard.js";

/** Time for which a button shows that it copied. */
const COPIED_MS = 2000;
const ANNOUNCED_CHARACTERS = 80;

export interface Copied {
  readonly text: string;
  /** What the text is, such as `UUID`. */
  readonly what: string;
}

/**
 * A small button beside a text that people copy. It copies what the page shows, without truncation: a paste of a reported
 * name must not run a command in a terminal.
 */
export function Copy({ text, what }: Copied) {
  const safe = printable(text);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    if (!(await copyToClipboard(safe))) {
      announce("The browser did not allow the page to copy.");
      return;
    }
    setCopied(true);
    announce(`Copied: ${safe.length > ANNOUNCED_CHARACTERS ? `${safe.slice(0, ANNOUNCED_CHARACTERS)}…` : safe}`);
  };
  const label = isCopied ? `Copied the ${what}` : `Copy the ${what}`;
  return (
    <button type="button" class="copy" aria-label={label} title={label} onClick={copy}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {isCopied ? <path d="M3 8.5 6.5 12 13 4.5" /> : <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />}
      </svg>
    </button>
  );
}

/** A text, often truncated or a link, and the button that copies all of it. */
export const Copyable = ({ children, ...copied }: Copied & { children: ComponentChildren }) => (
  <span class="copyable">
    <span>{children}</span>
    <Copy {...copied} />
  </span>
);

/** A long text in a box, with a button that copies it. */
export function CopyBox({ label, text }: { label: string; text: string }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyToClipboard(text))) {
      // The user can still copy the selection.
      box.current?.select();
      return;
    }
    setCopied(true);
    announce("Copied.");
  };
  return (
    <div class="copy-box">
      <textarea ref={box} aria-label={label} readOnly rows={4} value={text} />
      <button type="button" onClick={copy}>
        {isCopied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}
