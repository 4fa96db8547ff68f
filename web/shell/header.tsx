import { PAGE_VIEWS, type PagePath } from "../../lib/shared/page-views.js";
import { address, type ViewProps } from "../base/router.js";
import { Search } from "./search.js";
import { Shortcuts } from "./shortcuts.js";
import { TimeRangePicker } from "./time-range.js";

/** The navigation, the time range, and the search. */
export function Header({ place }: ViewProps) {
  const { path } = place;
  const view = Object.hasOwn(PAGE_VIEWS, path) ? PAGE_VIEWS[path as PagePath] : undefined;
  const current = view !== undefined && "parent" in view ? view.parent : path;
  return (
    <header class="banner">
      <a class="brand" href={address("/")}>
        <img src={document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href} alt="" width="22" height="22" />
        OGRT
      </a>
      <nav aria-label="Views">
        <ul>
          {Object.entries(PAGE_VIEWS).map(
            ([path, view]) =>
              "label" in view && (
                <li key={path}>
                  <a href={address(path as PagePath)} aria-current={path === current ? "page" : undefined}>
                    {view.label}
                  </a>
                </li>
              ),
          )}
        </ul>
      </nav>
      <TimeRangePicker place={place} />
      <Search place={place} />
      <Shortcuts />
    </header>
  );
}
