import type { Finding } from "../../verify/index.js";
import type { ResolvedFinding, UnresolvedFinding } from "../store/worker/unresolved.js";
import type { Verifier } from "../verification/verifier.js";

/**
 * Looks at files that nobody looked at when they were reported. All processes that share a finding must get the same
 * verdict: where the file changed between the first start and the last, the finding stays open.
 */
export async function reverify(verifier: Verifier, open: readonly UnresolvedFinding[]): Promise<ResolvedFinding[]> {
  const settled = await Promise.all(open.map((finding) => settleOne(verifier, finding)));
  return settled.filter((finding) => finding !== undefined);
}

function settleOne(verifier: Verifier, open: UnresolvedFinding): Promise<ResolvedFinding | undefined> {
  const { id, path, soname, signatures, buildId, first, last, isMixed, firstSignatureOnly } = open;
  if (isMixed) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    verifier.reverify({ path, soname, signatures, buildId }, (decide) => {
      const at = (startedBefore: bigint) => decide?.({ host: undefined, startedBefore, firstSignatureOnly });
      const [early, late] = [at(first), at(last)];
      const isSettled =
        early !== undefined && late !== undefined && isSame(early, late) && early.verdict !== "unchecked";
      resolve(isSettled ? { id, finding: early } : undefined);
    });
  });
}

const isSame = (a: Finding, b: Finding) => a.verdict === b.verdict && a.reason === b.reason;
