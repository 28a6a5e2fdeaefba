/** Findings as other programs' reports want them: each with its file, its lines from 1, and a mark that lasts. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Finding, RuleId, Severity } from "../flow/findings.ts";
import type { CaptureReport } from "./captures.ts";
import { digest } from "./digest.ts";
import type { Io } from "./io.ts";
import { type FileReport, type FlowReport, type Range, rangeInFile } from "./reports.ts";
import { cliTexts } from "./texts.ts";

/** A finding with its place; of a capture, whose place is a packet. */
export interface Placed {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  /** The message; of a capture, with the packet before it. */
  readonly text: string;
  readonly expected: boolean;
  /** Below the folder that the command runs in where it can be, with `/`. */
  readonly path: string;
  /** Of a text; lines and characters count from 0. */
  readonly range?: Range;
  /** Of a capture; counts from 1, as in Wireshark. */
  readonly packet?: number;
  /** The same for the same finding in the same text, also when lines above it come and go. */
  readonly fingerprint: string;
  readonly from?: { readonly report: FileReport; readonly flow: FlowReport; readonly finding: Finding };
}

/** All findings, file by file. */
export function placedFindings(
  reports: readonly FileReport[],
  captures: readonly CaptureReport[],
  { cwd, locale }: Pick<Io, "cwd" | "locale">,
): Placed[] {
  const fingerprint = fingerprints();
  const texts = reports.flatMap((report) => {
    const lines = report.source.text.split(/\r\n|\r|\n/u);
    const path = pathFrom(cwd, report.source.path);
    return report.flows.flatMap((flow) =>
      flow.findings.map((finding): Placed => {
        const { rule, severity, message, expected, span } = finding;
        const range = rangeInFile(report.lines, flow.fence, span);
        const mark = fingerprint(path, rule, (lines[range.start.line] ?? "").trim());
        const from = { report, flow, finding };
        return { rule, severity, message, text: message, expected, path, range, fingerprint: mark, from };
      }),
    );
  });
  const packets = captures.flatMap((capture) => {
    const path = pathFrom(cwd, capture.path);
    return capture.findings.map(({ rule, severity, message, packet, sockets }): Placed => {
      const mark = fingerprint(path, rule, sockets);
      const text = cliTexts(locale).ofPacket(packet + 1, message);
      return { rule, severity, message, text, expected: false, path, packet: packet + 1, fingerprint: mark };
    });
  });
  return [...texts, ...packets];
}

/** A file as other programs find it: below `cwd`, or else absolute. */
export function pathFrom(cwd: string, path: string): string {
  const below = relative(cwd, resolve(cwd, path));
  const found = below.startsWith("..") || isAbsolute(below) ? resolve(cwd, path) : below;
  return found.split(sep).join("/");
}

/** Equal findings on equal lines of a file are told apart by their order. */
function fingerprints(): (...parts: readonly string[]) => string {
  const seen = new Map<string, number>();
  return (...parts) => {
    const key = parts.join("\n");
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return digest(`${key}\n${times}`).slice(0, 32);
  };
}
