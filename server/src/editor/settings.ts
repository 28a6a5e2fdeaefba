/** The author's settings: how severe each rule is. */
import { type ConfigurationInitializedParams, DefaultConfigurationProvider } from "langium";
import type { Finding, Severity } from "../flow/findings.ts";

/** `tcpflow.rules`: severities by rule; `off` hides its findings. As the client sent it, so anything may be in it. */
export type RuleSettings = Readonly<Record<string, unknown>>;

const LEVELS: readonly unknown[] = ["error", "warning", "info", "hint", "off"] satisfies (Severity | "off")[];

export function isRuleSettings(value: unknown): value is RuleSettings {
  return typeof value === "object" && value !== null;
}

/** The severity that the author gave the rule of a finding, else its own. */
export function severityOf(finding: Finding, rules: RuleSettings): Severity | "off" {
  const chosen = rules[finding.rule];
  return isLevel(chosen) ? chosen : finding.severity;
}

function isLevel(value: unknown): value is Severity | "off" {
  return LEVELS.includes(value);
}

/** A client that does not answer as it should has the default settings; Langium would wait for them for ever. */
export class PatientConfiguration extends DefaultConfigurationProvider {
  override async initialized(params: ConfigurationInitializedParams): Promise<void> {
    try {
      await super.initialized(params);
    } finally {
      this._ready.resolve();
    }
  }
}
