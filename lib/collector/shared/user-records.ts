/** How much of a user a file holds. */
export interface UserRecords {
  readonly path: string;
  /** Processes; documents in a file of an output. */
  readonly records: number;
}
