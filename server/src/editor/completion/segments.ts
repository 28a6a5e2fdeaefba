/** Segments as proposals: whole lines, what stands behind the arrow or the colon, and single numbers. */
import { CompletionItemKind } from "vscode-languageserver";
import type { NextSegment } from "../../flow/next-segments.ts";
import { takesNumbers } from "../../flow/next-segments.ts";
import { FLAG_NAMES, flagNames } from "../../tcp/flags.ts";
import { entryText } from "../glossary/markdown.ts";
import { FIELD_ENTRIES, FLAG_ENTRIES } from "../glossary/words.ts";
import { type EditorTexts, editorTexts } from "../texts.ts";
import { type Here, nameOf } from "./here.ts";
import type { Place } from "./place.ts";
import type { Proposal } from "./proposal.ts";
import { restOf, textOf } from "./segment-text.ts";
import { detailOf, lossOf, reasonOf } from "./why.ts";

type At<Kind extends Place["kind"]> = Extract<Place, { kind: Kind }>;

/** Every segment that may come next; behind the likeliest one, its loss. */
export function segmentLines(here: Here): Proposal[] {
  const lines = here.next.map((next) => line(here, next, "->"));
  const first = here.next.find(takesNumbers);
  if (first === undefined) return lines;
  const lost = line(here, first, "-x");
  const words = editorTexts(here.flow.locale).isLostHere(nameOf(here, first.to));
  const at = Math.min(lines.length, 4);
  return [...lines.slice(0, at), { ...lost, detail: words, documentation: lossOf(here, first) }, ...lines.slice(at)];
}

function line(here: Here, next: NextSegment, arrow: string): Proposal {
  return described(here, next, `${nameOf(here, next.from)} ${arrow} ${nameOf(here, next.to)}: ${rest(here, next)}`);
}

function rest(here: Here, next: NextSegment): string {
  return restOf(textOf(next, here.run, here.style), here.style);
}

function described(here: Here, next: NextSegment, label: string): Proposal {
  return { label, kind: CompletionItemKind.Event, detail: detailOf(here, next), documentation: reasonOf(here, next) };
}

/** Behind the name of its sender: the rest of each line. */
export function segmentRests(here: Here, subject: string): Proposal[] {
  return segmentLines(here).flatMap((one) =>
    one.label.startsWith(`${subject} `) ? [{ ...one, label: one.label.slice(subject.length + 1) }] : [],
  );
}

/** Behind the arrow: who may be sent what, then the names alone. */
export function receivers(here: Here, { sender }: At<"receiver">): Proposal[] {
  const whole = here.next
    .filter(({ from }) => nameOf(here, from) === sender)
    .map((next) => described(here, next, `${nameOf(here, next.to)}: ${rest(here, next)}`));
  const names = here.flow.endpoints.filter(({ name }) => name !== sender.split(":")[0]);
  return [
    ...whole,
    ...names.map(({ name }) => ({ label: name, kind: CompletionItemKind.Variable, insert: `${name}: ` })),
  ];
}

function between(here: Here, { sender, receiver }: { readonly sender: string; readonly receiver: string }) {
  return here.next.filter(({ from, to }) => nameOf(here, from) === sender && nameOf(here, to) === receiver);
}

/** Behind the colon: what may be sent, with its numbers; then the flags alone; then the names of single flags. */
export function flags(here: Here, place: At<"flags">, colonTouches: boolean): Proposal[] {
  const legal = between(here, place);
  const blank = colonTouches ? " " : "";
  const whole = legal.map((next) => described(here, next, rest(here, next)));
  const alone = legal.map((next) => described(here, next, textOf(next, here.run, here.style).flags));
  const single = FLAG_NAMES.map((name) => ({
    label: name,
    kind: CompletionItemKind.EnumMember,
    documentation: entryText(name, FLAG_ENTRIES[name], here.flow.locale),
  }));
  return [...whole, ...alone, ...(legal.length === 0 ? single : [])].map((one) => ({
    ...one,
    insert: `${blank}${one.label}`,
  }));
}

/** The proposals that have just the flags written; else all of this direction, whose numbers are mostly the same. */
function withFlags(here: Here, place: At<"field" | "number">): readonly NextSegment[] {
  const all = between(here, place);
  const written = place.flags
    .split(/[+\-/,]/u)
    .toSorted()
    .join();
  const same = all.filter((next) => flagNames(next.flags).toSorted().join() === written);
  if (same.length > 0) return same;
  return all.filter(({ purpose }) => purpose !== "open" && purpose !== "answer" && purpose !== "repeat").slice(0, 1);
}

/** Behind the flags: all numbers at once, then each field that is not there yet. */
export function fields(here: Here, place: At<"field">): Proposal[] {
  const { locale } = here.flow;
  const found: Proposal[] = [];
  const likely = withFlags(here, place);
  const written = { ...here.style, seq: true, ack: true };
  for (const next of likely) {
    const text = textOf(next, here.run, here.style);
    const missing = restOf(text, written)
      .split(" ")
      .slice(1)
      .filter((part) => !place.fields.some((name) => part.startsWith(`${name}=`)));
    if (missing.length > 1 || (missing.length > 0 && place.fields.length === 0))
      found.push(described(here, next, missing.join(" ")));
  }
  for (const name of ["seq", "ack", "len"] as const) {
    if (place.fields.includes(name) || (name === "ack" && !place.flags.includes("ACK"))) continue;
    for (const next of likely) {
      const value = textOf(next, here.run, here.style)[name];
      if (value !== undefined)
        found.push({ ...described(here, next, `${name}=${value}`), kind: CompletionItemKind.Field });
    }
    found.push(field(`${name}=`, FIELD_ENTRIES[name].means[locale]));
  }
  if (!place.fields.includes("win")) found.push(field("win=", FIELD_ENTRIES.win.means[locale]));
  if (!place.fields.includes("data")) found.push(field('data="', FIELD_ENTRIES.data.means[locale]));
  return [...found, ...clauses(editorTexts(locale))];
}

function field(label: string, documentation: string): Proposal {
  return { label, kind: CompletionItemKind.Field, documentation };
}

function clauses(texts: EditorTexts): readonly Proposal[] {
  return [
    ["<", texts.optionList],
    ["as", texts.asName],
    ["takes", texts.takes],
    ["old", texts.old],
    ["spoofing", texts.spoofing],
  ].map(([label = "", documentation = ""]) => ({ label, kind: CompletionItemKind.Keyword, documentation }));
}

/** Behind `seq=` and the like: the right number first. */
export function numbers(here: Here, place: At<"number">): Proposal[] {
  const likely = withFlags(here, place);
  if (place.field === "win") return windows(here);
  if (place.field !== "seq" && place.field !== "ack" && place.field !== "len") return [];
  const { field: name } = place;
  const found: Proposal[] = [];
  for (const next of likely) {
    const value = textOf(next, here.run, here.style)[name];
    if (value !== undefined) found.push({ ...described(here, next, value), kind: CompletionItemKind.Value });
  }
  if (name === "len" && found.length === 0) found.push({ label: "100", kind: CompletionItemKind.Value });
  found.push({ label: "?", kind: CompletionItemKind.Value, detail: editorTexts(here.flow.locale).blank });
  return found;
}

function windows({ run }: Here): Proposal[] {
  const known = run.flow.segments.flatMap(({ win }) => (win === undefined ? [] : [win]));
  return [...new Set([...known.slice(-4).toReversed(), 65535, 0])].map((win) => ({
    label: String(win),
    kind: CompletionItemKind.Value,
  }));
}
