/** Capture files: checked in a stream, however long they are. */
import { open, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type CaptureCheck, checkCapture, type Judged } from "../flow/capture.ts";
import type { CaptureFinding } from "../flow/capture-findings.ts";
import type { Vantage } from "../flow/capture-table.ts";
import type { CaptureProblem } from "../formats/packets.ts";
import { readPrintedFile } from "../formats/printed-capture.ts";
import { readSegmentFile } from "../formats/segment-file.ts";
import type { Skipped } from "../formats/tcp-packets.ts";
import type { CaptureFilter } from "./capture-filter.ts";
import { readChoice } from "./command.ts";
import type { CaptureInput } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import type { RuleLevels } from "./severities.ts";

/** The endings of capture files. */
export const CAPTURES: readonly string[] = [".pcap", ".pcapng", ".cap"];

export function isCapturePath(path: string): boolean {
  return CAPTURES.includes(extname(path).toLowerCase());
}

/** The endings of captures as text: what tcpdump or tshark has printed. */
export const PRINTED: readonly string[] = [".txt", ".log"];

export function isPrintedPath(path: string): boolean {
  return PRINTED.includes(extname(path).toLowerCase());
}

const VANTAGES = ["client", "server", "middle", "auto"] as const;

/** Where a capture was taken; told from its handshakes by default. */
export function readVantage(value: string): Vantage | "auto" {
  return readChoice("vantage", value, VANTAGES);
}

export interface CaptureChoice {
  readonly vantage: Vantage | "auto";
  readonly filter?: CaptureFilter;
  /** Told of every segment. */
  readonly onSegment?: (judged: Judged) => void;
}

/** What a check found in one capture. */
export interface CaptureReport {
  readonly path: string;
  /** With the severities that were asked for; without those that are off. */
  readonly findings: readonly CaptureFinding[];
  readonly check: Pick<CaptureCheck, "segments" | "connections" | "lacking" | "doubled" | "more">;
  readonly skipped: ReadonlyMap<Skipped, number>;
  /** Why it was not read to its end. */
  readonly problem: CaptureProblem | undefined;
}

/** Checks a capture, from the disk or from standard input. */
export async function checkCaptureFile(
  input: CaptureInput,
  choice: CaptureChoice,
  levels: RuleLevels,
  io: Io,
): Promise<CaptureReport> {
  // Nearly all that is made is dropped at once: a small young generation takes a third of the memory, at no cost.
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--max-semi-space-size=2");
  const check = checkCapture({ ...choice, locale: io.locale });
  const file = isPrintedPath(input.path) ? readPrintedFile(check.take) : readSegmentFile(check.take, io);
  let problem: CaptureProblem | undefined;
  for await (const chunk of chunksOf(input, io)) {
    problem = file.push(chunk);
    if (problem) break;
  }
  problem ??= file.end();
  const { segments, connections, lacking, doubled, more } = check;
  const findings = check.findings.flatMap((finding): CaptureFinding[] => {
    const severity = levels.get(finding.rule) ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
  findings.sort((a, b) => a.packet - b.packet);
  const { skipped } = file;
  return { path: input.path, findings, check: { segments, connections, lacking, doubled, more }, skipped, problem };
}

/** Octets that are read at once. */
const CHUNK = 256 * 1024;

async function* chunksOf({ path, stdin }: CaptureInput, io: Io): AsyncGenerator<Uint8Array> {
  if (stdin) {
    yield* stdin;
    return;
  }
  const full = resolve(io.cwd, path);
  if (!(await stat(full)).isFile()) throw new CannotRun((texts) => texts.notRegular);
  // One buffer serves for the whole file: a stream would make a new one for each piece.
  const buffer = new Uint8Array(CHUNK);
  const file = await open(full);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
