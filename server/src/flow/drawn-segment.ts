/** A captured segment as a line of a drawing. */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { type Num, num } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import type { Counting } from "./drawn-numbers.ts";
import type { DrawnRecord } from "./drawn-record.ts";
import type { Segment, SegmentPlaces, Socket, Span, TcpOption, Written } from "./flow.ts";

/** How much of the headers is drawn: what matters, all windows too, or all there is. */
export const DETAILS = ["what matters", "windows", "everything"] as const;
export type Detail = (typeof DETAILS)[number];

const URG = 0x20;

/** A drawing of a capture has no text yet. */
export const NOWHERE: Span = { start: 0, end: 0 };

/** Its number stands for the place of a segment, so that each has findings of its own. */
export function numbered(segment: number): Span {
  return { start: segment, end: segment };
}

function placesAt(span: Span): SegmentPlaces {
  return { line: span, from: span, arrow: span, to: span, flags: span, fieldsEnd: span.end };
}

/** What the drawing has shown of an end. */
export interface Shown {
  /** Without both SYNs nobody knows how windows are scaled: only a closed one is sure. */
  readonly scaled: boolean;
  ack: number | undefined;
  window: number | undefined;
}

/** Packets below this number were not captured although they arrived; this one was lost. */
export const UNSEEN = -1;

export function drawnSegment(
  record: DrawnRecord,
  from: Socket,
  to: Socket,
  counting: Counting,
  detail: Detail,
  shown: Shown,
  span: Span,
): Segment {
  const { flags, length, urgent } = record;
  const written = (value: Num): Written => ({ kind: "number", value, span });
  const isTold = detail !== "what matters" || windowMatters(record, shown);
  const hasWindow = isTold && (shown.scaled || record.window === 0);
  // The window of a SYN is not scaled and cannot be compared.
  if (has(flags, SYN)) shown.ack = record.ack;
  else if (!has(flags, RST)) Object.assign(shown, { ack: record.ack, window: record.window });
  return {
    from,
    to,
    flags,
    seq: written(counting.seq(record)),
    ...(has(flags, ACK) ? { ack: written(counting.ofPeer(record, record.ack)) } : {}),
    ...(length > 0 ? { len: written(num(length)) } : {}),
    ...(hasWindow ? { win: record.window } : {}),
    ...(has(flags, URG) ? { urg: urgent } : {}),
    options: optionsOf(record, counting, detail, span),
    old: false,
    places: placesAt(span),
  };
}

/** A window that is closed, that opens again, or that is all that a segment has to tell. */
function windowMatters({ flags, ack, window, length, options }: DrawnRecord, shown: Shown): boolean {
  if (has(flags, SYN | RST)) return false;
  const isBare = length === 0 && !has(flags, FIN) && options.sack === undefined;
  const onlyWindow = isBare && ack === shown.ack && shown.window !== undefined && window !== shown.window;
  return window === 0 || shown.window === 0 || onlyWindow;
}

/** What SYNs offer, and which data a receiver holds; timestamps only where everything is shown. */
function optionsOf(record: DrawnRecord, counting: Counting, detail: Detail, span: Span): TcpOption[] {
  const { mss, wscale, sackOK, stamp, sack, cookie } = record.options;
  const shown: TcpOption[] = [];
  if (mss !== undefined) shown.push({ kind: "mss", value: mss, span });
  if (sackOK) shown.push({ kind: "sackOK", span });
  if (stamp && detail === "everything") shown.push({ kind: "TS", ...stamp, span });
  if (wscale !== undefined) shown.push({ kind: "wscale", value: wscale, span });
  if (cookie !== undefined) shown.push({ kind: "FO", cookie: cookie === 0 ? "" : "cookie", span });
  if (sack) {
    const edge = (value: number) => counting.ofPeer(record, value);
    shown.push({
      kind: "sack",
      blocks: sack.map(({ left, right }) => ({ left: edge(left), right: edge(right), span })),
      span,
    });
  }
  return shown;
}
