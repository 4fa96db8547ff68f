import { DecayingUsage, usageRank } from "./decaying-usage.js";

/** To whom an examination is charged: the sender of a frame, and a user, whom in most cases only the frame names. */
export interface Requester {
  readonly sender: string;
  readonly user: string | undefined;
  /** The collector itself: its requests have no budget and wait as long as they have to. */
  readonly isPatient?: true;
}

/** Charged for every examination, for the work besides that of the child process. */
const LOOK_COST_MS = 0.1;
/** Charged in addition when nothing is at the path: there is no end of such paths. */
const MISS_COST_MS = 0.5;
/**
 * Usage at which a user of a sender, or a sender, gets no more examinations. Usage halves in ten seconds, so that in the
 * long run a user of a sender gets about a quarter of the time of two child processes, and a sender half of it.
 */
const MAX_USER_MS = 8000;
const MAX_SENDER_MS = 16_000;

/**
 * What examinations cost their requesters. Sender and user are charged alike, so that neither a sender with many users
 * nor a user on many senders comes before others. The user may be only claimed. It alone therefore never ends the
 * examinations of a requester; together with the sender it does.
 */
export class LookBudget {
  readonly #usage = new DecayingUsage();

  /** Rank among all requesters: the lowest is served first. It never falls. */
  rank({ sender, user }: Requester, now: number): number {
    return usageRank(this.#usage.of(senderKey(sender), now) + this.#usage.of(userKey(user), now), now);
  }

  isExhausted(requester: Requester, now: number): boolean {
    if (requester.isPatient === true) return false;
    return (
      this.#usage.of(senderKey(requester.sender), now) > MAX_SENDER_MS ||
      this.#usage.of(requesterKey(requester), now) > MAX_USER_MS
    );
  }

  /** Charges an examination that begins. */
  begin(requester: Requester, now: number): void {
    this.#charge(requester, LOOK_COST_MS, now);
  }

  /** Charges an examination that ended. */
  end(requester: Requester, tookMs: number, isMiss: boolean, now: number): void {
    this.#charge(requester, tookMs + (isMiss ? MISS_COST_MS : 0), now);
  }

  #charge(requester: Requester, costMs: number, now: number): void {
    const { sender, user } = requester;
    for (const key of [senderKey(sender), userKey(user), requesterKey(requester)]) this.#usage.add(key, costMs, now);
  }
}

const senderKey = (sender: string) => `s${sender}`;
const userKey = (user: string | undefined) => `u${user ?? ""}`;
/** A key of both. Reversible text holds no NUL. */
export const requesterKey = ({ sender, user }: Requester) => `${sender}\0${user ?? ""}`;
