/** What a check found in captures, for people and for programs. */
import type { Severity } from "../flow/findings.ts";
import type { Locale } from "../flow/locale.ts";
import { formatTexts } from "../formats/texts.ts";
import type { CaptureReport } from "./captures.ts";
import type { Paint } from "./paint.ts";
import { labelled } from "./pretty.ts";
import { cliTexts } from "./texts.ts";

/** Findings by packet; packets count from 1, as in Wireshark. */
export function prettyCapture(
  { path, findings }: CaptureReport,
  paint: Paint,
  shows: (severity: Severity) => boolean,
  locale: Locale,
): string {
  const texts = cliTexts(locale);
  return findings
    .filter(({ severity }) => shows(severity))
    .map((finding) => {
      const { packet, sockets, rfc } = finding;
      const where = paint("bold", texts.atPacket(path, packet + 1));
      const remark = (text: string): string => `  ${paint("blue", "=")} ${text}\n`;
      return (
        `${where}: ${labelled(finding, paint, texts)}\n` + `${remark(sockets)}${rfc === undefined ? "" : remark(rfc)}\n`
      );
    })
    .join("");
}

/** What was read, and what was not: one line for each capture. */
export function captureSummary({ path, check, skipped }: CaptureReport, locale: Locale): string {
  const texts = cliTexts(locale);
  const { segments, connections, lacking, doubled, more } = check;
  const left = [...skipped].map(([why, count]) => formatTexts(locale).skipped(count, why));
  const parts = [
    texts.segmentsOf(segments, connections),
    ...(left.length === 0 ? [] : [texts.skipped(left)]),
    ...(doubled === 0 ? [] : [texts.doubled(doubled)]),
    ...(lacking === 0 ? [] : [texts.lacking(lacking)]),
    ...(more === 0 ? [] : [texts.notShown(more)]),
  ];
  return `${texts.about(path, texts.remarks(parts))}\n`;
}

/** As a file of `check --format json`: a capture is one flow, its lines are its packets. */
export function jsonCapture({ path, check, findings }: CaptureReport) {
  const { segments, connections } = check;
  return {
    path,
    flows: [
      {
        line: 0,
        segments,
        connections,
        findings: findings.map(({ rule, severity, message, rfc, packet, connection, sockets }) => {
          const place = { line: packet, character: 0 };
          const range = { start: place, end: place };
          return {
            rule,
            severity,
            message,
            rfc,
            segment: packet,
            connection,
            sockets,
            expected: false,
            range,
            related: [],
            fixes: [],
          };
        }),
      },
    ],
  };
}
