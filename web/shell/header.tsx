import { PAGE_VIEWS, type PagePath } from "../../lib/shared/page-views.js";
import { address, navigate, type ViewProps } from "../base/router.js";
import { Form, LookupField } from "../parts/form.js";

/** The navigation and a search field that opens the lookup. */
export function Header({ place: { path } }: ViewProps) {
  const view = Object.hasOwn(PAGE_VIEWS, path) ? PAGE_VIEWS[path as PagePath] : undefined;
  const current = view !== undefined && "parent" in view ? view.parent : path;
  return (
    <header class="banner">
      <a class="brand" href="/">
        <img src={document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href} alt="" width="22" height="22" />
        OGRT
      </a>
      <nav aria-label="Views">
        <ul>
          {Object.entries(PAGE_VIEWS).map(
            ([href, view]) =>
              "label" in view && (
                <li key={href}>
                  <a href={href} aria-current={href === current ? "page" : undefined}>
                    {view.label}
                  </a>
                </li>
              ),
          )}
        </ul>
      </nav>
      {path !== "/lookup" && (
        <search class="quick">
          <Form onSubmit={(fields) => navigate(address("/lookup", fields))}>
            <LookupField
              label="Look up a UUID, build-id, path or library"
              placeholder="UUID, build-id, path, library"
            />
          </Form>
        </search>
      )}
    </header>
  );
}
