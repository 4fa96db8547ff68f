import { useEffect, useState } from "preact/hooks";

/** Where the page is: everything that a view shows follows from it, so that every view can be shared as a link. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const CHANGED = "ogrt:place";

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

/** The place, kept up to date. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = () => setPlace(here());
    addEventListener("popstate", update);
    addEventListener(CHANGED, update);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener(CHANGED, update);
    };
  }, []);
  return place;
}

/** Goes to another place of this page; with `replace` the one before is not kept in the history. */
export function navigate(address: string, replace = false): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event(CHANGED));
}

/** `/job?id=7`; parameters that are undefined or empty are left out. */
export function address(path: string, parameters: Record<string, string | number | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, `${value}`);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Follows plain clicks on links of this page without loading it again. */
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
