/** What a check found in captures, for people and for programs. */
import type { Severity } from "../flow/findings.ts";
import type { CaptureReport } from "./captures.ts";
import type { Paint } from "./paint.ts";
import { STYLES } from "./pretty.ts";
import { amount } from "./reports.ts";

/** Findings by packet; packets count from 1, as in Wireshark. */
export function prettyCapture(
  { path, findings }: CaptureReport,
  paint: Paint,
  shows: (severity: Severity) => boolean,
): string {
  return findings
    .filter(({ severity }) => shows(severity))
    .map(({ packet, severity, message, rule, sockets, rfc }) => {
      const where = paint("bold", `${path}: packet ${packet + 1}`);
      const remark = (text: string): string => `  ${paint("blue", "=")} ${text}\n`;
      return (
        `${where}: ${paint(STYLES[severity], severity)}: ${message} ${paint("dim", `[${rule}]`)}\n` +
        `${remark(sockets)}${rfc === undefined ? "" : remark(rfc)}\n`
      );
    })
    .join("");
}

/** What was read, and what was not: one line for each capture. */
export function captureSummary({ path, check, skipped }: CaptureReport): string {
  const { segments, connections, lacking, doubled, more } = check;
  const left = [...skipped].map(([why, count]) => `${count} ${why}`);
  const parts = [
    `${amount(segments, "segment")} of ${amount(connections, "connection")}`,
    ...(left.length === 0 ? [] : [`skipped packets: ${left.join(", ")}`]),
    ...(doubled === 0 ? [] : [`${amount(doubled, "packet")} captured twice`]),
    ...(lacking === 0 ? [] : [`packets are missing at ${amount(lacking, "place")}`]),
    ...(more === 0 ? [] : [`${amount(more, "further finding")} not shown`]),
  ];
  return `${path}: ${parts.join("; ")}\n`;
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
