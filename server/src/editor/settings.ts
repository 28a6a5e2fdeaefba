/** The author's settings: how severe each rule is. */
import { type ConfigurationInitializedParams, DefaultConfigurationProvider } from "langium";
import type { InitializeParams } from "vscode-languageserver";
import type { Finding, Severity } from "../flow/findings.ts";
import type { Replay } from "../flow/replay-types.ts";

/** `tcpflow.rules`: severities by rule; `off` hides its findings. As the client sent it, so anything may be in it. */
export type RuleSettings = Readonly<Record<string, unknown>>;

const LEVELS: readonly unknown[] = ["error", "warning", "info", "hint", "off"] satisfies (Severity | "off")[];

export function isRuleSettings(value: unknown): value is RuleSettings {
  return typeof value === "object" && value !== null;
}

/** The replay with its findings as severe as the author has set their rules, and without those that are off. */
export function withSettings(replay: Replay, rules: RuleSettings): Replay {
  return { ...replay, findings: asSevereAs(rules, replay.findings) };
}

/** The same for findings of any kind. */
export function asSevereAs<Found extends Pick<Finding, "rule" | "severity">>(
  rules: RuleSettings,
  found: readonly Found[],
): Found[] {
  const findings: Found[] = [];
  for (const finding of found) {
    const chosen = rules[finding.rule];
    const severity = isLevel(chosen) ? chosen : finding.severity;
    if (severity !== "off") findings.push(severity === finding.severity ? finding : { ...finding, severity });
  }
  return findings;
}

function isLevel(value: unknown): value is Severity | "off" {
  return LEVELS.includes(value);
}

/**
 * A client that does not answer as it should has the default settings; Langium would wait for them for ever. One that
 * takes no registrations is asked for none.
 */
export class PatientConfiguration extends DefaultConfigurationProvider {
  private registers = false;

  override initialize(params: InitializeParams): void {
    super.initialize(params);
    this.registers = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
  }

  override async initialized({ register, ...params }: ConfigurationInitializedParams): Promise<void> {
    try {
      await super.initialized(this.registers && register !== undefined ? { ...params, register } : params);
    } finally {
      this._ready.resolve();
    }
  }
}
