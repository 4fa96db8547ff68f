const TITLES = {
  none: "Sign in",
  ended: "The session has ended",
  "used-link": "This link was used before or has expired",
};

/** Shown to a browser without a valid session. */
export const SignIn = ({ reason }: { reason: keyof typeof TITLES }) => (
  <main id="main" class="sign-in">
    <img src={document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href} alt="" width="40" height="40" />
    <h1 tabIndex={-1}>{TITLES[reason]}</h1>
    <p>
      {reason === "ended"
        ? "A session lasts twelve hours at most and ends when the collector restarts. "
        : "A login link opens a session in one browser. It works once, within fifteen minutes. "}
      To print a new link, run this command on the collector's host as the collector's user:
    </p>
    <pre class="command">
      <code>ogrt-query login</code>
    </pre>
    <p class="faint">
      Add <code>--data DIR</code> if the data are not in the default directory. Open the link in this browser, then
      reload this page.
    </p>
    <p>
      <button type="button" onClick={() => location.assign(location.pathname === "/login" ? "/" : location.href)}>
        Reload
      </button>
    </p>
  </main>
);
