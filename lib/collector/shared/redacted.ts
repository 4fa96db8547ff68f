/** Stands in place of what was redacted. */
export const REDACTED = "[redacted]";

/** Whether a stored path differs from the reported one: there is no file to look at. */
export const isRedacted = (path: string): boolean => path.includes(REDACTED);
