/** A segment line. */
import type { Segment } from "../flow/flow.ts";
import { flagNames } from "../tcp/flags.ts";
import { type Words, writeOption, writeSocket, writeString, writeTime, writeWritten } from "./write-words.ts";

/** How a segment gets to the other end. */
export interface Way {
  readonly arrow: "->" | "-x" | "~>";
  /** Microseconds, where they are not those of the setting. */
  readonly takes?: number;
  readonly name?: string;
}

export function writeSegment(words: Words, segment: Segment, { arrow, takes, name }: Way): string {
  const { from, to, flags, label, old, forgedBy } = segment;
  // The line begins with who really sends it.
  const sender = forgedBy === undefined ? from : { endpoint: forgedBy };
  const spoofed = forgedBy === undefined ? "" : `spoofing ${writeSocket(words, from)}`;
  const parts = [
    `${writeSocket(words, sender)} ${arrow} ${writeSocket(words, to)}:`,
    flagNames(flags).join("+"),
    ...fieldsOf(words, segment),
    optionsOf(words, segment),
    name === undefined ? "" : `as ${name}`,
    takes === undefined ? "" : `takes ${writeTime(takes)}`,
    old ? "old" : "",
    spoofed,
    label === undefined ? "" : writeString(label),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function fieldsOf(words: Words, { seq, ack, len, data, win, urg }: Segment): string[] {
  return [
    ...(seq ? [`seq=${writeWritten(words, seq)}`] : []),
    ...(ack ? [`ack=${writeWritten(words, ack)}`] : []),
    ...(len && data === undefined ? [`len=${writeWritten(words, len)}`] : []),
    ...(data === undefined ? [] : [`data=${writeString(data)}`]),
    ...(win === undefined ? [] : [`win=${win}`]),
    ...(urg === undefined ? [] : [`urg=${urg}`]),
  ];
}

function optionsOf(words: Words, { options }: Segment): string {
  return options.length === 0 ? "" : `<${options.map((option) => writeOption(words, option)).join(", ")}>`;
}
