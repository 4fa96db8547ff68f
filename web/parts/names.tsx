import { Reported } from "./text.js";

/** A few names, and how many more there are. */
export function Names({ names, count }: { names: readonly (string | null)[]; count: number }) {
  const known = names.filter((name) => name !== null).slice(0, 3);
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
