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
    <dt>{name}</dt>
    <dd>
      {children}
      {note !== undefined && <small>{note}</small>}
    </dd>
  </div>
);
