/** Findings as the editor's diagnostics. */
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding, Severity } from "../flow/findings.ts";
import type { Replay } from "../flow/replay-types.ts";
import { rangesIn } from "./documents.ts";
import { editorTexts } from "./texts.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding that is to be shown, and how the editor shows it. */
export interface Shown {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/**
 * What the editor shows of a replay: all but what the author expects. `pages` is where the pages of the rules are; those
 * in another language than English are in a folder of its name.
 */
export function shownFindings(replay: Replay, uri: string, pages: string | undefined): Shown[] {
  const rangeOf = rangesIn(replay.flow.text);
  const { locale } = replay.flow;
  const folder = locale === "en" ? "" : `${locale}/`;
  const shown = replay.findings.filter(({ expected }) => !expected);
  return shown.map((finding) => ({
    finding,
    diagnostic: {
      range: rangeOf(finding.span),
      severity: SEVERITIES[finding.severity],
      source: "tcpflow",
      code: finding.rule,
      ...(pages === undefined ? {} : { codeDescription: { href: `${pages}${folder}${finding.rule}.md` } }),
      message:
        finding.rfc === undefined ? finding.message : editorTexts(locale).withSection(finding.message, finding.rfc),
      relatedInformation: finding.related.map((place) => ({
        location: { uri, range: rangeOf(place.span) },
        message: place.message,
      })),
    },
  }));
}
