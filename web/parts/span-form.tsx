import type { ComponentChildren } from "preact";
import { address, navigate } from "../shell/router.js";

interface Props {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Text fields: parameter and label. */
  readonly fields?: Record<string, string>;
  /** Parameters that stay as they are. */
  readonly keep?: readonly string[];
  readonly children?: ComponentChildren;
}

/** Fields that narrow a list down; they become part of the address. */
export function SpanForm({ path, query, fields = {}, keep = [], children }: Props) {
  const names = [...Object.keys(fields), "since", "until"];
  return (
    <form
      class="filters"
      key={query.toString()}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const given: Record<string, string> = {};
        for (const name of keep) given[name] = query.get(name) ?? "";
        for (const [name, value] of data) given[name] = `${value}`.trim();
        navigate(address(path, given));
      }}
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
      <label>
        Before (UTC)
        <input type="date" name="until" defaultValue={(query.get("until") ?? "").slice(0, 10)} />
      </label>
      <div class="actions">
        <button type="submit" class="primary">
          Apply
        </button>
        {names.some((name) => query.has(name)) && (
          <a class="button" href={address(path, Object.fromEntries(keep.map((name) => [name, query.get(name) ?? ""])))}>
            Clear
          </a>
        )}
      </div>
    </form>
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
