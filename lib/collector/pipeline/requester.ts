import type { ProcessStart } from "../../wire/index.js";
import { userOfSender } from "../limits/sender.js";
import type { Requester } from "../verification/look-budget.js";

/** (uid_t) -1, which is no user's (setresuid(2)). */
export const NO_USER = 0xffff_ffff;
/** Hashes of names are at least this, and uids below it, but for rare ones. */
const FIRST_HASH = 0x8000_0000;

/** The user that a start record names, as a number: the uid; or a hash of the name, when an old client reports only that. */
export function claimedUser({ user, uid }: ProcessStart): number {
  if (uid !== undefined) return uid;
  if (user === undefined) return NO_USER;
  let hash = 0;
  for (let index = 0; index < user.length; index++) hash = Math.imul(hash ^ user.charCodeAt(index), 0x01000193);
  return (hash | FIRST_HASH) >>> 0;
}

/**
 * To whom the examination of reported files is charged. What the kernel says of a sender counts more than what a record
 * claims, unless the sender is root, which may report for others, as in SCM_CREDENTIALS (unix(7)).
 */
export function requesterOf(sender: string, claimed: number): Requester {
  const user = userOfSender(sender) || claimed;
  return { sender, user: user === NO_USER ? undefined : `${user}` };
}
