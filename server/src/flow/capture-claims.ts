/**
 * Packets that a capture lacks. A segment that is right only if others were not captured is believed until its sender
 * shows that they never were.
 */

import type { Verdict } from "../tcp/judgement.ts";
import { num } from "../tcp/numbers.ts";
import { type Header, takesNumbers } from "../tcp/segment.ts";
import { ahead, type CapturedEnd, endValue, numberOf } from "./capture-ends.ts";

/** That an end has sent [from, to), which was not captured, because `header` says so. */
export interface Claim {
  readonly from: number;
  readonly to: number;
  readonly header: Header;
  /** It is the end's own segment that says so; else it is the peer's acknowledgment. */
  readonly own: boolean;
  /** What is wrong with the segment if the claim does not hold. */
  readonly verdict: Verdict;
  /** Goes back to what is known without the claim. */
  readonly undo: () => void;
}

/**
 * The next segments of the end that the claim is about confirm or refute it: an end whose SND.NXT is still within has
 * not sent what was claimed. `overtaken` says whether the segment may have left before those captured earlier.
 */
export function settle(end: CapturedEnd, header: Header, overtaken: boolean): Claim | undefined {
  const { claim } = end;
  if (!claim) return undefined;
  const seq = numberOf(header.seq);
  if (ahead(claim.from, seq) < 0) return undefined;
  if (ahead(seq, claim.to) <= 0) {
    end.claim = undefined;
    return undefined;
  }
  // A probe is one below SND.NXT.
  if (!takesNumbers(header) && seq !== claim.from && ahead(seq, claim.to) === 1) return undefined;
  // What was not captured may also have been lost, and is sent again then.
  if (takesNumbers(header) ? ahead(endValue(header), claim.to) >= 0 : overtaken) return undefined;
  end.claim = undefined;
  claim.undo();
  return claim;
}

/** Takes back that `end` has sent anything behind `from`. */
export function unsend(end: CapturedEnd, from: number): void {
  end.block = { ...end.block, sndNxt: num(from) };
  const { ranges } = end.stream;
  while (ranges.length > 0 && ahead(from, numberOf(ranges.at(-1)?.start ?? num(from - 1))) >= 0) ranges.pop();
}

/**
 * The peer acknowledges just as many octets as the segment above the hole holds, and does not say that it holds that
 * segment: it was the number of that segment that was wrong.
 */
export function misplaced(other: CapturedEnd, header: Header, from: number, to: number): Header | undefined {
  const hole = other.stream.ranges.findIndex(({ start, segment }) => segment < 0 && numberOf(start) === from);
  const [gap, above] = [other.stream.ranges[hole], other.stream.ranges[hole + 1]];
  if (hole < 0 || !gap || !above || above.segment < 0) return undefined;
  const carried = ahead(numberOf(above.start), numberOf(above.end));
  if (ahead(to, numberOf(gap.end)) <= 0 || carried !== ahead(from, to)) return undefined;
  const reported = header.options.some(
    (option) => option.kind === "sack" && option.blocks.some(({ right }) => ahead(to, numberOf(right)) > 0),
  );
  return reported ? undefined : { ...header, index: above.segment, seq: above.start, data: num(carried) };
}

/** The furthest number that waiting segments reach, leaving one out. */
export function reach(waiting: readonly Header[], from: number, except: number): number {
  let furthest = from;
  for (const header of waiting) {
    if (header.index !== except && ahead(furthest, endValue(header)) > 0) furthest = endValue(header);
  }
  return furthest;
}
