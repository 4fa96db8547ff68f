import type { Attested, ObservedBy } from "../../wire/index.js";
import { uuidOfContent } from "./identity.js";

/** How an agent delivered a record, and what the kernel told it. */
export interface Delivery {
  /** Name of the node as it was enrolled. */
  readonly agent: string;
  /** UUID of what numbers the records. */
  readonly epoch: string;
  readonly sequence: bigint;
  readonly observedBy: ObservedBy;
  readonly attested: Attested | undefined;
}

/** What the store keeps of a delivery, by which one that comes again is recognized. */
export type DeliveryKey = Pick<Delivery, "agent" | "epoch" | "sequence">;

/** UUID of a delivery. Epochs are random, but no agent can choose one so that the deliveries of another seem known. */
export const uuidOfDelivery = ({ agent, epoch, sequence }: DeliveryKey): string =>
  uuidOfContent(`${agent}\0${epoch}\0${sequence}`);
