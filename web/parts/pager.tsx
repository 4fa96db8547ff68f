import { address } from "../base/router.js";

/** The same place with other parameters; `undefined` leaves one out. */
function changed(path: string, query: URLSearchParams, changes: Record<string, string | undefined>): string {
  return address(path, { ...Object.fromEntries(query), ...changes });
}

/** Ways from one page of a list to the next; they are addresses like all others. */
export function Pager({ path, query, next }: { path: string; query: URLSearchParams; next: string | null }) {
  const isFirst = !query.has("cursor");
  if (isFirst && next === null) return null;
  return (
    <nav class="actions pager" aria-label="Pages">
      {!isFirst && (
        <a class="button" href={changed(path, query, { cursor: undefined })}>
          First page
        </a>
      )}
      {next === null ? (
        <span class="faint">This is the last page.</span>
      ) : (
        <a class="button" rel="next" href={changed(path, query, { cursor: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}

/** The tab that an address names; without one that there is, the first. */
export function tabOf<Tab extends string>(query: URLSearchParams, tabs: Record<Tab, string>): Tab {
  const show = query.get("show") ?? "";
  return Object.hasOwn(tabs, show) ? (show as Tab) : (Object.keys(tabs)[0] as Tab);
}

/** Lists that belong together, one at a time. */
export function Tabs({
  path,
  query,
  tabs,
  current,
}: {
  path: string;
  query: URLSearchParams;
  tabs: Record<string, string>;
  current: string;
}) {
  return (
    <nav class="tabs" aria-label="Lists">
      {Object.entries(tabs).map(([key, name]) => (
        <a
          key={key}
          href={changed(path, query, { show: key, cursor: undefined })}
          aria-current={key === current ? "page" : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
