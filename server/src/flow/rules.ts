/** The rules: their names, which never change, their default severity and where they come from. */
import type { Severity } from "./findings.ts";

interface Rule {
  readonly severity: Severity;
  /** The section that says so; a finding may name a narrower one. */
  readonly rfc?: string;
}

export const RULES = {
  "illegal-segment": { severity: "error", rfc: "RFC 9293 §3.10" },
  "illegal-flags": { severity: "error", rfc: "RFC 9293 §3.1" },
  "missing-ack-flag": { severity: "error", rfc: "RFC 9293 §3.10.7.4" },
  "ack-without-flag": { severity: "error", rfc: "RFC 9293 §3.1" },
  "wrong-seq": { severity: "error", rfc: "RFC 9293 §3.4" },
  "wrong-ack": { severity: "error", rfc: "RFC 9293 §3.4" },
  "borrowed-number": { severity: "warning", rfc: "RFC 9293 §3.4.1" },
  "stale-ack": { severity: "error", rfc: "RFC 9293 §3.4" },
  "syn-not-counted": { severity: "error", rfc: "RFC 9293 §3.4" },
  "fin-not-counted": { severity: "error", rfc: "RFC 9293 §3.4" },
  "length-not-counted": { severity: "error", rfc: "RFC 9293 §3.4" },
  "ack-counted": { severity: "error", rfc: "RFC 9293 §3.4" },
  "ack-of-unsent": { severity: "error", rfc: "RFC 9293 §3.4" },
  "ack-of-undelivered": { severity: "error", rfc: "RFC 9293 §3.4" },
  "unneeded-ack": { severity: "warning", rfc: "RFC 9293 §3.10.7.4" },
  "data-after-fin": { severity: "error", rfc: "RFC 9293 §3.6" },
  "unneeded-retransmission": { severity: "hint", rfc: "RFC 9293 §3.8.1" },
  "window-exceeded": { severity: "error", rfc: "RFC 9293 §3.8.6" },
  "window-shrunk": { severity: "warning", rfc: "RFC 9293 §3.8.6" },
  "mss-exceeded": { severity: "warning", rfc: "RFC 9293 §3.7.1" },
  "option-not-allowed": { severity: "error", rfc: "RFC 9293 §3.2" },
  "wrong-sack": { severity: "error", rfc: "RFC 2018 §4" },
  "wrong-timestamp": { severity: "warning", rfc: "RFC 7323 §3.2" },
  "reset-ignored": { severity: "warning", rfc: "RFC 5961 §3.2" },
  "syn-data": { severity: "info", rfc: "RFC 9293 §3.4" },
  "wrong-reset": { severity: "error", rfc: "RFC 9293 §3.5.2" },
  "missing-reply": { severity: "warning", rfc: "RFC 9293 §3.10.7" },
  "missing-probe": { severity: "warning", rfc: "RFC 9293 §3.8.6.1" },
  "unusual-timer": { severity: "info", rfc: "RFC 9293 §3.8" },
  "wrong-state": { severity: "error", rfc: "RFC 9293 §3.3.2" },
  "time-wait-too-short": { severity: "error", rfc: "RFC 9293 §3.6.1" },
  "illegal-call": { severity: "error", rfc: "RFC 9293 §3.10" },
  "undrawn-data": { severity: "hint", rfc: "RFC 9293 §3.4" },
  unfinished: { severity: "hint", rfc: "RFC 9293 §3.6" },
  syntax: { severity: "error" },
  "unknown-name": { severity: "error" },
  "duplicate-name": { severity: "error" },
  "unrelated-number": { severity: "error" },
  "time-goes-back": { severity: "error" },
  "unmet-expectation": { severity: "error" },
  "unused-allow": { severity: "warning" },
} as const satisfies Record<string, Rule>;

/** All rules, in their order. */
export const RULE_IDS = Object.keys(RULES).filter(isRule);

/** Whether a rule has this name. */
export function isRule(name: string): name is keyof typeof RULES {
  return Object.hasOwn(RULES, name);
}
