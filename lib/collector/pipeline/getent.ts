import { execFile } from "node:child_process";

/** Time for one lookup, after which it is killed. */
export const LOOKUP_TIMEOUT_MS = 2000;
/** Exit code of getent(1) when there is no such user. */
const NOT_FOUND = 2;

/** The name of a user, if there is one; undefined when the directory service did not answer. */
export type Answer = { readonly name: string | undefined } | undefined;

/** Looks a user up with getent(1), which knows LDAP and other sources of nsswitch.conf(5), and reads passwd(5). */
export function getent(uid: number, onAnswer: (answer: Answer) => void): void {
  execFile(
    "getent",
    ["passwd", `${uid}`],
    { timeout: LOOKUP_TIMEOUT_MS, killSignal: "SIGKILL", maxBuffer: 64 * 1024 },
    (error, text) => {
      if (error !== null) return onAnswer(error.code === NOT_FOUND ? { name: undefined } : undefined);
      const [name, , id] = text.split(":", 3);
      onAnswer({ name: id === `${uid}` && name !== "" ? name : undefined });
    },
  );
}
