/** What a browser sees that the collector does not know, or no more. */
export function SignIn({ wasIn, usedLink }: { wasIn: boolean; usedLink: boolean }) {
  const title = usedLink ? "This link was used before, or is too old" : wasIn ? "The session has ended" : "Sign in";
  return (
    <main id="main" class="sign-in">
      <img src={document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href} alt="" width="40" height="40" />
      <h1 tabIndex={-1}>{title}</h1>
      <p>
        {wasIn && !usedLink
          ? "Sessions last twelve hours, and end when the collector is started anew. "
          : "A browser is let in by a link that works once, within fifteen minutes. "}
        On the collector's machine, as its user, this prints a new link:
      </p>
      <pre class="command">
        <code>ogrt-query login</code>
      </pre>
      <p class="faint">
        With <code>--data DIR</code> when the data are not in the default directory. Open the printed link in this
        browser; what was shown here can then be loaded again.
      </p>
      <p>
        <button type="button" onClick={() => location.assign(location.pathname === "/login" ? "/" : location.href)}>
          Load again
        </button>
      </p>
    </main>
  );
}
