import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { printable } from "../../lib/text/escape.js";
import { type Copied, Copy } from "./copy.js";

/** A reported name as part of a title, escaped and truncated. */
export function titleOf(name: string | undefined): string | undefined {
  if (name === undefined || name === "") return undefined;
  const safe = printable(name);
  return safe.length > 60 ? `${safe.slice(0, 60)}…` : safe;
}

interface Props {
  readonly title: string;
  /** What the title names, for people to copy. */
  readonly copied?: Copied | undefined;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** False until the first view is shown, for which the browser sets the focus. */
let hasShownView = false;

/** A view with its title, which takes the focus after a navigation so that screen readers announce the view. */
export function View({ title, copied, aside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasShownView) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    hasShownView = true;
  }, []);
  useEffect(() => {
    document.title = printable(`${title} · OGRT`);
  }, [title]);
  return (
    <>
      <div class="view-head">
        <div class="copyable">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {copied !== undefined && <Copy {...copied} />}
        </div>
        {aside}
      </div>
      {children}
    </>
  );
}
