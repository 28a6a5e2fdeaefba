/** `check --format codequality`: the report that GitLab shows in merge requests (Code Climate's form). */
import type { Severity } from "../flow/findings.ts";
import type { Placed } from "./places.ts";

const SEVERITIES = { error: "major", warning: "minor", info: "info", hint: "info" } as const satisfies Record<
  Severity,
  string
>;

/** A JSON list; hints and expected findings are left out. */
export function codeQualityReport(findings: readonly Placed[]): string {
  const issues = findings
    .filter(({ severity, expected }) => severity !== "hint" && !expected)
    .map(({ rule, severity, text, path, range, fingerprint }) => ({
      description: text,
      check_name: rule,
      fingerprint,
      severity: SEVERITIES[severity],
      location: {
        path,
        lines: { begin: (range?.start.line ?? 0) + 1, end: (range?.end.line ?? 0) + 1 },
      },
    }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
