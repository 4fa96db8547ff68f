/** Log events of outputs. */
export type OutputEvent = "output-waiting" | "output-recovered" | "output-refused" | "outputs-ended";
export type TellOutput = (event: OutputEvent, sentence: string) => void;
