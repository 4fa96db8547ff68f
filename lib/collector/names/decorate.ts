import { type Naming, type ObjectJson, softwareOf } from "../json.js";
import type { Assembled } from "../store/assemble.js";
import type { Answer } from "../store/queries.js";

/** Puts the software's names into an answer of the store, which knows signatures only. */
export function nameSoftware(answer: Answer, naming: Naming): Answer {
  if ("signature" in answer) return { ...answer, software: naming.names(answer.signature) };
  if ("job" in answer) return { ...answer, processes: answer.processes.map((process) => inProcess(process, naming)) };
  return {
    ...answer,
    processes: answer.processes.map((process) => ({ ...process, program: inObject(process.program, naming) })),
  };
}

function inProcess(process: Assembled, naming: Naming): Assembled {
  const { program, objects, end } = process;
  return {
    ...process,
    program: inObject(program, naming),
    objects: objects.map((object) => inObject(object, naming)),
    end: end === null ? null : { ...end, objects: end.objects.map((object) => inObject(object, naming)) },
  };
}

function inObject(object: ObjectJson, naming: Naming): ObjectJson {
  return { ...object, software: softwareOf(object.signatures, naming) };
}
