import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  readonly class?: string;
  /** The part of the address that the fields show. When it changes, the form is created again with the new values. */
  readonly shows?: string;
  readonly onSubmit: (fields: Record<string, string>) => void;
  readonly children: ComponentChildren;
}

/** A form whose fields follow the address, also when the user goes back. The focused field keeps the focus. */
export function Form({ class: style, shows, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  /** Index of the field that had the focus when the form was submitted. */
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

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | null | undefined;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  /** Says what is wrong with the text, which then cannot be submitted. */
  readonly check?: (text: string) => string;
}

export const Field = ({ label, value, maxLength = 1024, check, ...attributes }: FieldProps) => (
  <label>
    {label}
    <input
      {...attributes}
      defaultValue={value ?? ""}
      maxLength={maxLength}
      autocomplete="off"
      spellcheck={false}
      onInput={({ currentTarget }) => currentTarget.setCustomValidity(check?.(currentTarget.value.trim()) ?? "")}
    />
  </label>
);

interface LookupFieldProps extends Omit<FieldProps, "name"> {
  readonly onInput?: ((event: { readonly currentTarget: HTMLInputElement }) => void) | undefined;
  /** The list box with suggestions, and the option in it that the arrow keys have reached. */
  readonly suggestions?: Suggestions;
}

interface Suggestions {
  readonly list: string;
  readonly isShown: boolean;
  readonly active: string | undefined;
}

/** Attributes of a field with suggestions, of an ARIA pattern that Preact's types do not know for this kind of field. */
const comboboxOf = ({ list, isShown, active }: Suggestions): object => ({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-expanded": isShown,
  "aria-controls": isShown ? list : undefined,
  "aria-activedescendant": active,
});

/** The field of a lookup, `q`. */
export const LookupField = ({ label, value, placeholder, onInput, suggestions }: LookupFieldProps) => (
  <input
    {...(suggestions === undefined ? {} : comboboxOf(suggestions))}
    onInput={onInput}
    type="search"
    name="q"
    aria-label={label}
    defaultValue={value ?? ""}
    placeholder={placeholder}
    maxLength={4096}
    autocomplete="off"
    spellcheck={false}
  />
);

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  /** Labels by value. */
  readonly options: Readonly<Record<string, string>>;
  readonly value: string | undefined;
}

export const Choice = ({ name, label, options, value = "" }: ChoiceProps) => (
  <label>
    {label}
    <select name={name}>
      {Object.entries(options).map(([key, text]) => (
        <option key={key} value={key} selected={key === value}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

/** Options for a filter by verdict. */
export const anyOf = (names: readonly string[]): Record<string, string> => ({
  "": "any",
  ...Object.fromEntries(names.map((name) => [name, name])),
});
