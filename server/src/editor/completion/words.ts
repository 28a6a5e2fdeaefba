/** Words in their places: calls, timers, states, options, rules and the like. */
import { CompletionItemKind } from "vscode-languageserver";
import type { RuleId } from "../../flow/findings.ts";
import type { VariableName } from "../../flow/flow.ts";
import { nextCalls } from "../../flow/next-calls.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { pageOf } from "../../flow/rule-pages.ts";
import { RULE_IDS } from "../../flow/rules.ts";
import type { Block } from "../../tcp/block.ts";
import { isHidden, type Num, showNumber } from "../../tcp/numbers.ts";
import { STATES } from "../../tcp/states.ts";
import { entryText, stateText } from "../glossary/markdown.ts";
import {
  ARROW_ENTRIES,
  CALL_ENTRIES,
  type Entry,
  OPTION_ENTRIES,
  SETTING_ENTRIES,
  TIMER_ENTRIES,
  VARIABLE_ENTRIES,
  VERB_ENTRIES,
} from "../glossary/words.ts";
import { NOT_ON_PURPOSE } from "../refactor/annotations.ts";
import { editorTexts } from "../texts.ts";
import { type Here, nameOf, statesOf } from "./here.ts";
import type { Proposal } from "./proposal.ts";
import { asAuthors } from "./segment-text.ts";
import { showPassage } from "./why.ts";

function fromEntries(
  { flow: { locale } }: Here,
  entries: Readonly<Record<string, Entry>>,
  kind: CompletionItemKind,
): Proposal[] {
  return Object.entries(entries).map(([label, entry]) => ({
    label,
    kind,
    documentation: entryText(label, entry, locale),
  }));
}

/** Calls that succeed, those that change the state first; where the endpoint is not known yet, all. */
export function calls(here: Here, subject: string): Proposal[] {
  const endpoint = endpointOf(here, subject);
  const legal = endpoint === undefined ? [] : nextCalls(here.run, { endpoint, ...portOf(subject) });
  if (legal.length === 0) return fromEntries(here, CALL_ENTRIES, CompletionItemKind.Function);
  const { locale } = here.flow;
  const texts = editorTexts(locale);
  return legal.map((next) => {
    const passage = showPassage(next, texts);
    const meaning = entryText(next.name, CALL_ENTRIES[next.name], locale);
    return {
      label: next.name,
      kind: CompletionItemKind.Function,
      detail: passage,
      documentation: `${meaning}\n\n${texts.endPassage(subject, passage)}`,
    };
  });
}

export function timers(here: Here): Proposal[] {
  return fromEntries(here, TIMER_ENTRIES, CompletionItemKind.Event);
}

/** The state that the endpoint is in comes first. */
export function states(here: Here, subject: string): Proposal[] {
  const texts = editorTexts(here.flow.locale);
  const now = statesOf(here).find(({ name }) => name === subject.split(":")[0])?.state;
  const order = now === undefined ? STATES : [now, ...STATES.filter((state) => state !== now)];
  const known = order.map((state) => ({
    label: state,
    kind: CompletionItemKind.EnumMember,
    documentation: stateText(state, here.flow.locale),
    ...(state === now ? { detail: texts.asComputed } : {}),
  }));
  return [...known, { label: "?", kind: CompletionItemKind.EnumMember, detail: texts.blank }];
}

export function options(here: Here, used: readonly string[]): Proposal[] {
  const values: Readonly<Record<string, string>> = { mss: "mss 1460", wscale: "wscale 7", TS: "TS val 100 ecr 0" };
  return fromEntries(here, OPTION_ENTRIES, CompletionItemKind.Property)
    .filter(({ label }) => label === "nop" || !used.includes(label))
    .map((one) => ({ ...one, insert: values[one.label] ?? one.label }));
}

export function settings(here: Here): Proposal[] {
  return fromEntries(here, SETTING_ENTRIES, CompletionItemKind.Property).map((one) => ({
    ...one,
    insert: `${one.label} = `,
  }));
}

export function durations({ flow }: Here): Proposal[] {
  const texts = editorTexts(flow.locale);
  const words: readonly (readonly [string, string])[] = [
    ["2MSL", texts.timeWaitLength],
    ["RTO", texts.rtoNow],
    ["RTT", texts.twiceLatency],
    ["MSL", texts.lifetime],
    ["200ms", texts.ackDelay],
    ["1s", texts.second],
  ];
  return words.map(([label, detail]) => ({ label, kind: CompletionItemKind.Unit, detail }));
}

export function marks({ flow }: Here): Proposal[] {
  const texts = editorTexts(flow.locale);
  return [
    { label: "expect", insert: "expect(", kind: CompletionItemKind.Keyword, detail: texts.onPurpose },
    { label: "allow", insert: "allow(", kind: CompletionItemKind.Keyword, detail: texts.silentHere },
  ];
}

/** Those that the lines from this one on break come first, in the order of the text, mistakes before hints. */
export function rules({ flow: { locale }, lineStart }: Here, replay: Replay): Proposal[] {
  const broken = new Map<RuleId, string>();
  const gravest = (mild: boolean) =>
    replay.findings.filter(({ severity }) => (severity === "hint" || severity === "info") === mild);
  for (const { rule, message, span, statement } of [...gravest(false), ...gravest(true)])
    if (statement !== undefined && span.start >= lineStart && !broken.has(rule) && !NOT_ON_PURPOSE.has(rule))
      broken.set(rule, message);
  return [...broken.keys(), ...RULE_IDS.filter((rule) => !broken.has(rule))].map((label) => {
    const { what, rfc } = pageOf(label, locale);
    const documentation = rfc === undefined ? what : editorTexts(locale).withSection(what, rfc);
    const detail = broken.get(label);
    return { label, kind: CompletionItemKind.Constant, documentation, ...(detail === undefined ? {} : { detail }) };
  });
}

/** The rest of an assertion: the other endpoints, as they are. */
export function assertions(here: Here, listed: readonly string[]): Proposal[] {
  const others = statesOf(here).filter(({ name, alone }) => alone && !listed.includes(name));
  const whole = others.map(({ name, state }) => ({ label: `${name} is ${state}`, kind: CompletionItemKind.Event }));
  return [...whole, ...names(here, listed)];
}

/** What the sender holds above a hole, the blocks that arrived last first as RFC 2018 §4 wants them. */
export function sackBlocks(here: Here, sender: string): Proposal[] {
  const { run } = here;
  const show = (value: Num) => showNumber(value, asAuthors(run.symbols, run.flow));
  return (blockOf(here, sender)?.held ?? []).flatMap(({ start, end }) => {
    const [left, right] = [show(start), show(end)];
    if (left === undefined || right === undefined) return [];
    return [
      {
        label: `${left}:${right}`,
        kind: CompletionItemKind.Value,
        detail: editorTexts(here.flow.locale).heldAboveHole,
      },
    ];
  });
}

/** Letters of the flow that have no number yet. */
export function symbols({ run, flow }: Here): Proposal[] {
  const free = [...run.symbols.kinds].filter(
    ([name, { kind }]) => kind === "free" && !isHidden(name) && !flow.definitions.some((one) => one.symbol === name),
  );
  return free.map(([name], index) => ({
    label: `${name} = ${1000 + 4000 * index}`,
    kind: CompletionItemKind.Variable,
    detail: editorTexts(flow.locale).givesNumber(name),
  }));
}

/** Behind `repeat`: how often, and the block. */
export function counts(indent: string): Proposal[] {
  return ["2", "3", "10"].map((count) => ({
    label: count,
    kind: CompletionItemKind.Value,
    insert: `${count} {`,
    snippet: `${count} {\n${indent}  $0\n${indent}}`,
  }));
}

const SETTING_VALUES: Readonly<Record<string, readonly string[]>> = {
  latency: ["20ms", "40ms", "100ms"],
  msl: ["2min", "30s"],
  rto: ["1s", "200ms"],
  mss: ["1460", "536"],
  window: ["65535", "4096"],
};

export function settingValues(setting: string): Proposal[] {
  return (SETTING_VALUES[setting] ?? []).map((label) => ({ label, kind: CompletionItemKind.Value }));
}

export function verbs(here: Here, subject: string): Proposal[] {
  const flying = namedSegments(here).some((name) => name === subject);
  const words = fromEntries(here, VERB_ENTRIES, CompletionItemKind.Keyword);
  const ends = words.filter(({ label }) => label === "arrives" || label === "gets");
  if (flying) return ends.map((one) => (one.label === "gets" ? { ...one, label: "gets lost" } : one));
  const arrows = fromEntries(here, ARROW_ENTRIES, CompletionItemKind.Operator);
  return [...arrows, ...words.filter((one) => !ends.includes(one))];
}

export function endpointClauses({ flow }: Here): Proposal[] {
  const texts = editorTexts(flow.locale);
  const words = [
    ["is", texts.startState],
    ["as", texts.label],
    ["unchecked", texts.unchecked],
  ] as const;
  return words.map(([label, documentation]) => ({ label, kind: CompletionItemKind.Keyword, documentation }));
}

export function names({ flow }: Here, except: readonly string[]): Proposal[] {
  const free = flow.endpoints.filter(({ name }) => !except.includes(name));
  return free.map(({ name }) => ({ label: name, kind: CompletionItemKind.Variable }));
}

/** Variables of the block, with the numbers that they hold. */
export function variables(here: Here, subject: string): Proposal[] {
  return fromEntries(here, VARIABLE_ENTRIES, CompletionItemKind.Field).map((one) => {
    const value = heldBy(here, subject, one.label);
    return { ...one, insert: `${one.label}=${value ?? ""}`, ...(value === undefined ? {} : { detail: value }) };
  });
}

export function variableNumbers(here: Here, subject: string, variable: string): Proposal[] {
  const value = heldBy(here, subject, variable);
  return value === undefined
    ? []
    : [{ label: value, kind: CompletionItemKind.Value, detail: editorTexts(here.flow.locale).asComputed }];
}

const HELD: Readonly<Partial<Record<VariableName, (block: Block) => Num | undefined>>> = {
  "snd.una": ({ sndUna }) => sndUna,
  "snd.nxt": ({ sndNxt }) => sndNxt,
  "rcv.nxt": ({ rcvNxt }) => rcvNxt,
  iss: ({ iss }) => iss,
  irs: ({ irs }) => irs,
};

function heldBy(here: Here, subject: string, variable: string): string | undefined {
  const { run } = here;
  const block = blockOf(here, subject);
  const value = block && Object.entries(HELD).find(([name]) => name === variable)?.[1](block);
  return value && showNumber(value, asAuthors(run.symbols, run.flow));
}

/** Of the newest connection of an endpoint, as the author names it. */
function blockOf(here: Here, subject: string): Block | undefined {
  const { run } = here;
  const end = run.connections.ends.findLastIndex(
    ({ self }) => subject === nameOf(here, self) || subject === nameOf(here, { endpoint: self.endpoint }),
  );
  return run.ends[end]?.block;
}

/** Segments that have been given a name before the place. */
function namedSegments({ run }: Here): readonly string[] {
  const sent = run.flow.events.flatMap((event) => (event.kind === "send" ? [event.segment] : []));
  return [...new Set(sent.flatMap((index) => run.flow.segments[index]?.name ?? []))];
}

/** Those that are still in the network. */
export function flyingSegments({ run }: Here): readonly string[] {
  return run.flow.segments.flatMap(({ name }, index) =>
    name !== undefined && run.fates[index] === "under way" ? [name] : [],
  );
}

function endpointOf({ flow }: Here, subject: string): number | undefined {
  const index = flow.endpoints.findIndex(({ name }) => name === subject.split(":")[0]);
  return index < 0 ? undefined : index;
}

function portOf(subject: string): { port?: number } {
  const port = subject.split(":")[1];
  return port === undefined ? {} : { port: Number(port) };
}

/** Behind `arrives` and `gets`. */
export function ways({ flow }: Here, word: "again" | "lost"): Proposal[] {
  const texts = editorTexts(flow.locale);
  const detail = word === "again" ? texts.secondCopy : texts.itNeverArrives;
  return [{ label: word, kind: CompletionItemKind.Keyword, detail }];
}
