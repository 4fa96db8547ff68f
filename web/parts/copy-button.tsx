import { useRef, useState } from "preact/hooks";
import { announce } from "../base/announce.js";

/** A text with a button that copies it to the clipboard. */
export function CopyBox({ label, text }: { label: string; text: string }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers refuse the clipboard over plain HTTP from another host; the user can still copy the selection.
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
