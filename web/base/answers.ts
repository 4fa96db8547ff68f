import { useEffect, useState } from "preact/hooks";
import { type Answer, CollectorClient, type Input, type OperationName } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";

/** The page gets all its data through this client, so a program can get the same data (docs/reference/answers.md). */
export const client = new CollectorClient({ url: location.origin });

/** Event on `window`: the collector does not accept the session of this browser. */
export const SIGNED_OUT = "ogrt:signed-out";

/** Why a question has no answer. */
export interface Problem {
  /** False when the collector cannot answer at the moment, so that asking again can help. */
  readonly isRefusal: boolean;
  readonly message: string;
}

export interface Asked<T> {
  /** The newest answer. It stays while the next one is awaited, and when that one fails. */
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

/** Pause before the next attempt when the collector does not answer. */
const RETRY_INTERVAL_MS = 5000;

/**
 * The answer to a question. The page asks again when the parameters change and, while it is visible, every `intervalMs`.
 * Without parameters it asks nothing.
 */
export function useAnswer<N extends OperationName>(
  name: N,
  input: Input<N> | undefined,
  intervalMs?: number,
): Asked<Answer<N>> {
  const ask = input === undefined ? undefined : () => client.ask(name, input);
  return useAsked(JSON.stringify([name, input]), ask, intervalMs);
}

/** As {@link useAnswer}, for what takes several questions. @param id - tells what is asked from anything else. */
export function useAsked<T>(id: string, ask: (() => Promise<T>) | undefined, intervalMs?: number): Asked<T> {
  const key = ask === undefined ? undefined : id;
  const [state, setState] = useState<State<T>>({ isLoading: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (key === undefined || ask === undefined) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState((before) => (before.key === key ? { ...before, isLoading: true } : { key, isLoading: true }));
    const askIn = (delayMs: number) => {
      timer = setTimeout(() => (document.hidden ? askIn(delayMs) : setTurn((n) => n + 1)), delayMs);
    };
    ask().then(
      (answer) => {
        if (!isWanted) return;
        setState({ key, answer, isLoading: false });
        if (intervalMs !== undefined) askIn(intervalMs);
      },
      (error: unknown) => {
        if (!isWanted) return;
        const problem = problemOf(error);
        setState((before) => ({ ...before, problem, isLoading: false }));
        if (!problem.isRefusal) askIn(intervalMs ?? RETRY_INTERVAL_MS);
      },
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, intervalMs, turn]);
  // Directly after a change of parameters, the state still belongs to the previous ones.
  const { answer, problem, isLoading }: State<T> = state.key === key ? state : { isLoading: true };
  return { answer, problem, isLoading: key !== undefined && isLoading, again: () => setTurn((n) => n + 1) };
}

/** An error as the page shows it. When the session has ended, this fires {@link SIGNED_OUT}. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof OgrtError)) return { isRefusal: true, message: `${error}` };
  if (error.code === "TOKEN_REQUIRED") dispatchEvent(new Event(SIGNED_OUT));
  return { isRefusal: error.code !== "COLLECTOR_UNREACHABLE", message: error.message };
}
