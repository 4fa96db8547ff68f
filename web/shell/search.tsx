import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../../lib/client/index.js";
import { jobReference } from "../../lib/shared/job-reference.js";
import { announce } from "../base/announce.js";
import { useAnswer } from "../base/answers.js";
import { counted } from "../base/format.js";
import { address, navigate, type Place } from "../base/router.js";
import { LookupField } from "../parts/form.js";
import { Path, Reported } from "../parts/text.js";

type Kind = Answer<"search">["kinds"][number];
type Found = Kind["names"][number];

/** Kinds of what is found: their heading, and the view that answers for a name. */
const KINDS: Readonly<Record<Kind["kind"], readonly [heading: string, addressOf: (found: Found) => string]>> = {
  software: ["Software", ({ name }) => address("/lookup", { q: name, as: "software" })],
  user: ["Users", ({ name }) => address("/user", { name })],
  job: ["Jobs", ({ name, cluster }) => address("/job", { id: jobReference(cluster, name) })],
  host: ["Hosts", ({ name, cluster }) => address("/host", { name, cluster: cluster ?? undefined })],
  module: ["Modules", ({ name }) => address("/jobs", { module: name })],
  library: ["Libraries", ({ name }) => address("/lookup", { q: name, as: "soname" })],
  path: ["Paths", ({ name }) => address("/lookup", { q: name, as: "path" })],
  signature: ["Signatures", ({ name }) => address("/lookup", { q: name, as: "signature" })],
  buildId: ["Build-ids", ({ name }) => address("/lookup", { q: name, as: "buildId" })],
  process: ["Processes", ({ name }) => address("/process", { uuid: name })],
};

/** Pause after the last letter before the page asks. */
const TYPING_PAUSE_MS = 150;
const MIN_CHARACTERS = 2;

/** A field that finds anything by its name, with suggestions by kind. Enter without a choice looks the text up. */
export function Search({ place }: { place: Place }) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const form = useRef<HTMLFormElement>(null);
  const kinds = useSuggestions(text.trim());
  const links = kinds.flatMap(({ kind, names }) => names.map((found) => KINDS[kind][1](found)));
  const isShown = isOpen && text.trim() !== "" && kinds.length > 0;
  useEffect(() => setActive(-1), [kinds]);
  useEffect(() => setOpen(false), [place]);
  const go = (target: string) => {
    setOpen(false);
    navigate(target);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const q = text.trim();
    if (q !== "") go(links[active] ?? address("/lookup", { q }));
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") setOpen(false);
    if (step === undefined || !isShown) return;
    event.preventDefault();
    // The field itself is the place before the first suggestion.
    setActive(((active + 1 + step + links.length + 1) % (links.length + 1)) - 1);
  };
  let index = 0;
  return (
    <search class="quick">
      <form
        ref={form}
        onSubmit={submit}
        onKeyDown={move}
        onFocusOut={({ relatedTarget }) => {
          if (!(relatedTarget instanceof Node && form.current?.contains(relatedTarget))) setOpen(false);
        }}
      >
        <LookupField
          label="Search"
          placeholder="Search (press /)"
          value=""
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setOpen(true);
          }}
          suggestions={{ list: "suggestions", isShown, active: active === -1 ? undefined : `suggestion-${active}` }}
        />
        {isShown && (
          <div class="panel" id="suggestions" role="listbox" aria-label="Suggestions">
            {kinds.map(({ kind, count, names }) => (
              // biome-ignore lint/a11y/useSemanticElements: no fieldset, which would not be a group of options
              <div key={kind} role="group" aria-label={KINDS[kind][0]}>
                <div class="small faint" aria-hidden="true">
                  {KINDS[kind][0]} {count > names.length && `(${names.length} of ${counted(count, "name")})`}
                </div>
                {names.map((found) => {
                  const at = index++;
                  return <Suggestion key={at} found={found} href={links[at] ?? ""} at={at} isActive={at === active} />;
                })}
              </div>
            ))}
          </div>
        )}
      </form>
    </search>
  );
}

interface SuggestionProps {
  readonly found: Found;
  readonly href: string;
  readonly at: number;
  readonly isActive: boolean;
}

const Suggestion = ({ found: { name, cluster, processes }, href, at, isActive }: SuggestionProps) => (
  <a id={`suggestion-${at}`} role="option" aria-selected={isActive} href={href} tabIndex={-1}>
    <Path path={name} />
    {cluster !== null && (
      <span class="small faint">
        {" "}
        <Reported text={cluster} />
      </span>
    )}
    {processes !== null && <span class="small faint"> {counted(processes, "process")}</span>}
  </a>
);

/** What is named like a text. The suggestions for the text before stay until others are there. */
function useSuggestions(text: string): readonly Kind[] {
  const [asked, setAsked] = useState("");
  const [kinds, setKinds] = useState<readonly Kind[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { answer } = useAnswer("search", asked.length < MIN_CHARACTERS ? undefined : { text: asked });
  useEffect(() => {
    if (answer === undefined) return;
    // A newer collector may know more kinds than this page.
    const known = answer.kinds.filter(({ kind }) => Object.hasOwn(KINDS, kind));
    setKinds(known);
    announce(
      counted(
        known.reduce((sum, { names }) => sum + names.length, 0),
        "suggestion",
      ),
    );
  }, [answer]);
  return kinds;
}
