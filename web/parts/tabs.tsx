import type { FunctionComponent } from "preact";
import { changed, type ViewProps } from "../base/router.js";

export interface Tab {
  readonly label: string;
  readonly content: FunctionComponent<ViewProps>;
}

/** Related lists, one at a time. The parameter `show` names the tab; the first tab is the default. */
export function Tabs({ place, tabs }: ViewProps & { tabs: Readonly<Record<string, Tab>> }) {
  const wanted = place.query.get("show") ?? "";
  const current = Object.hasOwn(tabs, wanted) ? wanted : Object.keys(tabs)[0];
  const Content = tabs[current ?? ""]?.content;
  return (
    <>
      <nav class="tabs" aria-label="Lists">
        {Object.entries(tabs).map(([key, { label }]) => (
          <a
            key={key}
            href={changed(place, { show: key, cursor: undefined })}
            aria-current={key === current ? "page" : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      {Content && <Content key={current} place={place} />}
    </>
  );
}
