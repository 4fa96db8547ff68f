import { useEffect, useState } from "preact/hooks";
import { client, problemOf, SIGNED_OUT } from "../base/answers.js";
import { type Place, usePlace } from "../base/router.js";
import { Notice } from "../parts/states.js";
import { View } from "../parts/view.js";
import { Compare } from "../views/compare.js";
import { Job } from "../views/job.js";
import { Jobs } from "../views/jobs.js";
import { Live } from "../views/live.js";
import { Lookup } from "../views/lookup.js";
import { Overview } from "../views/overview.js";
import { Problems } from "../views/problems.js";
import { Process } from "../views/process.js";
import { Software } from "../views/software.js";
import { Header } from "./header.js";
import { SignIn } from "./sign-in.js";

/** The whole page: the header, and the view that its address names. */
export function App() {
  const place = usePlace();
  const [session, setSession] = useState<"unknown" | "in" | "out" | "ended">("unknown");
  useEffect(() => {
    const signedOut = () => setSession((before) => (before === "in" ? "ended" : "out"));
    addEventListener(SIGNED_OUT, signedOut);
    client.accounting({}).then(
      () => setSession("in"),
      (error) => {
        problemOf(error);
        // A collector that does not answer is for the views to tell.
        setSession((before) => (before === "unknown" ? "in" : before));
      },
    );
    return () => removeEventListener(SIGNED_OUT, signedOut);
  }, []);
  if (place.path === "/login") return <SignIn wasIn={false} usedLink />;
  if (session === "out" || session === "ended") return <SignIn wasIn={session === "ended"} usedLink={false} />;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header place={place} />
      <main id="main">{session === "in" && viewOf(place)}</main>
      <div id="announcements" class="unseen" role="status" />
    </>
  );
}

/** A view is made anew when its path changes, and kept when only its parameters do. */
function viewOf(place: Place) {
  const { path, query } = place;
  switch (path) {
    case "/":
      return <Overview key={path} query={query} />;
    case "/live":
      return <Live key={path} query={query} />;
    case "/lookup":
      return <Lookup key={path} query={query} />;
    case "/jobs":
      return <Jobs key={path} query={query} />;
    case "/job":
      return <Job key={path} query={query} />;
    case "/compare":
      return <Compare key={path} query={query} />;
    case "/process":
      return <Process key={path} query={query} />;
    case "/software":
      return <Software key={path} query={query} />;
    case "/problems":
      return <Problems key={path} query={query} />;
    default:
      return (
        <View title="Nothing here">
          <Notice title="There is no view at this address.">
            <p>
              <a href="/">Overview</a>
            </p>
          </Notice>
        </View>
      );
  }
}
