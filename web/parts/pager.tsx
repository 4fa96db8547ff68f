import { changed, type Place } from "../base/router.js";

/** Links from one page of a list to the next. */
export function Pager({ place, next }: { place: Place; next: string | null }) {
  const isFirst = !place.query.has("cursor");
  if (isFirst && next === null) return null;
  return (
    <nav class="actions" aria-label="Pages">
      {!isFirst && (
        <a class="button" href={changed(place, { cursor: undefined })}>
          First page
        </a>
      )}
      {next === null ? (
        <span class="faint">This is the last page.</span>
      ) : (
        <a class="button" rel="next" href={changed(place, { cursor: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
