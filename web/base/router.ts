import { useEffect, useState } from "preact/hooks";
import type { PagePath } from "../../lib/shared/page-views.js";
import { keptParameters, type TimeRange, timeRangeOf } from "./time-range.js";

/** The current address. A view shows what its address says and nothing else, so that every view can be shared as a link. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly range: TimeRange;
}

export interface ViewProps {
  readonly place: Place;
}

const PLACE_CHANGED = "ogrt:place";

function here(): Place {
  const [path, query] = [location.pathname, new URLSearchParams(location.search)];
  return { path, query, range: timeRangeOf(path, query) };
}

/** The current place; the component is rendered again when it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = () => setPlace(here());
    addEventListener("popstate", update);
    addEventListener(PLACE_CHANGED, update);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener(PLACE_CHANGED, update);
    };
  }, []);
  return place;
}

export function navigate(address: string): void {
  history.pushState(null, "", address);
  dispatchEvent(new Event(PLACE_CHANGED));
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** `/job?id=7`, with the time range of the current address; undefined and empty parameters are left out. */
export const address = (path: PagePath, parameters: Parameters = {}): string => {
  const from = { path: location.pathname, query: new URLSearchParams(location.search) };
  return link(path, { ...parameters, ...keptParameters(path, from) });
};

/** The same place with some parameters changed; `undefined` removes one. */
export const changed = ({ path, query }: Pick<Place, "path" | "query">, changes: Parameters): string =>
  link(path, { ...Object.fromEntries(query), ...changes });

function link(path: string, parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, `${value}`);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Parameters of a question that have the same name in the address. */
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

/** Makes plain clicks on links to other views change the place without loading the document again. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.origin !== location.origin || link.target !== "" || link.hasAttribute("download")) return;
    if (link.pathname.startsWith("/api/") || link.hash !== "") return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}
