/** The register of stamps: the link or the package that each UUID identifies. Node only. */
export { appendEntry } from "./append.js";
export { formatEntry, parseEntry, type RegisterEntry, STAMP_SCOPES, type StampScope } from "./entry.js";
export { currentTime, type Origin, readOrigin } from "./origin.js";
export { type RegisterOptions, readRegister } from "./read.js";
export { loadRegister, type Register } from "./register.js";
