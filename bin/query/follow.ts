import {
  refusalError,
  type StreamedAmendment,
  type StreamedProcess,
  type StreamFilters,
  type StreamState,
  type SubscribeOptions,
  subscribe,
} from "../../lib/client/index.js";
import { runningServer } from "../../lib/collector/query-target/target.js";
import { OgrtError } from "../../lib/errors.js";
import { listCsv } from "../../lib/lists/csv.js";
import { PROCESSES, withVerdicts } from "../../lib/lists/processes.js";
import { BoundedMap } from "../../lib/shared/bounded-map.js";
import { printableJson } from "../../lib/text/escape.js";
import type { Session } from "./session.js";
import { listingTable, tableView } from "./table-view.js";

/**
 * Prints the live stream of a collector until the collector refuses it, across restarts of the collector. Another process
 * may take the port of a collector that stopped, so a collector on a data directory proves on every connection that it
 * has the token.
 *
 * @throws {@link OgrtError} with the collector's own code, or COLLECTOR_UNREACHABLE.
 */
export async function followProcesses(
  session: Session,
  filters: StreamFilters,
  last: number | undefined,
): Promise<never> {
  const { target, format } = session;
  const { token, trust, url } = await runningServer(target);
  const print = processPrinter(format);
  const notify = (sentence: string) => session.complain(sentence);
  return new Promise((_, reject) => {
    let connection: "new" | "open" | "broken" = "new";
    const fail = (error: OgrtError) => {
      subscription.close();
      reject(error);
    };
    const unreachable = (reason: string) => new OgrtError("COLLECTOR_UNREACHABLE", `${url}: ${reason}`, { value: url });
    const onState = (state: StreamState) => {
      if (state.kind === "refused") {
        const { status, code, reason } = state;
        fail(status === 0 ? unreachable(reason) : refusalError(url, status, { code, message: reason }));
      } else if (state.kind === "waiting" && connection === "new") {
        fail(unreachable(state.reason));
      } else if (state.kind === "waiting" && connection === "open") {
        connection = "broken";
        notify(`${state.reason}; retrying until the collector answers`);
      } else if (state.kind === "open") {
        if (connection === "broken") notify("the stream continues");
        connection = "open";
      }
    };
    const subscription = subscribe({
      url: async () => (await runningServer(target)).url,
      token,
      trust,
      filters,
      ...(last !== undefined && { last }),
      ...print,
      onLost: (count) => notify(`${count} processes are missing: they arrived faster than they were read`),
      // Deferred, because a state may arrive before `subscription` is assigned.
      onState: (state) => queueMicrotask(() => onState(state)),
    });
  });
}

/** Processes with verdicts that come later, until these do. */
const MAX_PENDING_PROCESSES = 10_000;

/**
 * Prints each process as a line of the table or the CSV file, without repeating the heading. A process whose verdicts come
 * later is printed again with these.
 */
function processPrinter(format: Session["format"]): Pick<SubscribeOptions, "onProcess" | "onAmendment"> {
  if (format === "json" || format === "ndjson") {
    const print = (message: StreamedProcess | StreamedAmendment) => write(`${printableJson(message)}\n`);
    return { onProcess: print, onAmendment: print };
  }
  const csv = listCsv(PROCESSES.columns);
  if (format === "csv") write(csv.heading);
  const pending = new BoundedMap<StreamedProcess>(MAX_PENDING_PROCESSES);
  // Each process is a table of its own: columns must not depend on how long its names are.
  const view = tableView(true);
  const print = (process: StreamedProcess) => {
    const rows = [withVerdicts(process)];
    const table = listingTable(PROCESSES.columns, rows, view);
    write(format === "csv" ? csv.lines(rows) : table.slice(table.indexOf("\n") + 1));
  };
  return {
    onProcess: (process) => {
      if ([process.program, ...process.objects].some(({ reason }) => reason === "pending")) {
        pending.set(`${process.uuid}/${process.part?.index ?? 0}`, process);
      }
      print(process);
    },
    onAmendment: ({ uuid, part, program, objects, conflicts }) => {
      const process = pending.get(`${uuid}/${part}`);
      if (process !== undefined) print({ ...process, program: program ?? process.program, objects, conflicts });
    },
  };
}

const write = (text: string) => void process.stdout.write(text);
