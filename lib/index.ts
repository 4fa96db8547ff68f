export * from "./elf/index.js";
export { ERRORS, type ErrorCode, type ErrorDescription, type ErrorDetails, OgrtError } from "./errors.js";
export * from "./signature/index.js";
export * from "./stamp/index.js";
