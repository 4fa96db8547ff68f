import { Option } from "commander";
import { type StoreCheck, verifyStore } from "../../lib/collector/query-target/verify-store.js";
import { describeLoss } from "../../lib/collector/shared/losses.js";
import { OgrtError } from "../../lib/errors.js";
import { EXIT } from "../shared/program.js";
import type { CommandFamily } from "./session.js";
import { counted, lines } from "./text.js";

export const verifyStoreCommand: CommandFamily = (program, session) => {
  session.add(program, "verify-store", {
    description:
      "Read the whole store of --data and compare it with the record of what was acknowledged. " +
      "While a collector runs, print what it found at its start.",
    options: [
      new Option("--accept", "accept what is missing, as after a restored backup: /readyz no longer reports it"),
    ],
    examples: ["ogrt-query --data /var/lib/ogrt verify-store"],
    run: async ({ accept = false }: { accept?: boolean }) => {
      const { target } = session;
      if (target.kind === "server") throw new OgrtError("INVALID_PARAMETER", "verify-store reads files: use --data");
      const { store } = target.directory;
      const check = await session.during("reading the store", () => verifyStore(store, accept));
      session.showResult(check, () => checkPage(check));
      const isLost = check.missing !== null || check.losses.some(({ accepted }) => accepted === null);
      if (check.damage.length > 0 || (isLost && !accept)) process.exitCode = EXIT.negative;
    },
  });
};

function checkPage({ store, isOpen, recorded, missing, damage, losses }: StoreCheck): string {
  const counts = ({ records, sequence }: { records: number; sequence: number }) =>
    `${counted(records, "record")}, last sequence ${sequence}`;
  return lines([
    `store:        ${store === null ? (isOpen ? "open in a collector, which checked it at its start" : "missing") : counts(store)}`,
    `acknowledged: ${recorded === null ? "no record" : counts(recorded)}`,
    ...damage.map((sentence) => `damage: ${sentence}`),
    ...(missing === null ? [] : [`missing: ${describeLoss(missing)}`]),
    ...losses.map((loss) => {
      const state = loss.accepted === null ? "not accepted" : `accepted ${loss.accepted}`;
      const kept = loss.kept.length === 0 ? "" : `; kept: ${loss.kept.join(", ")}`;
      return `found ${loss.found}, ${state}: ${describeLoss(loss)}${kept}`;
    }),
    ...(missing === null && damage.length === 0 && store !== null ? ["nothing that was acknowledged is missing"] : []),
  ]);
}
