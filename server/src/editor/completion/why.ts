/** Why a proposal is legal, in words. */
import type { NextSegment, Passage, Purpose } from "../../flow/next-segments.ts";
import { type Here, nameOf } from "./here.ts";

const DOES: Readonly<Record<Purpose, (from: string, to: string) => string>> = {
  open: (from) => `opens the connection: ${from} tells its first sequence number`,
  answer: (from, to) => `answers the SYN of ${to} and tells the first sequence number of ${from}`,
  acknowledge: (_, to) => `acknowledges everything that has arrived from ${to}`,
  data: (from) => `new data of ${from}`,
  finish: (from) => `ends the stream of ${from}; the other direction may go on`,
  repeat: (_, to) => `the oldest segment that ${to} has not acknowledged, once more`,
  probe: (_, to) => `a probe: ${to} must answer if it is still there`,
  reset: (from) => `${from} refuses or gives up the connection`,
};

/** One line, beside the proposal in the list. */
export function detailOf(here: Here, { from, to, purpose }: NextSegment): string {
  return DOES[purpose](nameOf(here, from), nameOf(here, to));
}

/** Both ends' states before and after, and the section, in Markdown. */
export function reasonOf(here: Here, next: NextSegment): string {
  const { from, to, sender, receiver, rfc } = next;
  return [
    `${capital(detailOf(here, next))}.`,
    "",
    `- ${nameOf(here, from)}: ${showPassage(sender)}`,
    `- ${nameOf(here, to)}: ${showPassage(receiver)}`,
    "",
    rfc,
  ].join("\n");
}

/** `ESTABLISHED → FIN-WAIT-1`, or the one state that stays. */
export function showPassage({ before, after }: Passage): string {
  return before === after ? `stays ${before}` : `${before} → ${after}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
