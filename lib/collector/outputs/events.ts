/** Log events of outputs. */
export type OutputEvent = "output-waiting" | "output-goes-on" | "output-refused" | "outputs-ended";
export type TellOutput = (event: OutputEvent, sentence: string) => void;
