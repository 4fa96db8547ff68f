/** A view that the header names, or one that belongs to such a view. */
type PageView = { readonly label: string } | { readonly parent: string };

/** The views of the collector's page by path. The server answers each with the same document, which shows the view. */
export const PAGE_VIEWS = {
  "/": { label: "Overview" },
  "/collector": { parent: "/" },
  "/live": { label: "Live" },
  "/lookup": { label: "Lookup" },
  "/jobs": { label: "Jobs" },
  "/job": { parent: "/jobs" },
  "/compare": { parent: "/jobs" },
  "/process": { parent: "/jobs" },
  "/user": { parent: "/jobs" },
  "/host": { parent: "/jobs" },
  "/software": { label: "Software" },
  "/problems": { label: "Problems" },
} as const satisfies Record<string, PageView>;

export type PagePath = keyof typeof PAGE_VIEWS;
