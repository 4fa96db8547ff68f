import { readEnvironmentRules } from "./answers/environment-rules.js";
import { type AnswerSettings, DEFAULT_SETTINGS } from "./answers/settings.js";
import type { Settings } from "./config/settings.js";
import type { HttpOptions } from "./http/server.js";
import type { Listener } from "./ingest/protocol.js";
import type { Rate } from "./limits/token-bucket.js";
import { Redactor } from "./pipeline/redaction.js";

/* What the parts of a collector get of its settings. */

/** Settings that a running collector takes over. */
export type Reloadable = Pick<
  Settings,
  | "outputs"
  | "registers"
  | "catalogues"
  | "keepDays"
  | "redactNames"
  | "redactPatterns"
  | "userDirectories"
  | "environmentRules"
>;

/** Whoever was quiet may send as much at once as else in so many seconds. */
const SENDER_BURST = 10;

export function rateOf({ senderRate: perSecond }: Settings): Rate | undefined {
  return perSecond === 0 ? undefined : { perSecond, burst: perSecond * SENDER_BURST };
}

export function listenersOf({ udp, tcp, unix }: Settings): Listener[] {
  return [
    ...udp.map((address) => ({ transport: "udp" as const, ...address })),
    ...tcp.map((address) => ({ transport: "tcp" as const, ...address })),
    ...unix.map((path) => ({ transport: "unix" as const, path })),
  ];
}

export function httpOf({ http, httpNames, hostName, tlsCertificate: certificate, tlsKey: key }: Settings): HttpOptions {
  const tls = certificate === undefined || key === undefined ? undefined : { certificate, key };
  return { ...http, names: [hostName, ...httpNames], tls };
}

export const answerSettingsOf = async ({ userDirectories, environmentRules }: Reloadable): Promise<AnswerSettings> => ({
  userDirectories,
  environmentRules:
    environmentRules === undefined ? DEFAULT_SETTINGS.environmentRules : await readEnvironmentRules(environmentRules),
});

export const redactorOf = ({ redactNames, redactPatterns }: Reloadable) =>
  new Redactor({ names: redactNames, patterns: redactPatterns });
