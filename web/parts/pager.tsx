import { count } from "../base/format.js";
import { changed, type Place } from "../base/router.js";

interface Props {
  readonly place: Place;
  readonly next: string | null;
  /** Rows of the whole list, where that is known. */
  readonly rowCount: number | null;
}

/** Links from one page of a list to the next. */
export function Pager({ place, next, rowCount }: Props) {
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
      {rowCount !== null && <span class="faint">{count(rowCount)} rows in all</span>}
    </nav>
  );
}
