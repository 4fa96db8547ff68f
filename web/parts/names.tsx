import { Reported } from "./text.js";

const NAMES_SHOWN = 3;

/** The first names and the number of the others. */
export function Names({ names, count }: { names: readonly (string | null)[]; count: number }) {
  const known = names.filter((name) => name !== null).slice(0, NAMES_SHOWN);
  if (known.length === 0) return <span class="faint">–</span>;
  return (
    <>
      {known.map((name, index) => (
        <span key={name}>
          {index > 0 && ", "}
          <Reported text={name} />
        </span>
      ))}
      {count > known.length && <span class="faint"> and {count - known.length} more</span>}
    </>
  );
}
