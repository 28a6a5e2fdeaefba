/** Options as both ends know them (RFC 9293 §3.2, RFC 7323, RFC 2018, RFC 7413). */
import type { Num } from "./numbers.ts";

/** Sequence numbers [left, right) that a receiver reports (RFC 2018 §3). */
export interface SackBlock {
  readonly left: Num;
  readonly right: Num;
}

/** An option of a segment; numbers are as on the wire. */
export type SeenOption =
  | { readonly kind: "nop" | "eol" | "sackOK" | "FO" }
  | { readonly kind: "mss"; readonly value: number }
  | { readonly kind: "wscale"; readonly value: number }
  | { readonly kind: "TS"; readonly value: number; readonly echo: number }
  | { readonly kind: "sack"; readonly blocks: readonly SackBlock[] };

/** What a SYN offered. */
export interface Offer {
  readonly mss: number | undefined;
  readonly wscale: number | undefined;
  readonly sackOK: boolean;
  readonly timestamps: boolean;
}

/** The TSvals that have arrived, newest first; shared between blocks, cut now and then. */
export interface Stamps {
  readonly value: number;
  readonly earlier: Stamps | undefined;
  readonly depth: number;
  /** No older one was dropped. */
  readonly whole: boolean;
}

/** The options of one end: its own SYN's, the peer's, and the clock of the timestamps. */
export interface Negotiation {
  readonly own: Offer | undefined;
  readonly peer: Offer | undefined;
  /** TS.Recent (RFC 7323 §4.3). */
  readonly recent: number | undefined;
  readonly received: Stamps | undefined;
  /** The last TSval that it sent; that of a SYN,ACK may be a cookie and is left out. */
  readonly sent: number | undefined;
  /** A segment of its own after the SYN carried a TSval. */
  readonly stamps: boolean;
  /** The SYNs crossed. */
  readonly crossed: boolean;
}

/** Before any SYN, or where none was seen. */
export const NO_OPTIONS: Negotiation = {
  own: undefined,
  peer: undefined,
  recent: undefined,
  received: undefined,
  sent: undefined,
  stamps: false,
  crossed: false,
};

/** The offer of a SYN with these options. */
export function offerOf(options: readonly SeenOption[]): Offer {
  const mss = options.find((option) => option.kind === "mss");
  const wscale = options.find((option) => option.kind === "wscale");
  return {
    mss: mss?.value,
    wscale: wscale?.value,
    sackOK: options.some((option) => option.kind === "sackOK"),
    timestamps: options.some((option) => option.kind === "TS"),
  };
}

/** The largest shift; a larger one counts as this (RFC 7323 §2.3). */
export const MOST_SHIFT = 14;

/**
 * The shifts in force: both ends must have offered the option, and a SYN is never scaled (RFC 7323 §2.2). Unknown where
 * SYNs crossed and only one offered it: that one may scale all the same, as Linux does.
 */
export function shifts({ own, peer, crossed }: Negotiation): { own?: number; peer?: number } {
  if (crossed && (own?.wscale === undefined) !== (peer?.wscale === undefined)) return {};
  if (own?.wscale === undefined || peer?.wscale === undefined) return { own: 0, peer: 0 };
  return { own: Math.min(own.wscale, MOST_SHIFT), peer: Math.min(peer.wscale, MOST_SHIFT) };
}

/** Both SYNs carried timestamps: every later segment but a reset has them (RFC 7323 §3.2). */
export function usesTimestamps({ own, peer }: Negotiation): boolean {
  return own?.timestamps === true && peer?.timestamps === true;
}

/** How far b is ahead of a as 32-bit clocks go round (RFC 7323 §5.2). */
export function stampAhead(a: number, b: number): number {
  return (b - a) | 0;
}

/** How many TSvals back an echo is looked for. */
const MOST_STAMPS = 1024;

/** Adds a TSval; a long list loses its older half, so that a connection's memory is bounded. */
export function withStamp(received: Stamps | undefined, value: number): Stamps {
  if (received?.value === value) return received;
  if (received && received.depth >= 2 * MOST_STAMPS) return withStamp(newest(received, MOST_STAMPS), value);
  return { value, earlier: received, depth: (received?.depth ?? 0) + 1, whole: received?.whole ?? true };
}

function newest(received: Stamps, count: number): Stamps | undefined {
  const values: number[] = [];
  for (let at: Stamps | undefined = received; at !== undefined && values.length < count; at = at.earlier)
    values.push(at.value);
  let kept: Stamps | undefined;
  for (const value of values.toReversed()) kept = { value, earlier: kept, depth: (kept?.depth ?? 0) + 1, whole: false };
  return kept;
}

/** Whether a TSval has arrived; undefined where so many have that nobody looks further. */
export function wasReceived(received: Stamps | undefined, value: number): boolean | undefined {
  let at = received;
  for (let steps = 0; at !== undefined; at = at.earlier, steps++) {
    if (at.value === value) return true;
    if (steps === MOST_STAMPS) return undefined;
  }
  return received?.whole === false ? undefined : false;
}

/** The timestamp of a segment, if it has one. */
export function stampOf(options: readonly SeenOption[]): { value: number; echo: number } | undefined {
  return options.find((option) => option.kind === "TS");
}

/** The blocks that a segment reports as held, if it reports any (RFC 2018 §3). */
export function sackOf(options: readonly SeenOption[]): readonly SackBlock[] | undefined {
  return options.find((option) => option.kind === "sack")?.blocks;
}
