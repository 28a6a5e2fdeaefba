/** Checks a capture as it streams by: a segment is right if some schedule of arrivals and losses makes it so. */
import { RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import { type CapturedEnds, type EndNumber, newEnds, type Taken, takeSegment } from "./capture-connection.ts";
import { duplicates } from "./capture-duplicates.ts";
import { headerOf } from "./capture-ends.ts";
import { type CaptureFinding, findingOf } from "./capture-findings.ts";
import type { CapturedSegment } from "./captured.ts";

/** Whose order of segments the capture shows: that of one end, or of nobody. */
export type Vantage = "client" | "server" | "middle";

export interface CaptureOptions {
  readonly vantage: Vantage | "auto";
}

/** A capture that is being checked. */
export interface CaptureCheck {
  /** Takes the next segment of the capture. */
  take(segment: CapturedSegment): void;
  /** What was found so far. */
  readonly findings: readonly CaptureFinding[];
  readonly connections: number;
  /** How often the capture must lack packets for a segment to be right. */
  readonly lacking: number;
  /** Packets that were captured twice. */
  readonly doubled: number;
}

/** Microseconds: RFC 9293 §3.4.2. */
const MSL = 120_000_000;

/** One pair of sockets. */
interface Entry {
  ends: CapturedEnds;
  connection: number;
  /** The address and port of end 0. */
  readonly first: string;
  readonly vantage: Vantage;
  /** 1 for the SYN of end 0, 2 for that of end 1. */
  syns: number;
}

/** Begins a check. */
export function checkCapture({ vantage }: CaptureOptions): CaptureCheck {
  const table = new Map<string, Entry>();
  const findings: CaptureFinding[] = [];
  const again = duplicates();
  let [connections, lacking, doubled] = [0, 0, 0];

  function find(segment: CapturedSegment): { entry: Entry; from: EndNumber } {
    const a = `${segment.addresses.subarray(0, 4).join(".")}:${segment.sourcePort}`;
    const b = `${segment.addresses.subarray(4, 8).join(".")}:${segment.destinationPort}`;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    let entry = table.get(key);
    if (!entry) {
      const connection = connections++;
      entry = { ends: newEnds(), connection, first: a, vantage: vantage === "auto" ? "middle" : vantage, syns: 0 };
      table.set(key, entry);
    }
    return { entry, from: entry.first === a ? 0 : 1 };
  }

  function report({ faults, lacks }: Taken, connection: number): void {
    for (const { header, verdict, from } of faults) findings.push(findingOf(verdict, header, connection, NAMES[from]));
    if (lacks) lacking++;
  }

  return {
    findings,
    get connections() {
      return connections;
    },
    get lacking() {
      return lacking;
    },
    get doubled() {
      return doubled;
    },
    take(segment) {
      if (again(segment)) {
        doubled++;
        return;
      }
      const { entry, from } = find(segment);
      const syn = has(segment.flags, SYN) && !has(segment.flags, RST);
      if (syn) entry.syns |= from + 1;
      const exact = entry.vantage === (from === 0 ? "client" : "server");
      const header = headerOf(segment, syn || entry.syns === 3);
      report(takeSegment(entry.ends, from, header, { now: segment.time, msl: MSL, exact }), entry.connection);
    },
  };
}

const NAMES = [
  ["the client", "the server"],
  ["the server", "the client"],
] as const;
