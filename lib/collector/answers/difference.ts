import type { Answer } from "../../client/index.js";
import { groupBy } from "../../shared/group-by.js";
import { rows } from "../database/rows.js";
import { selectJob } from "./job-selection.js";
import { notesOnJob } from "./notes.js";
import { type ProcessRecord, readRecords } from "./process-records.js";
import type { Context, Question } from "./question.js";
import { spanOfStarts, unionOf } from "./span.js";

type Difference = Answer<"jobDifference">;
type ProgramDifference = Difference["programs"][number];
type ObjectJson = ProcessRecord["program"];

/** Processes of each job that are compared: those that started first. */
const MAX_COMPARED_PROCESSES = 200;
/** Values of a variable, or argument lists, that are shown of each job. */
const MAX_SHOWN_VALUES = 10;

export const jobDifference: Question<"jobDifference"> = async (context, { first, second }) => {
  const [one, other] = [await processesOf(context, first), await processesOf(context, second)];
  // Without processes of both jobs, "only one ran it" would be said of what nobody knows.
  const isComparable = one.processes.length > 0 && other.processes.length > 0;
  const [mine, theirs] = isComparable ? byProgram(one.processes, other.processes) : byProgram([], []);
  const common = [...mine.keys()].filter((name) => theirs.has(name));
  const programs = common
    .map((name) => compare(name, mine.get(name) ?? [], theirs.get(name) ?? []))
    .filter((program) => isDifferent(program));
  return {
    covers: unionOf(one.span, other.span),
    notes: [...one.notes, ...other.notes],
    first,
    second,
    identical: common.length > 0 && programs.length === 0,
    truncated: one.truncated || other.truncated,
    onlyFirst: [...mine.keys()].filter((name) => !theirs.has(name)),
    onlySecond: [...theirs.keys()].filter((name) => !mine.has(name)),
    programs,
  };
};

async function processesOf(context: Context, job: string) {
  const selected = await selectJob(context, job);
  const { condition } = selected;
  const { processes, truncated } = await readRecords(context, {
    where: `WHERE ${condition.sql}`,
    order: "p.started, p.sequence",
    values: { ...condition.values, limit: MAX_COMPARED_PROCESSES + 1 },
  });
  const [starts] = await rows<{ first: bigint | null; last: bigint | null }>(
    context.connection,
    `SELECT epoch_ns(min(p.started)) AS first, epoch_ns(max(p.started)) AS last FROM process p WHERE ${condition.sql}`,
    condition.values,
  );
  return {
    span: spanOfStarts(starts),
    processes: processes.slice(0, MAX_COMPARED_PROCESSES),
    truncated: truncated || processes.length > MAX_COMPARED_PROCESSES,
    notes: processes.length > 0 ? [] : await notesOnJob(context, job, selected),
  };
}

type Programs = Map<string, ProcessRecord[]>;

/**
 * Groups the processes of both jobs by the path of their program. Programs with different paths, as after an update, are the
 * same program if they share a file name that no other program has.
 */
function byProgram(one: readonly ProcessRecord[], other: readonly ProcessRecord[]): [Programs, Programs] {
  const pathOf = ({ program }: ProcessRecord) => program.path;
  const [mine, theirs]: [Programs, Programs] = [groupBy(one, pathOf), groupBy(other, pathOf)];
  const unmatched = (own: Programs, foreign: Programs) =>
    groupBy(
      [...own.keys()].filter((path) => !foreign.has(path)),
      fileName,
    );
  const [here, there] = [unmatched(mine, theirs), unmatched(theirs, mine)];
  for (const [name, [path, ...more]] of here) {
    const [elsewhere, ...others] = there.get(name) ?? [];
    if (elsewhere === undefined || more.length > 0 || others.length > 0) continue;
    for (const [programs, from] of [
      [mine, path],
      [theirs, elsewhere],
    ] as const) {
      programs.set(name, programs.get(from) ?? []);
      programs.delete(from);
    }
  }
  return [mine, theirs];
}

const fileName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function compare(program: string, one: ProcessRecord[], other: ProcessRecord[]): ProgramDifference {
  const argumentLists = (list: ProcessRecord[]) =>
    distinct(list.map((process) => (process.commandLine === null ? [...process.arguments] : [process.commandLine])));
  const [first, second] = [argumentLists(one), argumentLists(other)];
  const isSame = JSON.stringify(first) === JSON.stringify(second);
  return {
    program,
    runsFirst: one.length,
    runsSecond: other.length,
    objects: changedObjects(one, other),
    environment: changedVariables(one, other),
    modules: changedTexts(
      one.flatMap(({ modules }) => modules),
      other.flatMap(({ modules }) => modules),
    ),
    arguments: isSame
      ? { first: [], second: [] }
      : { first: first.slice(0, MAX_SHOWN_VALUES), second: second.slice(0, MAX_SHOWN_VALUES) },
  };
}

function changedTexts(one: readonly string[], other: readonly string[]) {
  const [mine, theirs] = [new Set(one), new Set(other)];
  return {
    onlyFirst: [...mine].filter((text) => !theirs.has(text)),
    onlySecond: [...theirs].filter((text) => !mine.has(text)),
  };
}

/**
 * Compares objects by soname, which stays the same between builds; the program is one of them. Where the processes of a job
 * loaded several builds of a soname, the answer shows one that the other job did not load.
 */
function changedObjects(one: ProcessRecord[], other: ProcessRecord[]): ProgramDifference["objects"] {
  const [mine, theirs] = [objectsOf(one), objectsOf(other)];
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  return names.flatMap((name) => {
    const [here, there] = [mine.get(name) ?? new Map(), theirs.get(name) ?? new Map()];
    const first = onlyIn(here, there);
    const second = onlyIn(there, here);
    if (first === undefined && second === undefined) return [];
    return [{ name, first: first ?? firstOf(here), second: second ?? firstOf(there) }];
  });
}

type Builds = ReadonlyMap<string, ObjectJson>;

const firstOf = (builds: Builds): ObjectJson | null => builds.values().next().value ?? null;
const onlyIn = (here: Builds, there: Builds) => [...here].find(([identity]) => !there.has(identity))?.[1];

/** The builds of each soname, by their identity. */
function objectsOf(processes: ProcessRecord[]): Map<string, Map<string, ObjectJson>> {
  const found = new Map<string, Map<string, ObjectJson>>();
  const add = (name: string, object: ObjectJson) => {
    const builds = found.get(name) ?? new Map<string, ObjectJson>();
    const identity = identityOf(object);
    if (!builds.has(identity)) builds.set(identity, object);
    found.set(name, builds);
  };
  for (const { program, objects, end } of processes) {
    add("(program)", program);
    for (const object of [...objects, ...(end?.objects ?? [])]) add(object.soname ?? object.path, object);
  }
  return found;
}

/** Identifies a build. The verdict is left out, because it depends on the host. */
const identityOf = ({ path, buildId, signatures }: ObjectJson) => JSON.stringify([path, buildId, signatures]);

function changedVariables(one: ProcessRecord[], other: ProcessRecord[]): ProgramDifference["environment"] {
  const [mine, theirs] = [variablesOf(one), variablesOf(other)];
  const names = [...new Set([...mine.keys(), ...theirs.keys()])].sort();
  return names.flatMap((name) => {
    const [first, second] = [[...(mine.get(name) ?? [])].sort(), [...(theirs.get(name) ?? [])].sort()];
    if (JSON.stringify(first) === JSON.stringify(second)) return [];
    return [{ name, first: first.slice(0, MAX_SHOWN_VALUES), second: second.slice(0, MAX_SHOWN_VALUES) }];
  });
}

function variablesOf(processes: ProcessRecord[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const assignment of processes.flatMap(({ environment }) => environment)) {
    const at = assignment.indexOf("=");
    const name = at === -1 ? assignment : assignment.slice(0, at);
    const values = found.get(name) ?? new Set();
    found.set(name, values.add(at === -1 ? "" : assignment.slice(at + 1)));
  }
  return found;
}

const distinct = (lists: string[][]) =>
  [...new Set(lists.map((list) => JSON.stringify(list)))].sort().map((text) => JSON.parse(text) as string[]);

const isDifferent = ({ objects, environment, modules, arguments: given }: ProgramDifference) =>
  objects.length +
    environment.length +
    modules.onlyFirst.length +
    modules.onlySecond.length +
    given.first.length +
    given.second.length >
  0;
