import type { ComponentChildren } from "preact";
import type { PagePath } from "../../lib/shared/page-views.js";
import { address, given, navigate, type Place } from "../base/router.js";
import { Field, Form } from "./form.js";

interface Props {
  readonly place: Place;
  /** Labels of text fields by parameter. */
  readonly fields?: Readonly<Record<string, string>>;
  /** True when the span always ends now, so that only its start can be chosen. */
  readonly isOpenEnded?: boolean;
  readonly children?: ComponentChildren;
}

/** Fields that filter a list. They become part of the address, which keeps the tab and the text of a lookup. */
export function SpanForm({ place, fields = {}, isOpenEnded = false, children }: Props) {
  const { query } = place;
  const path = place.path as PagePath;
  const kept = given(query, "q", "show");
  return (
    <Form
      class="filters"
      shows={query.toString()}
      onSubmit={(values) => navigate(address(path, { ...kept, ...values }))}
    >
      {Object.entries(fields).map(([name, label]) => (
        <Field key={name} name={name} label={label} value={query.get(name)} />
      ))}
      {children}
      <DateField name="since" label="Since (UTC)" query={query} />
      {!isOpenEnded && <DateField name="until" label="Before (UTC)" query={query} />}
      <div class="actions">
        <button type="submit" class="primary">
          Apply
        </button>
        {[...Object.keys(fields), "since", "until"].some((name) => query.has(name)) && (
          <a class="button" href={address(path, kept)}>
            Clear
          </a>
        )}
      </div>
    </Form>
  );
}

const DateField = ({ name, label, query }: { name: string; label: string; query: URLSearchParams }) => (
  <label>
    {label}
    <input type="date" name={name} defaultValue={(query.get(name) ?? "").slice(0, 10)} />
  </label>
);
