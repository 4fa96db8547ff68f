import { type Naming, type ObjectJson, softwareOf } from "../frames/json.js";
import type { Assembled, Summary } from "./assemble.js";

/** A process of the store, which knows signatures only, with the software's names. */
export function nameProcess(process: Assembled, naming: Naming): Assembled {
  const { program, objects, end } = process;
  return {
    ...process,
    program: inObject(program, naming),
    objects: objects.map((object) => inObject(object, naming)),
    end: end === null ? null : { ...end, objects: end.objects.map((object) => inObject(object, naming)) },
  };
}

export function nameSummary<S extends Pick<Summary, "program">>(process: S, naming: Naming): S {
  return { ...process, program: inObject(process.program, naming) };
}

function inObject(object: ObjectJson, naming: Naming): ObjectJson {
  return { ...object, software: softwareOf(object.signatures, naming) };
}
