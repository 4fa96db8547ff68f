import { useRef, useState } from "preact/hooks";
import { announce } from "../base/announce.js";

/** A text to take along. */
export function CopyBox({ label, text }: { label: string; text: string }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Over plain HTTP from another machine browsers give no clipboard; a selection can always be copied.
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
