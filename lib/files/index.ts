/** The only folder that opens files. Node only. */
export { FileSource, openFileSource, sourceOfDescriptor } from "./file-source.js";
export { writeWhole } from "./write-whole.js";
