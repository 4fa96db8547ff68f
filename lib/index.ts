export * from "./elf/index.js";
export { ERROR_CODES, type ErrorCode, type ErrorDetails, OgrtError } from "./errors.js";
export * from "./signature/index.js";
export * from "./stamp/index.js";
