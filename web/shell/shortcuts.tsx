import { useEffect, useRef } from "preact/hooks";

interface Shortcut {
  readonly keys: string;
  readonly does: string;
  /** What the shortcut focuses, and clicks unless it is a field. */
  readonly target: string;
}

const SHORTCUTS: Readonly<Record<string, Shortcut>> = {
  "/": { keys: "/ or Ctrl K", does: "Search", target: ".quick input" },
  t: { keys: "T", does: "Time range and time zone", target: ".range button" },
  n: { keys: "N", does: "Next page of a list", target: "a[rel=next]" },
  p: { keys: "P", does: "Pause the live table", target: "button[aria-pressed]" },
  "?": { keys: "?", does: "These shortcuts", target: ".help" },
};

/** Keys that work wherever no text is typed, and a button that lists them. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    addEventListener("keydown", follow);
    return () => removeEventListener("keydown", follow);
  }, []);
  return (
    <>
      <button type="button" class="help" aria-label="Keyboard shortcuts" onClick={() => dialog.current?.showModal()}>
        ?
      </button>
      <dialog ref={dialog} aria-label="Keyboard shortcuts">
        <dl class="facts">
          {Object.values(SHORTCUTS).map(({ keys, does }) => (
            <>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}

function follow(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const isSearch = key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey;
  if (!isSearch) {
    if (ctrlKey || metaKey || altKey || document.querySelector("dialog[open]") !== null) return;
    if (target instanceof Element && target.closest("input, select, textarea") !== null) return;
  }
  const shortcut = SHORTCUTS[isSearch ? "/" : key.toLowerCase()];
  const found = shortcut === undefined ? null : document.querySelector<HTMLElement>(shortcut.target);
  if (found === null) return;
  event.preventDefault();
  found.focus();
  if (found instanceof HTMLInputElement) found.select();
  else found.click();
}
