/*
 * The kinds of notes that this library knows, one line each. A kind is a file that exports, under one name, the type of
 * what such a note says and how to read it. OGRT's own notes are read by lib/signature.
 */
export * from "./abi-tag.js";
export * from "./build-id.js";
export * from "./dlopen.js";
export * from "./go-build-id.js";
export * from "./package.js";
export * from "./probe.js";
export * from "./property.js";
export * from "./xalt.js";
