/** `check --format sarif`: SARIF 2.1.0, which code scanning services and editors read. */
import type { Fix, Location, Log, ReportingDescriptor, Result } from "sarif";
import type { Fix as Mend, RuleId, Severity } from "../flow/findings.ts";
import type { Locale } from "../flow/locale.ts";
import { pageOf } from "../flow/rule-pages.ts";
import { RULE_IDS, RULES } from "../flow/rules.ts";
import { editInFile } from "../formats/markdown.ts";
import type { Placed } from "./places.ts";
import { type FileReport, type FlowReport, type Range, rangeInFile } from "./reports.ts";
import { cliTexts } from "./texts.ts";
import { VERSION } from "./version.ts";

const LEVELS = { error: "error", warning: "warning", info: "note", hint: "note" } as const satisfies Record<
  Severity,
  Result.level
>;

/** The whole log; an expected finding is there, but suppressed in the source. */
export function sarifReport(findings: readonly Placed[], locale: Locale): string {
  const log: Log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: {
          driver: {
            name: "tcpflowc",
            semanticVersion: VERSION,
            version: VERSION,
            rules: RULE_IDS.map((rule) => descriptor(rule, locale)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(result),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(rule: RuleId, locale: Locale): ReportingDescriptor {
  const { what, why, rfc, wrong, right } = pageOf(rule, locale);
  const texts = cliTexts(locale);
  const uri = rfc === undefined ? undefined : rfcUri(rfc);
  return {
    id: rule,
    shortDescription: { text: what },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\n${texts.wrong}:\n\n${wrong}\n${texts.right}:\n\n${right}`,
      markdown: `${why}\n\n**${texts.wrong}**\n\n\`\`\`\n${wrong}\`\`\`\n\n**${texts.right}**\n\n\`\`\`\n${right}\`\`\`\n`,
    },
    ...(uri === undefined ? {} : { helpUri: uri }),
    defaultConfiguration: { level: LEVELS[RULES[rule].severity] },
    properties: { tags: ["tcp", ...(rfc === undefined ? [] : [rfc])] },
  };
}

/** `RFC 9293 §3.4` at the RFC editor's. */
function rfcUri(rfc: string): string | undefined {
  const [, number, section] = /^RFC (\d+)(?: §([\d.]+))?/u.exec(rfc) ?? [];
  if (number === undefined) return undefined;
  return `https://www.rfc-editor.org/rfc/rfc${number}.html${section === undefined ? "" : `#section-${section}`}`;
}

function result(finding: Placed): Result {
  const { rule, severity, text, expected, path, range, fingerprint, from } = finding;
  const uri = uriOf(path);
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level: LEVELS[severity],
    message: { text },
    locations: [locationOf(uri, range)],
    partialFingerprints: { "tcpflowFinding/v1": fingerprint },
    ...(expected ? { suppressions: [{ kind: "inSource" }] } : {}),
    ...(from === undefined
      ? {}
      : {
          relatedLocations: from.finding.related.map((place) => ({
            ...locationOf(uri, rangeInFile(from.report.lines, from.flow.fence, place.span)),
            message: { text: place.message },
          })),
          fixes: from.finding.fixes.map((fix) => fixOf(uri, from.report, from.flow, fix)),
        }),
  };
}

function fixOf(uri: string, { source, lines }: FileReport, { fence }: FlowReport, fix: Mend): Fix {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: { uri },
        replacements: fix.edits.map((edit) => ({
          deletedRegion: regionOf(rangeInFile(lines, fence, edit.span)),
          insertedContent: { text: editInFile(source.text, fence, edit).newText },
        })),
      },
    ],
  };
}

function locationOf(uri: string, range: Range | undefined): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri },
      ...(range === undefined ? {} : { region: regionOf(range) }),
    },
  };
}

/** Lines and columns count from 1; the end is behind the last character. */
function regionOf({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function uriOf(path: string): string {
  const escaped = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${escaped}` : escaped;
}
