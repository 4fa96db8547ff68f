import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { EnrolledNodes } from "../agents/enrolled-nodes.js";
import { readRuleFile } from "../answers/rule-file.js";
import { inputFiles, inputProblem } from "../config/input-files.js";
import type { OutputConfig } from "../config/outputs/outputs.js";
import type { Settings } from "../config/settings.js";
import { Certificate } from "../http/tls.js";

/**
 * Opens the files that settings name, and reads those without which the collector would not start or an output would not
 * deliver. Returns a sentence for each that is not usable, after the key of its setting.
 */
export function inputProblems(settings: Settings): string[] {
  const unreadable = inputFiles(settings).flatMap((input) => inputProblem(input)?.message ?? []);
  // A file that cannot be opened would be reported twice.
  if (unreadable.length > 0) return unreadable;
  const problems: string[] = [];
  const attempt = (key: string, read: () => void) => {
    try {
      read();
    } catch (error) {
      problems.push(`${key}: ${(error as Error).message}`);
    }
  };
  const { tlsCertificate, tlsKey, agentTlsCertificate, agentTlsKey, agentNodes, environmentRules } = settings;
  const readCertificate = (setting: string, certificate?: string, key?: string, minVersion?: "TLSv1.3") => {
    if (certificate === undefined || key === undefined) return;
    const onProblem = (sentence: string) => problems.push(`${setting}: ${sentence}`);
    attempt(setting, () => void new Certificate({ certificate, key }, onProblem, minVersion));
  };
  readCertificate("http.tls-certificate", tlsCertificate, tlsKey);
  readCertificate("agents.tls-certificate", agentTlsCertificate, agentTlsKey, "TLSv1.3");
  if (agentNodes !== undefined) {
    const onProblem = (sentence: string) => problems.push(`agents.nodes: ${sentence}`);
    attempt("agents.nodes", () => void new EnrolledNodes(agentNodes, onProblem));
  }
  if (environmentRules !== undefined) attempt("answers.environment-rules", () => void readRuleFile(environmentRules));
  for (const output of settings.outputs) attempt(`output ${output.name}`, () => checkTls(output.options));
  return problems;
}

/** Node.js takes an authority that is not a certificate without a word, and then trusts nobody. */
function checkTls(options: OutputConfig["options"]): void {
  const path = (key: string) => (options as Readonly<Record<string, string | undefined>>)[key];
  const parsed = <T>(key: string, parse: (bytes: Buffer) => T): T | undefined => {
    const file = path(key);
    if (file === undefined) return undefined;
    try {
      return parse(readFileSync(file));
    } catch (cause) {
      throw new OgrtError("TLS_UNUSABLE", `${key}: ${(cause as Error).message}`, { path: file, cause });
    }
  };
  parsed("ca-file", (bytes) => new X509Certificate(bytes));
  const certificate = parsed("cert-file", (bytes) => new X509Certificate(bytes));
  const key = parsed("key-file", createPrivateKey);
  if (certificate === undefined || key === undefined || certificate.checkPrivateKey(key)) return;
  const sentence = `is not the key of the certificate in ${path("cert-file")}`;
  throw new OgrtError("TLS_UNUSABLE", sentence, { path: path("key-file") ?? "" });
}
