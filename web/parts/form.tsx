import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  readonly class?: string;
  /** What the fields show of the address: with another one the form is made anew. */
  readonly shows?: string;
  readonly onSubmit: (fields: Record<string, string>) => void;
  readonly children: ComponentChildren;
}

/** A form whose fields follow the address, also when one goes back; the focus stays where it was. */
export function Form({ class: style, shows, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  /** Place of the field that had the focus when the form was sent. */
  const focused = useRef(-1);
  useLayoutEffect(() => {
    const field = form.current?.elements[focused.current];
    focused.current = -1;
    if (field instanceof HTMLElement) field.focus();
  }, [shows]);
  return (
    <form
      ref={form}
      class={style}
      key={shows}
      onSubmit={(event) => {
        event.preventDefault();
        const { currentTarget } = event;
        focused.current = [...currentTarget.elements].indexOf(document.activeElement as Element);
        const entries = [...new FormData(currentTarget)].map(([name, value]) => [name, `${value}`.trim()]);
        onSubmit(Object.fromEntries(entries));
      }}
    >
      {children}
    </form>
  );
}
