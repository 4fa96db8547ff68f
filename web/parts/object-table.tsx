import { useState } from "preact/hooks";
import type { components } from "../../lib/client/generated/api.js";
import { count } from "../base/format.js";
import { address } from "../base/router.js";
import { DataTable } from "./data-table.js";
import { Path, Reported } from "./text.js";
import { isDoubtful, Verdict } from "./verdict.js";

type LoadedObject = components["schemas"]["Object"] & {
  /** How many processes had it, where several are listed together. */
  readonly processes?: number;
};

/** Objects in a table at first; the others on demand. */
const SHOWN = 100;

/** Shared objects with their verdicts; those that somebody should look at come first. */
export function ObjectTable({ caption, objects }: { caption: string; objects: readonly LoadedObject[] }) {
  const [shown, setShown] = useState(SHOWN);
  const sorted = [
    ...objects.filter(({ verdict }) => isDoubtful(verdict)),
    ...objects.filter(({ verdict }) => !isDoubtful(verdict)),
  ];
  const counted = objects.some(({ processes }) => processes !== undefined);
  return (
    <>
      <DataTable
        caption={caption}
        rows={sorted.slice(0, shown)}
        columns={[
          {
            name: "Object",
            cell: ({ path }) => (
              <a href={address("/lookup", { q: path })}>
                <Path path={path} />
              </a>
            ),
            isHead: true,
          },
          {
            name: "Verdict",
            cell: ({ verdict, reason, compared }) => (
              <>
                <Verdict verdict={verdict} reason={reason} />
                {reason !== null && <span class="small faint"> {reason}</span>}
                {compared !== null && <span class="small faint"> else {compared}</span>}
              </>
            ),
          },
          { name: "Identity", cell: (object) => <Identity {...object} />, isExtra: true },
          ...(counted
            ? [{ name: "Processes", cell: ({ processes }: LoadedObject) => count(processes ?? 0), isNumber: true }]
            : []),
        ]}
      />
      {sorted.length > shown && (
        <p class="more">
          <button type="button" onClick={() => setShown(shown + 1000)}>
            Show {count(Math.min(1000, sorted.length - shown))} more of {count(sorted.length - shown)}
          </button>
        </p>
      )}
    </>
  );
}

/** Which software and which build an object is. */
export function Identity({ software, signatures, buildId }: Pick<LoadedObject, "software" | "signatures" | "buildId">) {
  return (
    <div class="identity">
      {software.map((name) => (
        <div key={name}>
          <Reported text={name} />
        </div>
      ))}
      {signatures.slice(0, 3).map((signature) => (
        <div key={signature} class="small">
          <a class="mono" href={address("/lookup", { q: signature })}>
            {signature}
          </a>
        </div>
      ))}
      {signatures.length > 3 && <div class="small faint">and {signatures.length - 3} more signatures</div>}
      {buildId !== null && (
        <div class="small">
          <span class="faint">build-id </span>
          <a class="mono" href={address("/lookup", { q: buildId })} title={buildId}>
            {buildId.slice(0, 16)}
            {buildId.length > 16 && "…"}
          </a>
        </div>
      )}
      {signatures.length === 0 && buildId === null && <span class="faint">–</span>}
    </div>
  );
}
