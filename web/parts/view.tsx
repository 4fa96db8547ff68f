import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { printable } from "../../lib/text/escape.js";

/** A reported name as part of a title: safe, and not too long. */
export function titleOf(name: string | undefined): string | undefined {
  if (name === undefined || name === "") return undefined;
  const safe = printable(name);
  return safe.length > 60 ? `${safe.slice(0, 60)}…` : safe;
}

/** False until the first view has been shown: the browser has put the focus where it belongs then. */
let moved = false;

/** What every view has: a title, which takes the focus after a navigation so that screen readers say where one is. */
export function View({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (moved) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    moved = true;
  }, []);
  useEffect(() => {
    document.title = `${title} · OGRT`;
  }, [title]);
  return (
    <>
      <div class="view-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </>
  );
}
