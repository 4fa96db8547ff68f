import { useEffect, useState } from "preact/hooks";
import { type Answer, CollectorClient, type Input, type OperationName } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";

/** Everything that the page shows comes from here: what it shows, a program can have (docs/reference/answers.md). */
export const client = new CollectorClient({ url: location.origin });

/** Fired on `window` when the collector knows this browser no more. */
export const SIGNED_OUT = "ogrt:signed-out";

/** Why there is no answer. */
export interface Problem {
  /** False when nobody answered: then it helps to wait. */
  readonly isRefusal: boolean;
  readonly message: string;
}

export interface Asked<T> {
  /** The newest answer; while another is awaited, and when that fails, the one before. */
  readonly answer: T | undefined;
  readonly problem: Problem | undefined;
  readonly isLoading: boolean;
  readonly again: () => void;
}

interface State<T> {
  readonly key?: string;
  readonly answer?: T;
  readonly problem?: Problem;
  readonly isLoading: boolean;
}

/** How soon a collector that did not answer is asked again, in milliseconds. */
const RETRY = 5000;

/**
 * The answer to a question, asked anew when its parameters change, and every so many milliseconds while the page is
 * visible. Nothing is asked without parameters.
 */
export function useAnswer<N extends OperationName>(
  name: N,
  input: Input<N> | undefined,
  every?: number,
): Asked<Answer<N>> {
  const key = input === undefined ? undefined : JSON.stringify([name, input]);
  const [state, setState] = useState<State<Answer<N>>>({ isLoading: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (key === undefined || input === undefined) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState((before) => (before.key === key ? { ...before, isLoading: true } : { key, isLoading: true }));
    const askIn = (delay: number) => {
      timer = setTimeout(() => (document.hidden ? askIn(delay) : setTurn((n) => n + 1)), delay);
    };
    client.ask(name, input).then(
      (answer) => {
        if (!isWanted) return;
        setState({ key, answer, isLoading: false });
        if (every !== undefined) askIn(every);
      },
      (error: unknown) => {
        if (!isWanted) return;
        const problem = problemOf(error);
        setState((before) => ({ ...before, problem, isLoading: false }));
        if (!problem.isRefusal) askIn(every ?? RETRY);
      },
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, every, turn]);
  // In the first moment after a change the state is still that of the parameters before.
  const { answer, problem, isLoading }: State<Answer<N>> = state.key === key ? state : { isLoading: true };
  return { answer, problem, isLoading: key !== undefined && isLoading, again: () => setTurn((n) => n + 1) };
}

/** What is to be said about an error; that the session has ended is said to the whole page. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof OgrtError)) return { isRefusal: true, message: `${error}` };
  if (error.code === "TOKEN_REQUIRED") dispatchEvent(new Event(SIGNED_OUT));
  return { isRefusal: error.code !== "COLLECTOR_UNREACHABLE", message: error.message };
}
