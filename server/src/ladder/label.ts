/** What is written on an arrow: flags, numbers as read or filled in, blanks, and the remarks below. */
import type { Written } from "../flow/flow.ts";
import type { Field, Replay } from "../flow/replay-types.ts";
import { textsOf } from "../flow/texts.ts";
import { flagNames } from "../tcp/flags.ts";
import { type Num, noSymbols, showNumber } from "../tcp/numbers.ts";
import { cells, clip } from "./measure.ts";
import { type Level, type Mistake, partOf, type SegmentPart } from "./mistakes.ts";
import { type NumberStyle, type Numbers, numbersOf } from "./number-style.ts";
import { printable } from "./printable.ts";
import { ladderTexts } from "./texts.ts";

/** A piece of an arrow's label. `seq=u` is two: the name `seq=` and the value `u`. */
export interface Part {
  readonly role: "port" | "flags" | "name" | "value" | "blank";
  /** Flags are separated by a blank. Of an unsolved blank it is empty. */
  readonly text: string;
  /** The author left it out. */
  readonly filled: boolean;
  /** The finding on this very piece. */
  readonly level?: Level;
  readonly rule?: string;
  /** Of an unsolved blank that something belongs into. */
  readonly blank?: NumberBlank;
}

export interface NumberBlank {
  /** Names it in the picture. */
  readonly key: string;
  readonly field: "seq" | "ack" | "len";
  readonly answer: string;
  readonly form: Num;
}

/** A line below the arrow. */
export interface Remark {
  readonly role: "class" | "label" | "data" | "options" | "source";
  readonly text: string;
  readonly level?: Level;
  readonly rule?: string;
}

/** What the author or the reader may choose about labels. */
export interface LabelChoices {
  /** Whether blanks show what belongs there; they do not if left out. */
  readonly answers?: boolean;
  /** Whether the kind of a segment is told; it is if left out. */
  readonly classes?: boolean;
  /** `written` if left out. */
  readonly numbers?: NumberStyle;
}

export interface LabelOptions {
  /** Blanks show what belongs there. */
  readonly answers: boolean;
  /** The kind of a segment is told. */
  readonly classes: boolean;
  readonly numbers: Numbers;
}

export function labelOptions(
  replay: Replay,
  { answers = false, classes = true, numbers = "written" }: LabelChoices,
): LabelOptions {
  return { answers, classes, numbers: numbersOf(replay, numbers) };
}

/** In characters. */
const WIDEST_NUMBER = 40;
const PLAIN = noSymbols();
const NUMBERS = ["seq", "ack", "len"] as const;
const HEADER_FIELDS = ["win", "urg"] as const;

/** The label of a segment; `port` tells connections apart where an endpoint has several. */
export function labelOf(
  replay: Replay,
  segment: number,
  mistakes: readonly Mistake[],
  options: LabelOptions,
  port: string | undefined,
): Part[] {
  const sent = replay.flow.segments[segment];
  if (sent === undefined) return [];
  const reading = replay.readings[segment];
  const marks = marksOf(mistakes, (mistake) => partOf(mistake.span, sent.places));
  const parts: Part[] = [];
  if (port !== undefined) parts.push({ role: "port", text: port, filled: false });
  const flags = flagNames(sent.flags).join(" ");
  parts.push({
    role: "flags",
    text: flags === "" ? ladderTexts(replay.flow.locale).noFlags : flags,
    filled: false,
    ...marks.get("flags"),
  });
  for (const name of NUMBERS) {
    const value = numberOf(replay, segment, name, sent[name], reading?.[name], options);
    if (value === undefined) continue;
    parts.push({ role: "name", text: `${name}=`, filled: value.filled }, { ...value, ...marks.get(name) });
  }
  for (const name of HEADER_FIELDS) {
    const value = sent[name];
    if (value === undefined) continue;
    parts.push({ role: "name", text: `${name}=`, filled: false });
    parts.push({ role: "value", text: String(value), filled: false, ...marks.get(name) });
  }
  return parts;
}

function numberOf(
  replay: Replay,
  segment: number,
  name: "seq" | "ack" | "len",
  written: Written | undefined,
  field: Field | undefined,
  options: LabelOptions,
): Part | undefined {
  const show = (value: Num) => options.numbers.field(segment, name, value);
  if (written?.kind === "number") {
    const styled = options.numbers.style === "written" ? undefined : shortNumber(show(written.value));
    // What is wrong and would look right, as a name for another number does, stays as it is written.
    const isMasked = field?.expected !== undefined && shortNumber(show(field.expected)) === styled;
    const text = styled === undefined || isMasked ? writtenText(written, replay) : styled;
    return text === undefined ? undefined : { role: "value", text, filled: false };
  }
  const known = field && shortNumber(show(field.value));
  if (written && options.answers) return { role: "blank", text: known ?? "", filled: true };
  if (written) return { role: "blank", text: "", filled: false, ...blankOf(segment, name, field, known) };
  if (!field?.filled || known === undefined || (name === "len" && known === "0")) return undefined;
  return { role: "value", text: known, filled: true };
}

function blankOf(
  segment: number,
  name: NumberBlank["field"],
  field: Field | undefined,
  known: string | undefined,
): Pick<Part, "blank"> {
  if (field === undefined || known === undefined) return {};
  return { blank: { key: `${segment}-${name}`, field: name, answer: known, form: field.value } };
}

/** A number in the author's own words, unless a `let` gave them a value or there is no text. */
function writtenText({ value, span }: Written & { kind: "number" }, replay: Replay): string | undefined {
  const isDefined = replay.flow.definitions.some(({ symbol }) => value.terms.some((term) => term.symbol === symbol));
  const words = isDefined ? "" : replay.flow.text.slice(span.start, span.end).replace(/\s+|^.*=/gu, "");
  const text = words === "" ? (showNumber(value, replay.symbols) ?? showNumber(value, PLAIN)) : words;
  return shortNumber(text);
}

function shortNumber(text: string | undefined): string | undefined {
  return text === undefined ? undefined : clip(printable(text), WIDEST_NUMBER, cells);
}

type Mark = { readonly level: Level; readonly rule: string };

function marksOf(mistakes: readonly Mistake[], place: (mistake: Mistake) => SegmentPart): Map<SegmentPart, Mark> {
  const marks = new Map<SegmentPart, Mark>();
  for (const mistake of mistakes) {
    const part = place(mistake);
    const mark = marks.get(part);
    if (mark === undefined || (mark.level !== "error" && mistake.level === "error"))
      marks.set(part, { level: mistake.level, rule: mistake.rule });
  }
  return marks;
}

/** What stands below the arrow of a segment. */
export function remarksOf(
  replay: Replay,
  segment: number,
  mistakes: readonly Mistake[],
  { classes: told, numbers }: LabelOptions,
): Remark[] {
  const sent = replay.flow.segments[segment];
  if (sent === undefined) return [];
  const remarks: Remark[] = [];
  const { locale } = replay.flow;
  const texts = ladderTexts(locale);
  const known = replay.readings[segment]?.classes ?? [];
  const classes = [...known.map(textsOf(locale).className), ...(sent.old ? [texts.oldDuplicate] : [])];
  if (told && classes.length > 0) remarks.push({ role: "class", text: texts.list(classes) });
  if (sent.forgedBy !== undefined) {
    const source = replay.flow.endpoints[sent.from.endpoint]?.name ?? "?";
    remarks.push({ role: "source", text: texts.forged(printable(source)) });
  }
  if (sent.options.length > 0) {
    const mark = marksOf(mistakes, (mistake) => partOf(mistake.span, sent.places)).get("options");
    remarks.push({
      role: "options",
      text: sent.options
        .map((option) => optionText(option, (value) => numbers.field(segment, "ack", value)))
        .join(", "),
      ...mark,
    });
  }
  if (sent.data !== undefined) remarks.push({ role: "data", text: texts.quoted(printable(sent.data)) });
  if (sent.label !== undefined) remarks.push({ role: "label", text: printable(sent.label) });
  return remarks;
}

type Option = Replay["flow"]["segments"][number]["options"][number];

function optionText(option: Option, showNumber: (value: Num) => string | undefined): string {
  switch (option.kind) {
    case "mss":
    case "wscale":
      return `${option.kind} ${option.value}`;
    case "TS":
      return `TS val ${option.value} ecr ${option.echo}`;
    case "FO":
      return printable(`FO ${option.cookie}`);
    case "sack": {
      const show = (value: (typeof option.blocks)[number]["left"]) => showNumber(value) ?? "?";
      return `sack ${option.blocks.map((block) => `${show(block.left)}:${show(block.right)}`).join(" ")}`;
    }
    default:
      return option.kind;
  }
}
