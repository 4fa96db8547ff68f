import type { ComponentChildren } from "preact";

/** A few numbers that the reader sees first. */
export function Figures({ isInside = false, children }: { isInside?: boolean; children: ComponentChildren }) {
  return <dl class={isInside ? "figures inside" : "figures"}>{children}</dl>;
}

interface FigureProps {
  readonly name: string;
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Figure({ name, note, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}
