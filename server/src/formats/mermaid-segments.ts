/** What a message may mean as a segment: the likeliest form first. */
import type { Span } from "../flow/flow.ts";
import { ACK, FIN, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";
import { SCALED } from "./mermaid-fields.ts";
import type { FlagGroup, Found, Label } from "./mermaid-labels.ts";

/** How the numbers of one diagram are written. */
export interface Style {
  /** `SYN=1`: then `ACK=1` is a flag too. */
  readonly bits: boolean;
  /** Sequence numbers are written; `ACK 1` counts something else where they are not. */
  readonly numbers: boolean;
  /** Windows are scaled, by whatever factor. */
  readonly scaled: boolean;
}

/** A segment; or only words, which mean that data of any length went both ways. */
export type Form =
  | { readonly kind: "words" }
  | {
      readonly kind: "segment";
      readonly flags: Flags;
      readonly flagsSpan: Span | undefined;
      readonly seq: Found | undefined;
      readonly ack: Found | undefined;
      readonly len: Found | undefined;
      readonly window: Label["window"];
      /** Data of unknown length, followed by more of it. */
      readonly more: boolean;
    };

type SegmentForm = Extract<Form, { kind: "segment" }>;

export function styleOf(labels: readonly Label[]): Style {
  return {
    bits: labels.some(({ bits }) => bits !== undefined && bits.flags !== 0),
    numbers: labels.some(({ seq }) => seq !== undefined),
    scaled: labels.some(({ piece }) => SCALED.test(piece.text)),
  };
}

/** All forms of a label. None is empty: a label without anything of TCP has one form, words. */
export function formsOf(label: Label, style: Style): Form[] {
  const ack = numberOfAck(label, style);
  const groups = groupsOf(label, style);
  const forms = groups.flatMap((group) => formsWith(label, group, ack, style));
  return forms.length === 0 ? [{ kind: "words" }] : forms;
}

function isZero(found: Found | undefined): boolean {
  return found !== undefined && found.value.terms.length === 0 && found.value.constant === 0;
}

/** The number of acknowledgment: `ACK=1` is one where no flags are written as bits. */
function numberOfAck({ ack, ackIsBare, ackSign }: Label, style: Style): Found | undefined {
  if (ack !== undefined) return ackIsBare && !style.numbers && ack.value.terms.length === 0 ? undefined : ack;
  if (ackSign === undefined) return undefined;
  const isBit = ackSign.value.terms.length === 0 && ackSign.value.constant <= 1;
  return style.bits && isBit ? undefined : ackSign;
}

/** The flags that are named; where words stand between, any of them may be meant, or all. */
function groupsOf({ groups, bits, ackSign, ack }: Label, style: Style): FlagGroup[] {
  const signs = ackSign !== undefined && (style.bits || ack !== undefined) && !isZero(ackSign) ? ACK : 0;
  if (bits !== undefined) {
    const flags = groups.reduce((all, group) => all | group.flags, bits.flags | signs) & ~bits.off;
    return [{ flags, span: bits.span }];
  }
  const [first] = groups;
  const last = groups.at(-1);
  if (first === undefined || last === undefined) {
    return [{ flags: signs, span: ackSign?.place ?? { start: -1, end: -1 } }];
  }
  const one = { ...first, flags: first.flags | signs };
  if (first === last) return [one];
  const all = groups.reduce((sum, group) => sum | group.flags, signs);
  const span = { start: first.span.start, end: last.span.end };
  const others = [last, { flags: all, span }];
  return [one, ...others.filter(({ flags }, i) => flags !== one.flags && others[i - 1]?.flags !== flags)];
}

function formsWith(label: Label, { flags: named, span }: FlagGroup, ack: Found | undefined, style: Style): Form[] {
  const { seq, window, len } = label;
  const opens = (named & SYN) !== 0;
  const counted = label.ackIsBare && ack === undefined && !style.numbers;
  const acknowledges = (label.acknowledges || ack !== undefined || counted) && !(opens && isZero(ack));
  const flags = named | (acknowledges ? ACK : 0);
  const base: SegmentForm = {
    kind: "segment",
    flags,
    flagsSpan: span.start < 0 ? undefined : span,
    seq,
    ack,
    len: undefined,
    window: style.scaled ? undefined : window,
    more: false,
  };
  if (flags & RST) return resets(base);
  if (flags & (SYN | FIN))
    return [{ ...base, len: flags & FIN || label.hasData || label.lenIsNamed ? len : undefined }];
  if (len === undefined) return unsized(label, base, named);
  return isZero(len) ? emptied(base) : sized(base, len, named);
}

/** A reset without numbers may be either form. */
function resets(base: SegmentForm): Form[] {
  const numbered = base.ack !== undefined || base.seq !== undefined;
  return numbered ? [base] : [base, { ...base, flags: base.flags ^ ACK }];
}

/** `len=0`. */
function emptied(base: SegmentForm): Form[] {
  return base.flags === 0 && base.seq === undefined ? [] : [{ ...base, flags: base.flags | ACK }];
}

/** A count of octets is that of the data, unless nothing but an ACK stands beside it. */
function sized(base: SegmentForm, len: Found, named: Flags): Form[] {
  const { flags, seq, ack } = base;
  const full: SegmentForm = { ...base, flags: flags | ACK, len };
  if (flags & PSH) return [full];
  if (seq === undefined && ack !== undefined) return [base, full];
  return named === 0 && seq === undefined ? [full, { kind: "words" }] : [full, base];
}

/** No count: a pure ACK, or data of unknown length. */
function unsized({ quoted, hasData }: Label, base: SegmentForm, named: Flags): Form[] {
  const { flags, seq } = base;
  if (flags === 0 && seq === undefined) return [];
  const data: SegmentForm = { ...base, flags: flags | PSH | ACK };
  const open: SegmentForm[] = [data, { ...data, more: true }];
  const payload: SegmentForm[] =
    quoted && (seq !== undefined || flags & PSH) ? [{ ...base, flags: flags | ACK, len: quoted }] : [];
  if (flags & PSH || !(flags & ACK)) return [...payload, ...open];
  // An ACK that speaks of data may carry it.
  return hasData || named === 0 ? [base, ...payload, ...open] : [base];
}
