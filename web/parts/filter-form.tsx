import type { ComponentChildren } from "preact";
import type { PagePath } from "../../lib/shared/page-views.js";
import { address, given, navigate, type Place } from "../base/router.js";
import { Field, Form } from "./form.js";

interface Props {
  readonly place: Place;
  /** Labels of text fields by parameter. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly children?: ComponentChildren;
}

/** Fields that filter a list. They become part of the address, which keeps the tab and the text of a lookup. */
export function FilterForm({ place, fields = {}, children }: Props) {
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
      <div class="actions">
        <button type="submit" class="primary">
          Apply
        </button>
        {Object.keys(fields).some((name) => query.has(name)) && (
          <a class="button" href={address(path, kept)}>
            Clear
          </a>
        )}
      </div>
    </Form>
  );
}
