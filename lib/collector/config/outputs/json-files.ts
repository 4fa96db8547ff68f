import { field, type Values } from "../fields.js";
import { DATA_PATH } from "../kinds.js";

export const JSON_FILES = {
  directory: field(DATA_PATH, {
    help: "directory of the files",
    more: "A relative path is relative to the data directory.",
    initial: "jobs",
  }),
};

export type JsonFilesOptions = Values<typeof JSON_FILES>;
