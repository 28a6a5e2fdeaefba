/** What kind of segment it is: Wireshark's names where it has one (RFC 5681 §2, RFC 2883, RFC 5961, RFC 9293 §3.8). */
import type { Block } from "../tcp/block.ts";
import type { Judgement } from "../tcp/emission.ts";
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { distance, plus, type Symbols } from "../tcp/numbers.ts";
import { has, isPureAck } from "../tcp/segment.ts";
import type { SegmentClass } from "./replay-types.ts";

/** A segment that leaves, and what its end knew then. */
export interface Departure {
  readonly judgement: Judgement;
  readonly before: Block;
  /** Its retransmission timer had just fired. */
  readonly timedOut: boolean;
  readonly symbols: Symbols;
  /** The classes of the segment that it answers. */
  readonly asked: readonly SegmentClass[];
}

interface ClassRule {
  readonly name: SegmentClass;
  readonly holds: (d: Departure) => boolean;
}

const repeats = (d: Departure): boolean => d.judgement.use === "retransmission" && !probes(d);
const spurious = ({ judgement }: Departure): boolean =>
  judgement.verdicts.some(({ rule }) => rule === "unneeded-retransmission");
const fast = ({ before, timedOut }: Departure): boolean => before.duplicateAcks >= 3 && !timedOut;
const crosses = ({ judgement: { header }, before }: Departure): boolean =>
  has(header.flags, SYN) && has(header.flags, ACK) && before.origin === "active";

const pure = ({ judgement: { use, header } }: Departure): boolean => use === "new" && isPureAck(header);
const answers = (d: Departure): boolean => pure(d) && d.before.owes?.kind === "ack";
const closed = ({ before }: Departure): boolean => before.peerWindow === 0;

/** One octet at SND.NXT, or an old number without data, while the window is closed (RFC 9293 §3.8.6.1). */
const probes = (d: Departure): boolean => {
  const { use, header } = d.judgement;
  const octet = header.data.terms.length === 0 && header.data.constant === 1 && !has(header.flags, SYN | FIN | RST);
  return closed(d) && (use === "keep-alive" || octet);
};

/** The acknowledgment number stays. */
const sameAck = ({ judgement: { header }, before, symbols }: Departure): boolean => {
  if (!header.ack || !before.lastAck) return false;
  const { min, max } = distance(before.lastAck, header.ack, symbols);
  return min === 0 && max === 0;
};

const sameWindow = ({ judgement: { header }, before }: Departure): boolean =>
  header.window === undefined || header.window === before.lastWindow;

const challenges = (d: Departure): boolean => {
  const { owes } = d.before;
  return pure(d) && owes?.kind === "ack" && owes.challenges !== undefined && !probed(d);
};

/** The same number once more, or a hole that the number cannot pass. */
const repeatsAck = (d: Departure): boolean => sameWindow(d) && (sameAck(d) || d.asked.includes("out of order"));

const probed = ({ asked }: Departure): boolean => asked.includes("keep-alive") || asked.includes("zero window probe");

/** The new data reach the edge of the window. */
const fills = ({ judgement: { header, use }, before, symbols }: Departure): boolean => {
  const { sndRight } = before.windows;
  if (!sndRight || use !== "new" || isPureAck(header) || has(header.flags, SYN | RST) || before.peerWindow === 0)
    return false;
  const { min, max } = distance(sndRight, plus(header.seq, header.data), symbols);
  return min === 0 && max === 0;
};

/** The first SACK block reports what has arrived twice (RFC 2883 §4). */
const reportsDuplicate = ({ judgement: { header }, before, symbols }: Departure): boolean => {
  if (header.options.length === 0) return false;
  const sack = header.options.find((option) => option.kind === "sack");
  const [first, second] = sack?.blocks ?? [];
  if (!first || !before.rcvNxt) return false;
  if (distance(first.right, before.rcvNxt, symbols).min >= 0) return true;
  const from = second ? distance(second.left, first.left, symbols).min : -1;
  return second !== undefined && from >= 0 && distance(first.right, second.right, symbols).min >= 0;
};

const shutsWindow = ({ judgement: { header } }: Departure): boolean =>
  header.window === 0 && !has(header.flags, SYN | FIN | RST);

/** Also where it answers something: nothing but the window is new. */
const updatesWindow = (d: Departure): boolean =>
  pure(d) && sameAck(d) && !sameWindow(d) && d.judgement.header.window !== 0;

const CLASSES: readonly ClassRule[] = [
  { name: "simultaneous open", holds: crosses },
  { name: "spurious retransmission", holds: (d) => repeats(d) && spurious(d) && !crosses(d) },
  { name: "fast retransmission", holds: (d) => repeats(d) && !spurious(d) && fast(d) },
  { name: "retransmission", holds: (d) => repeats(d) && !spurious(d) && !fast(d) && !crosses(d) },
  { name: "zero window probe", holds: probes },
  { name: "keep-alive", holds: (d) => d.judgement.use === "keep-alive" && !closed(d) },
  { name: "keep-alive ACK", holds: (d) => answers(d) && d.asked.includes("keep-alive") && !updatesWindow(d) },
  {
    name: "zero window probe ACK",
    holds: (d) => answers(d) && d.asked.includes("zero window probe") && !updatesWindow(d),
  },
  { name: "challenge ACK", holds: challenges },
  { name: "D-SACK", holds: reportsDuplicate },
  {
    name: "duplicate ACK",
    holds: (d) => answers(d) && repeatsAck(d) && !probed(d) && !challenges(d),
  },
  { name: "window update", holds: updatesWindow },
  { name: "window full", holds: fills },
  { name: "zero window", holds: shutsWindow },
];

const NONE: readonly SegmentClass[] = [];

/** The classes of a segment that leaves, the most telling first. */
export function classify(departure: Departure): readonly SegmentClass[] {
  let found = NONE;
  for (let i = 0; i < CLASSES.length; i++) {
    const rule = CLASSES[i];
    if (rule?.holds(departure)) found = [...found, rule.name];
  }
  return found;
}
