import { address, navigate, type Place } from "../base/router.js";
import { Form } from "../parts/form.js";

const VIEWS = [
  ["/", "Overview"],
  ["/live", "Live"],
  ["/lookup", "Lookup"],
  ["/jobs", "Jobs"],
  ["/software", "Software"],
  ["/problems", "Problems"],
] as const;

/** Views that belong to another in the navigation. */
const PARENT: Record<string, string> = { "/job": "/jobs", "/compare": "/jobs", "/process": "/jobs" };

/** The banner: where one can go, and one box to look something up from anywhere. */
export function Header({ place: { path } }: { place: Place }) {
  const current = PARENT[path] ?? path;
  return (
    <header class="banner">
      <a class="brand" href="/">
        <img src={document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href} alt="" width="22" height="22" />
        OGRT
      </a>
      <nav aria-label="Views">
        <ul>
          {VIEWS.map(([href, name]) => (
            <li key={href}>
              <a href={href} aria-current={href === current ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {path !== "/lookup" && (
        <search class="quick">
          <Form onSubmit={(fields) => navigate(address("/lookup", fields))}>
            <input
              type="search"
              name="q"
              aria-label="Look up a UUID, build-id, path or library"
              placeholder="UUID, build-id, path, library"
              maxLength={4096}
              autocomplete="off"
              spellcheck={false}
            />
          </Form>
        </search>
      )}
    </header>
  );
}
