import type { ComponentChildren } from "preact";
import { address, navigate } from "../base/router.js";
import { Form } from "./form.js";

interface Props {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Text fields: parameter and label. */
  readonly fields?: Record<string, string>;
  /** Parameters that stay as they are. */
  readonly keep?: readonly string[];
  /** The span ends now, so that only its begin can be chosen. */
  readonly isOpenEnded?: boolean;
  readonly children?: ComponentChildren;
}

/** Fields that narrow a list down; they become part of the address. */
export function SpanForm({ path, query, fields = {}, keep = [], isOpenEnded = false, children }: Props) {
  const kept = Object.fromEntries(keep.map((name) => [name, query.get(name) ?? ""]));
  const names = [...Object.keys(fields), "since", "until"];
  return (
    <Form
      class="filters"
      shows={query.toString()}
      onSubmit={(values) => navigate(address(path, { ...kept, ...values }))}
    >
      {Object.entries(fields).map(([name, label]) => (
        <label key={name}>
          {label}
          <input
            name={name}
            defaultValue={query.get(name) ?? ""}
            maxLength={1024}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
      ))}
      {children}
      <label>
        Since (UTC)
        <input type="date" name="since" defaultValue={(query.get("since") ?? "").slice(0, 10)} />
      </label>
      {!isOpenEnded && (
        <label>
          Before (UTC)
          <input type="date" name="until" defaultValue={(query.get("until") ?? "").slice(0, 10)} />
        </label>
      )}
      <div class="actions">
        <button type="submit" class="primary">
          Apply
        </button>
        {names.some((name) => query.has(name)) && (
          <a class="button" href={address(path, kept)}>
            Clear
          </a>
        )}
      </div>
    </Form>
  );
}

/** Parameters of a question that stand in the address under the same name. */
export function given<Name extends string>(
  query: URLSearchParams,
  ...names: readonly Name[]
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = query.get(name);
    if (value !== null && value !== "") found[name] = value;
  }
  return found;
}
