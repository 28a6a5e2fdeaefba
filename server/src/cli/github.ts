/** `check --format github`: the workflow commands by which GitHub Actions marks lines of a pull request. */
import type { Severity } from "../flow/findings.ts";
import type { Placed } from "./places.ts";

const COMMANDS = { error: "error", warning: "warning", info: "notice", hint: undefined } as const satisfies Record<
  Severity,
  string | undefined
>;

/** One line a finding; hints and expected findings are left out. */
export function githubReport(findings: readonly Placed[]): string {
  return findings
    .flatMap(({ rule, severity, text, expected, path, range }) => {
      const command = COMMANDS[severity];
      if (command === undefined || expected) return [];
      const place =
        range === undefined
          ? {}
          : {
              line: range.start.line + 1,
              endLine: range.end.line + 1,
              // Columns are heeded where both ends are in one line.
              ...(range.start.line === range.end.line
                ? { col: range.start.character + 1, endColumn: range.end.character }
                : {}),
            };
      const properties = Object.entries({ file: path, ...place, title: rule }).map(
        ([name, value]) => `${name}=${escapeProperty(String(value))}`,
      );
      return [`::${command} ${properties.join(",")}::${escapeData(text)}\n`];
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
