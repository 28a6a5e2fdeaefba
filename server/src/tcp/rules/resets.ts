/** When a reset may leave, and its one right form (RFC 9293 §3.5.2, §3.10.5). */
import type { Block, Refusal } from "../block.ts";
import { ACK } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { type Match, match } from "../match.ts";
import type { Num } from "../numbers.ts";
import { has } from "../segment.ts";

/** A form that a reset may take: its number, and whether and what it acknowledges. */
interface Form {
  readonly seq: Num;
  readonly ack?: Num;
  /** ACK may be on or off (CP13). */
  readonly either: boolean;
}

/** What a reset came to: the numbers it means, and what is wrong with it. */
export interface ResetReading {
  readonly seq: Num;
  readonly ack?: Num;
  readonly matches: readonly Match[];
  readonly verdict?: Verdict;
  /** The answer to a segment of no connection leaves the state as it is. */
  readonly answers: boolean;
}

/** An answer that is due first, then what an abort sends; right behind a FIN some bear the FIN's number (CP22). */
function forms({ block, callsDrawn }: Emission): readonly { form: Form; answers: boolean }[] {
  const { owes, refusals, sndNxt, rcvNxt, state, finSent, lastSent } = block;
  const found: { form: Form; answers: boolean }[] = [];
  const answer = ({ seq, ack }: Pick<Refusal, "seq" | "ack">): void => {
    found.push({ form: ack === undefined ? { seq, either: false } : { seq, ack, either: false }, answers: true });
  };
  if (owes?.kind === "rst") answer(owes);
  for (const refusal of refusals) if (owes?.kind !== "rst" || refusal.seq !== owes.seq) answer(refusal);
  if (challengeDue({ block, callsDrawn })) return found;
  const aborts = owes?.kind === "abort" || mayAbort(block) || (block.answers > 0 && ANSWERING.has(state));
  if (sndNxt !== undefined && aborts) {
    const acknowledged = rcvNxt === undefined ? {} : { ack: rcvNxt };
    const numbers = lastSent?.cargo === "fin" && finSent !== undefined ? [sndNxt, finSent] : [sndNxt];
    for (const seq of numbers) found.push({ form: { seq, ...acknowledged, either: true }, answers: false });
  }
  return found;
}

const ABORTING = new Set(["SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"]);
/** Here an abort sends nothing, but data that comes after a full close may draw a reset (SHLD-3). */
const ANSWERING = new Set(["CLOSING", "LAST-ACK", "TIME-WAIT"]);

function mayAbort(block: Block): boolean {
  // A close with data unread resets in place of the FIN (CP12).
  if (block.state === "LAST-ACK" && block.finSent === undefined) return true;
  return ABORTING.has(block.state) && (block.state !== "SYN-RECEIVED" || block.synSent);
}

/** Reads a reset against the forms it may have. `hidden` stands for a number that nothing tells. */
export function readReset(e: Emission, hidden: (name: string) => Num): ResetReading {
  const possible = forms(e);
  for (const { form, answers } of possible) {
    const matches = fits(e, form);
    if (matches) return { ...numbersOf(e, form), matches, answers };
  }
  if (possible.length === 0 && challengeDue(e)) return challenge(e, hidden);
  const [first] = possible;
  const { state, lastArrived, ending } = e.block;
  const cause =
    e.block.owes?.kind === "rst" ? { cause: e.block.owes.segment } : lastArrived ? { cause: lastArrived.segment } : {};
  const base = { rfc: "RFC 9293 §3.5.2", state, ...cause } as const;
  if (first) {
    const wrong: Wrong = firstWrong(e, first.form) ?? { place: "segment" };
    const verdict: Verdict = { rule: "wrong-reset", reason: "reset-form", ...wrong, ...base };
    return { ...numbersOf(e, first.form), matches: [], answers: first.answers, verdict };
  }
  const seq = e.seq ?? e.block.sndNxt ?? hidden("rst");
  const reading: ResetReading = { seq, ...(e.ack === undefined ? {} : { ack: e.ack }), matches: [], answers: true };
  if (ending === "reset by peer" || lastArrived?.cargo === "rst") {
    return { ...reading, verdict: { rule: "wrong-reset", reason: "reset-answers-reset", place: "flags", ...base } };
  }
  const reason = ending === "reset sent" ? "after-own-reset" : state === "SYN-SENT" ? "not-yet-open" : "gone";
  return { ...reading, verdict: { rule: "illegal-segment", reason, place: "flags", ...base } };
}

/** Group 3: what is not acceptable to a live connection draws an ACK (§3.5.2); an abort would be called. */
function challengeDue({ block, callsDrawn }: Pick<Emission, "block" | "callsDrawn">): boolean {
  const { owes } = block;
  // A SYN in the window could be answered by a reset (RFC 793; CP3).
  return callsDrawn && owes?.kind === "ack" && owes.challenges === "outside" && mayAbort(block);
}

function challenge(e: Emission, hidden: (name: string) => Num): ResetReading {
  const { owes, sndNxt, state } = e.block;
  const seq = sndNxt ?? hidden("rst");
  const flags = ACK;
  const cause = owes && owes.kind !== "abort" ? { cause: owes.segment } : {};
  return {
    seq,
    matches: [],
    answers: true,
    verdict: {
      rule: "wrong-reset",
      reason: "challenge-due",
      place: "flags",
      flags,
      rfc: "RFC 9293 §3.5.2",
      state,
      ...cause,
    },
  };
}

function fits(e: Emission, form: Form): readonly Match[] | undefined {
  if (firstWrong(e, form)) return undefined;
  const found: Match[] = [];
  if (e.seq !== undefined) found.push(match(e.seq, form.seq, e.symbols));
  if (e.ack !== undefined && form.ack !== undefined && has(e.flags, ACK)) found.push(match(e.ack, form.ack, e.symbols));
  return found;
}

type Wrong = Pick<Verdict, "place" | "expected" | "flags">;

function firstWrong(e: Emission, form: Form): Wrong | undefined {
  const ackOn = has(e.flags, ACK);
  if (!form.either && ackOn !== (form.ack !== undefined)) {
    return { place: "flags", flags: ackOn ? e.flags & ~ACK : e.flags | ACK };
  }
  if (e.seq !== undefined && match(e.seq, form.seq, e.symbols).kind !== "same")
    return { place: "seq", expected: form.seq };
  if (e.ack === undefined || form.ack === undefined || !ackOn) return undefined;
  return match(e.ack, form.ack, e.symbols).kind === "same" ? undefined : { place: "ack", expected: form.ack };
}

function numbersOf(e: Emission, form: Form): { seq: Num; ack?: Num } {
  const { seq, ack } = form;
  const on = has(e.flags, ACK) || !form.either;
  return on && ack !== undefined ? { seq, ack } : { seq };
}
