import type { Reported, VerifyFinding } from "./finding.js";

/** One UUID under the same file name on different builds: the UUID no longer tells which build a file is. */
export interface Conflict {
  readonly signature: string;
  readonly fileName: string;
  readonly buildIds: readonly string[];
}

/** Pairs of UUID and file name that are remembered. */
const PAIR_LIMIT = 200_000;
/** Builds remembered of one pair; more make the conflict no clearer. */
const BUILD_LIMIT = 16;

/**
 * Notices conflicts among objects that were verified on disk. A report alone can't raise one, or anybody could poison
 * a UUID; and the same UUID under several names is one stamp for a whole package.
 */
export class ConflictDetector {
  readonly #builds = new Map<string, string[]>();
  /** Lists of findings whose objects are all without conflict; good until the next new build of a known pair. */
  #clean = new WeakSet<readonly VerifyFinding[]>();

  /**
   * The conflicts of a process. Callers hand in the same array of findings for the same objects where they can: then
   * one look is enough for thousands of processes.
   */
  observeAll(
    program: Reported,
    finding: VerifyFinding,
    objects: readonly Reported[],
    findings: readonly VerifyFinding[],
  ): readonly Conflict[] {
    const conflicts = this.observe(program, finding);
    if (this.#clean.has(findings)) return conflicts;
    const before = conflicts.length;
    for (const [index, object] of objects.entries()) {
      const found = findings[index];
      if (found !== undefined) conflicts.push(...this.observe(object, found));
    }
    if (conflicts.length === before) this.#clean.add(findings);
    return conflicts;
  }

  /** The conflicts that this object is part of. */
  observe(reported: Reported, finding: VerifyFinding): Conflict[] {
    const buildId = finding.onDisk?.buildId;
    if (finding.verdict !== "verified" || buildId === undefined) return [];
    const fileName = reported.path.slice(reported.path.lastIndexOf("/") + 1);
    const conflicts: Conflict[] = [];
    for (const signature of new Set(reported.signatures)) {
      const buildIds = this.#remember(`${signature}/${fileName}`, buildId);
      if (buildIds.length > 1) conflicts.push({ signature, fileName, buildIds });
    }
    return conflicts;
  }

  #remember(key: string, buildId: string): readonly string[] {
    const known = this.#builds.get(key);
    if (known === undefined) {
      if (this.#builds.size >= PAIR_LIMIT) this.#builds.clear();
      const first = [buildId];
      this.#builds.set(key, first);
      return first;
    }
    if (!known.includes(buildId) && known.length < BUILD_LIMIT) {
      known.push(buildId);
      this.#clean = new WeakSet();
    }
    return known;
  }
}
