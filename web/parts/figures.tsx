import type { ComponentChildren } from "preact";

/** A few numbers that the reader sees first. */
export const Figures = ({ isInside = false, children }: { isInside?: boolean; children: ComponentChildren }) => (
  <dl class={isInside ? "figures inside" : "figures"}>{children}</dl>
);

interface FigureProps {
  readonly name: string;
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}

export const Figure = ({ name, note, children }: FigureProps) => (
  <div>
    <dt class="small faint">{name}</dt>
    <dd>
      {children}
      {note !== undefined && <small class="small faint">{note}</small>}
    </dd>
  </div>
);
