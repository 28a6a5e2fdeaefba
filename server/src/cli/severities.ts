/** `--rule ID=SEVERITY`. */
import type { RuleId, Severity } from "../flow/findings.ts";
import { RULE_IDS } from "../flow/rules.ts";
import { readChoice } from "./command.ts";
import { CannotRun } from "./io.ts";

/** Severities that differ from the default ones. */
export type RuleLevels = ReadonlyMap<RuleId, Severity | "off">;

/** What a rule can be set to. */
export const LEVELS = ["error", "warning", "info", "hint", "off"] as const satisfies (Severity | "off")[];

/** Reads every `ID=SEVERITY`; the last one about a rule holds. */
export function readLevels(settings: readonly string[]): RuleLevels {
  return new Map(
    settings.map((setting) => {
      const [rule = "", level] = setting.split("=", 2);
      if (level === undefined) throw new CannotRun((texts) => texts.ruleSetting(setting));
      return [readChoice("rule", rule, RULE_IDS), readChoice("severity", level, LEVELS)];
    }),
  );
}
