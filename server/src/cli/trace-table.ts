/** `trace --format table`: a row an event, and in it only what the event changed. */
import stringWidth from "fast-string-width";
import type { Locale } from "../flow/locale.ts";
import type { End, Replay } from "../flow/replay-types.ts";
import type { Paint } from "./paint.ts";
import { type CliTexts, cliTexts } from "./texts.ts";
import { type TracedEvent, type TraceStep, traceSteps, type Variables } from "./trace-steps.ts";

interface Row {
  readonly cells: readonly string[];
  /** Lines below the row. */
  readonly remarks: readonly string[];
}

/** The table of one flow; `lineOf` gives the line of the file, from 0, of an offset of the flow. */
export function traceTable(replay: Replay, lineOf: (offset: number) => number, paint: Paint, locale: Locale): string {
  const texts = cliTexts(locale);
  const steps = traceSteps(replay);
  const columns = columnsOf(replay.ends, texts);
  const timed = steps.some((step) => step.at > 0);
  const rows: Row[] = [
    {
      cells: [texts.columns.line, ...(timed ? [texts.columns.time] : []), texts.columns.event, ...columns.heads].map(
        (cell) => paint("bold", cell),
      ),
      remarks: [],
    },
    { cells: ["", ...(timed ? [""] : []), "", ...columns.start], remarks: [] },
  ];
  let before: TraceStep | undefined;
  for (const step of steps) {
    rows.push({
      cells: [
        String(lineOf(step.offset) + 1),
        ...(timed ? [seconds(step.at)] : []),
        eventText(step.event, texts),
        ...columns.cells(before, step),
      ],
      remarks: step.findings
        .filter((finding) => !finding.expected)
        .map((finding) =>
          paint(finding.severity === "error" ? "red" : "yellow", texts.labelled(finding.rule, finding.message)),
        ),
    });
    before = step;
  }
  const title = replay.flow.title === undefined ? "" : `${paint("bold", replay.flow.title)}\n\n`;
  return title + layOut(rows);
}

interface Columns {
  readonly heads: readonly string[];
  readonly start: readonly string[];
  readonly cells: (before: TraceStep | undefined, step: TraceStep) => string[];
}

/** A column for each of two ends; more share one, in which each change names its end. */
function columnsOf(ends: readonly End[], texts: CliTexts): Columns {
  const changes = (before: TraceStep | undefined, step: TraceStep) =>
    ends.map((end) => change(end.key, end.start.state, before, step));
  if (ends.length <= 2) {
    return { heads: ends.map((end) => end.key), start: ends.map((end) => end.start.state), cells: changes };
  }
  return {
    heads: [texts.columns.changes],
    start: [""],
    cells: (before, step) => [
      changes(before, step)
        .flatMap((text, i) => (text === "" ? [] : [`${ends[i]?.key} ${text}`]))
        .join("; "),
    ],
  };
}

/** What a step changed at one end. */
function change(key: string, start: string, before: TraceStep | undefined, step: TraceStep): string {
  const state = step.states[key];
  if (state === undefined) return "";
  const was = before?.variables[key] ?? {};
  const is: Variables = step.variables[key] ?? {};
  const names = ["snd.una", "snd.nxt", "rcv.nxt"] as const;
  return [
    ...(state === (before?.states[key] ?? start) ? [] : [state]),
    ...names.filter((name) => is[name] !== undefined && is[name] !== was[name]).map((name) => `${name}=${is[name]}`),
  ].join(" ");
}

function eventText(event: TracedEvent, texts: CliTexts): string {
  const { kind, from, to, endpoint } = event;
  const fields = [
    event.flags?.join("+"),
    event.seq === undefined ? undefined : `seq=${event.seq}`,
    event.ack === undefined ? undefined : `ack=${event.ack}`,
    event.len === undefined || event.len === 0 ? undefined : `len=${event.len}`,
    ...(event.classes ?? []).map((name) => `[${texts.className(name)}]`),
  ];
  const segment = fields.filter((field) => field !== undefined && field !== "").join(" ");
  switch (kind) {
    case "send":
      return `${from} -> ${to}: ${segment}`;
    case "deliver":
      return `  ${texts.receives(to ?? "", segment)}`;
    case "lose":
      return `  ${texts.isLost(segment)}`;
    case "call":
      return `${endpoint} calls ${event.call}${event.octets === undefined ? "" : ` ${event.octets}`}`;
    case "timeout":
      return `${endpoint} timeout ${event.timer}`;
    case "crash":
      return `${endpoint} crashes`;
    case "wait":
      return `wait ${seconds(event.duration ?? 0)}`;
    case "elide":
      return "...";
    case "assert":
      return `${endpoint} is ${event.asserted ?? "?"}`;
  }
}

function seconds(duration: number): string {
  return `${Number(duration.toFixed(6))} s`;
}

/** Columns as wide as their widest cell, two blanks between them. */
function layOut(rows: readonly Row[]): string {
  const widths: number[] = [];
  for (const { cells } of rows) {
    for (const [i, cell] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, stringWidth(cell));
  }
  return rows
    .map(({ cells, remarks }) => {
      const line = cells.map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - stringWidth(cell))).join("  ");
      const below = remarks.map((remark) => `${" ".repeat((widths[0] ?? 0) + 2)}! ${remark}\n`);
      return `${line.trimEnd()}\n${below.join("")}`;
    })
    .join("");
}
