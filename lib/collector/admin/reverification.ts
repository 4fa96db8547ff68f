import type { VerifyFinding } from "../../verify/index.js";
import { isRedacted } from "../shared/redacted.js";
import type { ResolvedFinding, UnresolvedFinding } from "../store/protocol.js";
import type { Verifier } from "../verification/verifier.js";

/**
 * Examines files that were not examined when they were reported. Processes that share a finding must get the same verdict:
 * where the file changed between the first start and the last, the finding stays unresolved.
 */
export async function reverify(
  verifier: Verifier,
  unresolved: readonly UnresolvedFinding[],
): Promise<ResolvedFinding[]> {
  const resolved = await Promise.all(unresolved.map((finding) => reverifyOne(verifier, finding)));
  return resolved.filter((finding) => finding !== undefined);
}

function reverifyOne(verifier: Verifier, unresolved: UnresolvedFinding): Promise<ResolvedFinding | undefined> {
  const { id, path, soname, signatures, buildId, first, last, isMixed, firstSignatureOnly } = unresolved;
  if (isMixed || isRedacted(path)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    verifier.reverify({ path, soname, signatures, buildId }, (decide) => {
      const at = (startedBefore: bigint) => decide?.({ host: undefined, startedBefore, firstSignatureOnly });
      const [early, late] = [at(first), at(last)];
      const isResolved =
        early !== undefined && late !== undefined && isSame(early, late) && early.verdict !== "unchecked";
      resolve(isResolved ? { id, finding: early } : undefined);
    });
  });
}

const isSame = (a: VerifyFinding, b: VerifyFinding) => a.verdict === b.verdict && a.reason === b.reason;
