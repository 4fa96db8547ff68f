import { readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";

/** The schema of deployed 0.5 servers, independent of proto/ogrt.proto, with its `required` labels. */
const deployed = protobuf.parse(
  `syntax = "proto2";
   message ProcessInfo {
     optional bytes uuid = 299;
     required bytes binpath = 300;
     required int32 pid = 301;
     required int32 parent_pid = 302;
     required int64 time = 303;
     optional bytes signature = 304;
     optional bytes job_id = 305;
     optional bytes username = 306;
     optional bytes hostname = 307;
     optional bytes cmdline = 308;
     repeated bytes environment_variables = 309;
     repeated bytes arguments = 310;
     repeated SharedObject shared_objects = 311;
     repeated Module loaded_modules = 312;
     optional bytes cwd = 313;
   }
   message SharedObject { required bytes path = 400; optional bytes signature = 401; }
   message Module { required bytes name = 700; }`,
  { keepCase: true },
).root;

const current = protobuf.parse(readFileSync(join(import.meta.dirname, "../../../proto/ogrt.proto"), "utf8"), {
  keepCase: true,
}).root;

/** A message as a plain object: bytes as Buffer, 64-bit numbers as decimal text, empty lists included. */
// biome-ignore lint/suspicious/noExplicitAny: the schema defines the fields at run time
export type Message = any;

function decode(root: protobuf.Root, type: string, payload: Uint8Array): Message {
  const message = root.lookupType(type).decode(payload);
  return root.lookupType(type).toObject(message, { longs: String, arrays: true });
}

/** Throws if a required field is missing. */
export const asDeployedServer = (payload: Uint8Array): Message => decode(deployed, "ProcessInfo", payload);
export const asStart = (payload: Uint8Array): Message => decode(current, "ogrt.ProcessStart", payload);
export const asEnd = (payload: Uint8Array): Message => decode(current, "ogrt.ProcessEnd", payload);

/** Field numbers at the top level of a message, in wire order. */
export function fieldNumbers(payload: Uint8Array): number[] {
  const reader = protobuf.Reader.create(payload);
  const numbers: number[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    numbers.push(tag >>> 3);
    reader.skipType(tag & 7);
  }
  return numbers;
}
