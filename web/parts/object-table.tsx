import { useState } from "preact/hooks";
import type { components } from "../../lib/client/generated/api.js";
import { count } from "../base/format.js";
import { address } from "../base/router.js";
import { FileLink } from "./cell.js";
import { Copyable } from "./copy.js";
import { DataTable } from "./data-table.js";
import { Reported } from "./text.js";
import { FullVerdict, isConspicuous } from "./verdict.js";

type LoadedObject = components["schemas"]["Object"] & {
  /** Number of processes that had the object, in a list of several processes. */
  readonly processes?: number;
};

/** Objects that the table shows at first. */
const OBJECTS_SHOWN = 100;
const OBJECTS_MORE = 1000;
const SIGNATURES_SHOWN = 3;

/** Objects with their verdicts, conspicuous ones first. */
export function ObjectTable({ caption, objects }: { caption: string; objects: readonly LoadedObject[] }) {
  const [shown, setShown] = useState(OBJECTS_SHOWN);
  const sorted = [
    ...objects.filter(({ verdict }) => isConspicuous(verdict)),
    ...objects.filter(({ verdict }) => !isConspicuous(verdict)),
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
              <Copyable text={path} what="path">
                <FileLink path={path} />
              </Copyable>
            ),
            isHead: true,
          },
          { name: "Verdict", cell: (object) => <FullVerdict {...object} /> },
          { name: "Identity", cell: (object) => <Identity {...object} />, isDetail: true },
          ...(counted
            ? [{ name: "Processes", cell: ({ processes }: LoadedObject) => count(processes ?? 0), isNumber: true }]
            : []),
        ]}
      />
      {sorted.length > shown && (
        <p class="more">
          <button type="button" onClick={() => setShown(shown + OBJECTS_MORE)}>
            Show {count(Math.min(OBJECTS_MORE, sorted.length - shown))} more of {count(sorted.length - shown)}
          </button>
        </p>
      )}
    </>
  );
}

/** The software, signatures and build-id of an object. */
export const Identity = ({
  software,
  signatures,
  buildId,
}: Pick<LoadedObject, "software" | "signatures" | "buildId">) => (
  <div class="identity">
    {software.map((name) => (
      <div key={name}>
        <Reported text={name} />
      </div>
    ))}
    {signatures.slice(0, SIGNATURES_SHOWN).map((signature) => (
      <div key={signature} class="small">
        <Copyable text={signature} what="UUID">
          <a class="mono" href={address("/lookup", { q: signature })}>
            {signature}
          </a>
        </Copyable>
      </div>
    ))}
    {signatures.length > SIGNATURES_SHOWN && (
      <div class="small faint">and {signatures.length - SIGNATURES_SHOWN} more signatures</div>
    )}
    {buildId !== null && (
      <div class="small">
        <Copyable text={buildId} what="build-id">
          <span class="faint">build-id </span>
          <a class="mono" href={address("/lookup", { q: buildId })} title={buildId}>
            {buildId.slice(0, 16)}
            {buildId.length > 16 && "…"}
          </a>
        </Copyable>
      </div>
    )}
    {signatures.length === 0 && buildId === null && <span class="faint">–</span>}
  </div>
);
