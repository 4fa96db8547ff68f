import type { ComponentChildren, RefObject } from "preact";

interface Props {
  readonly title: string;
  /** Shown instead of the title, which stays the name of the region for screen readers. */
  readonly heading?: ComponentChildren;
  readonly headingRef?: RefObject<HTMLHeadingElement | null>;
  readonly note?: ComponentChildren;
  /** True for tables, which fill the sheet to its edges. */
  readonly isFlush?: boolean;
  readonly children: ComponentChildren;
}

/** A box with a heading for things that belong together. */
export const Sheet = ({ title, heading = title, headingRef, note, isFlush = false, children }: Props) => (
  <section class="sheet" aria-label={title}>
    <header>
      <h2 ref={headingRef ?? null} tabIndex={-1}>
        {heading}
      </h2>
      {note !== undefined && <span class="small faint">{note}</span>}
    </header>
    {isFlush ? children : <div class="body">{children}</div>}
  </section>
);
