import { systemReason } from "../../files/file-errors.js";

/** The reason of an error for readers without a token. Messages of the engine hold paths and statements; the log has them. */
export const publicReason = (error: { readonly message: string }): string =>
  systemReason(error)?.reason ?? "the log has the reason";
