/** What a finding weighs in a notation of which much is shorthand: a false alarm there is worse than a miss. */
import type { Finding, RuleId, Severity } from "./findings.ts";

/** Rules that ask for what such drawings leave out are off; those on what may have been meant otherwise weigh less. */
const WEIGHTS: Partial<Record<RuleId, Severity | "off">> = {
  "missing-ack-flag": "hint",
  "stale-ack": "warning",
  "ack-without-flag": "warning",
  "window-exceeded": "warning",
  "window-shrunk": "hint",
  "reset-ignored": "hint",
  "undrawn-data": "off",
  "unneeded-ack": "off",
  "unneeded-retransmission": "off",
  "missing-reply": "off",
  "missing-probe": "off",
  "unusual-timer": "off",
  "syn-data": "off",
  "unrelated-number": "off",
  "time-wait-too-short": "off",
  unfinished: "off",
};

/** The finding as it counts there; nothing where it does not. */
export function inShorthand(finding: Finding): Finding | undefined {
  const weight = WEIGHTS[finding.rule];
  if (weight === "off") return undefined;
  return weight === undefined || finding.severity === "hint" ? finding : { ...finding, severity: weight };
}
