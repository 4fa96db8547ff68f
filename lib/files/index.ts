/** All access to files. Node only. */
export { appendLine } from "./append-line.js";
export { AsyncFileSource, openAsyncFileSource } from "./async-file-source.js";
export { digestFile, digestStream } from "./digest.js";
export { FileSource, openFileSource } from "./file-source.js";
export type { FileIdentity } from "./guarded.js";
export { hostRoot } from "./host-root.js";
export { inflateModule } from "./inflate-module.js";
export { type Line, linesOf } from "./lines.js";
export { isDirectory, openable, type RawPath, rawFromArgument, rawFromText, rawToText } from "./raw-path.js";
export { ReadBudget, type ReadLimits } from "./read-budget.js";
export { type ModuleCompression, type SniffedFile, sniff } from "./sniff.js";
export { ThinMembers } from "./thin-members.js";
export { type TreeOptions, type TreeStep, walkTree } from "./tree.js";
export { writePrivate, writeWhole } from "./write-whole.js";
