/** Who takes part in a budget. */
export interface Holder {
  /** Its part of the budget. */
  held: number;
}

/**
 * An amount that holders share. None may hold more than what is left, so one alone gets half, and however many are greedy,
 * a newcomer still gets as much as each of them (the dynamic threshold of Choudhury and Hahne, 1998).
 */
export class SharedBudget {
  #left: number;

  constructor(total: number) {
    this.#left = total;
  }

  /** Whether a holder may take an amount now. */
  allows(holder: Holder, amount: number): boolean {
    return holder.held + amount <= this.#left;
  }

  /** Takes an amount, also one that is not allowed: what something costs is sometimes known only afterwards. */
  take(holder: Holder, amount: number): void {
    this.#left -= amount;
    holder.held += amount;
  }

  give(holder: Holder, amount: number): void {
    this.#left += amount;
    holder.held -= amount;
  }
}
