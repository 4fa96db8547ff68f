import type { Reported, VerifyFinding } from "./finding.js";

/** One UUID on different builds of the same file name: the UUID no longer identifies a build. */
export interface Conflict {
  readonly signature: string;
  readonly fileName: string;
  readonly buildIds: readonly string[];
}

/** Pairs of UUID and file name in memory. At the limit the detector starts again with none. */
const MAX_PAIRS = 200_000;
/** Builds of one pair. */
const MAX_BUILDS = 16;

/**
 * Detects conflicts among objects that were verified on disk. A report alone cannot raise one, because then any user could
 * discredit a UUID. The same UUID under several file names is no conflict: a stamp may serve a whole package.
 */
export class ConflictDetector {
  readonly #builds = new Map<string, string[]>();
  /** Lists of findings without conflicts; valid until a known pair gets a new build. */
  #clean = new WeakSet<readonly VerifyFinding[]>();

  /**
   * The conflicts of a process. Where callers pass the same array of findings for the same objects, one check serves
   * thousands of processes.
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
      if (this.#builds.size >= MAX_PAIRS) this.#builds.clear();
      const first = [buildId];
      this.#builds.set(key, first);
      return first;
    }
    if (!known.includes(buildId) && known.length < MAX_BUILDS) {
      known.push(buildId);
      this.#clean = new WeakSet();
    }
    return known;
  }
}
