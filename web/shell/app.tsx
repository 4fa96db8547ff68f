import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PagePath } from "../../lib/shared/page-views.js";
import { client, problemOf, SIGNED_OUT } from "../base/answers.js";
import { address, usePlace, type ViewProps } from "../base/router.js";
import { Notice } from "../parts/states.js";
import { View } from "../parts/view.js";
import { Collector } from "../views/collector.js";
import { Compare } from "../views/compare.js";
import { Host } from "../views/host.js";
import { Job } from "../views/job.js";
import { Jobs } from "../views/jobs.js";
import { Live } from "../views/live.js";
import { Lookup } from "../views/lookup.js";
import { Overview } from "../views/overview.js";
import { Problems } from "../views/problems.js";
import { Process } from "../views/process.js";
import { Software } from "../views/software.js";
import { User } from "../views/user.js";
import { Header } from "./header.js";
import { SignIn } from "./sign-in.js";

const VIEWS: Readonly<Record<PagePath, FunctionComponent<ViewProps>>> = {
  "/": Overview,
  "/collector": Collector,
  "/live": Live,
  "/lookup": Lookup,
  "/jobs": Jobs,
  "/job": Job,
  "/compare": Compare,
  "/process": Process,
  "/user": User,
  "/host": Host,
  "/software": Software,
  "/problems": Problems,
};

/** The whole page: the header, and the view that its address names. */
export function App() {
  const place = usePlace();
  const session = useSession();
  if (place.path === "/login") return <SignIn reason="used-link" />;
  if (session === "none" || session === "ended") return <SignIn reason={session} />;
  const Content = Object.hasOwn(VIEWS, place.path) ? VIEWS[place.path as PagePath] : NoView;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header place={place} />
      {/* A new path creates a new view; new parameters do not. */}
      <main id="main">{session === "open" && <Content key={place.path} place={place} />}</main>
      <div id="announcements" class="unseen" role="status" />
    </>
  );
}

function useSession(): "unknown" | "open" | "none" | "ended" {
  const [session, setSession] = useState<ReturnType<typeof useSession>>("unknown");
  useEffect(() => {
    const signedOut = () => setSession((before) => (before === "open" ? "ended" : "none"));
    addEventListener(SIGNED_OUT, signedOut);
    client.accounting({}).then(
      () => setSession("open"),
      (error) => {
        problemOf(error);
        // The views report a collector that does not answer.
        setSession((before) => (before === "unknown" ? "open" : before));
      },
    );
    return () => removeEventListener(SIGNED_OUT, signedOut);
  }, []);
  return session;
}

const NoView = () => (
  <View title="Not found">
    <Notice title="There is no view at this address.">
      <p>
        <a href={address("/")}>Overview</a>
      </p>
    </Notice>
  </View>
);
