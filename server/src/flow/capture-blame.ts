/** Which segment is at fault, where a segment is right only if the capture lacks packets. */
import type { Verdict } from "../tcp/judgement.ts";
import { type Num, num } from "../tcp/numbers.ts";
import type { Header } from "../tcp/segment.ts";
import { UNSEEN, unseen } from "./capture-beginnings.ts";
import { misplaced, reach, unsend } from "./capture-claims.ts";
import { ahead, type CapturedEnd, endValue, numberOf } from "./capture-ends.ts";
import type { Explanation } from "./capture-explanation.ts";
import { verdictsOf } from "./capture-story.ts";
import { pushRange } from "./stream-booking.ts";

/** Not this segment is wrong, but an earlier one of the peer, whose number hides what has arrived. */
export function blame(
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  { origin }: Explanation,
): { header: Header; verdict: Verdict } | undefined {
  const { missing } = origin;
  if (!missing || typeof missing === "string" || missing.own || end.block.options.peer?.sackOK !== true)
    return undefined;
  const wrong = misplaced(other, header, missing.from, missing.to);
  if (!wrong) return undefined;
  unsend(other, missing.from);
  const next = reach(end.waiting, missing.to, wrong.index);
  pushRange(other.stream, unseen(missing.from, next, UNSEEN));
  other.block = { ...other.block, sndNxt: num(next) };
  end.waiting = end.waiting.filter(({ index }) => index !== wrong.index);
  return { header: wrong, verdict: gapVerdict(num(missing.from)) };
}

/** A segment behind a hole that nothing explains. */
export function gapVerdict(expected: Num): Verdict {
  return { rule: "wrong-seq", reason: "must-be", place: "seq", expected, rfc: "RFC 9293 §3.4" };
}

/** Remembers what the capture must lack for this segment to be right. */
export function claim(end: CapturedEnd, other: CapturedEnd, header: Header, { origin, otherwise }: Explanation): void {
  const { missing } = origin;
  const [verdict] = verdictsOf(otherwise.judgement);
  if (!missing || typeof missing === "string" || !verdict) return;
  const { after, header: meant } = otherwise.judgement;
  const { from, to } = missing;
  if (missing.own) {
    const undo = (): void => {
      unsend(end, from);
      pushRange(end.stream, meant);
      end.block = { ...end.block, sndNxt: num(endValue(meant)) };
      other.waiting = other.waiting.map((waiting) => (waiting.index === header.index ? meant : waiting));
    };
    end.claim = { from, to, header, own: true, verdict, undo };
    return;
  }
  const { sndNxt } = other.block;
  if (sndNxt === undefined || ahead(numberOf(sndNxt), to) <= 0) return;
  const sent = numberOf(sndNxt);
  pushRange(other.stream, unseen(sent, to, UNSEEN));
  other.block = { ...other.block, sndNxt: num(to) };
  const undo = (): void => {
    unsend(other, sent);
    end.block = after;
    end.waiting = [...otherwise.waiting];
  };
  other.claim = { from: sent, to, header, own: false, verdict, undo };
}
