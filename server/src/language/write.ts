/** Flow -> text that tells the same flow. */
import { DEFAULT_SETTINGS, type Endpoint, type Flow, type FlowEvent } from "../flow/flow.ts";
import { format } from "./format.ts";
import { parse } from "./parse.ts";
import { type Style, writeBody } from "./write-body.ts";
import { type Words, wordsOf, writeNumber, writeString, writeTime, writeVariables } from "./write-words.ts";

/** From the plainest: lines that follow each other, then at their times, then with each arrival on a line of its own. */
const STYLES: readonly Style[] = [
  { clock: "none", arrivals: false },
  { clock: "outside rounds", arrivals: false },
  { clock: "everywhere", arrivals: false },
  { clock: "everywhere", arrivals: true },
];

/**
 * The text of a flow, in the formatter's form: the plainest one in which everything happens in the same order and at
 * the same times, or the most exact one. `remarks` become comments at its top.
 */
export function write(flow: Flow, remarks: readonly string[] = []): string {
  const words = wordsOf(flow);
  const head = [...remarks.map((remark) => `// ${remark}`), ...writeHead(words)].join("\n");
  let closest = "";
  for (const style of STYLES) {
    const text = format(`${head}\n\n${writeBody(words, style).join("\n")}\n`);
    if (tellsSame(parse(text), flow)) return text;
    closest = text;
  }
  return closest;
}

/** Whether the same things happen to the same segments at the same times. */
function tellsSame(a: Flow, b: Flow): boolean {
  return a.events.length === b.events.length && a.events.every((event, i) => isSame(event, b.events[i]));
}

function isSame(a: FlowEvent, b: FlowEvent | undefined): boolean {
  if (b === undefined || a.kind !== b.kind || a.at !== b.at) return false;
  return !("segment" in a) || !("segment" in b) || a.segment === b.segment;
}

function writeHead(words: Words): string[] {
  const { title, endpoints, settings, definitions } = words.flow;
  const lines = title === undefined ? [] : [`title ${writeString(title)}`];
  const isPlain = endpoints.every(({ label, start, unchecked }) => !label && !start && !unchecked);
  if (isPlain && endpoints.length > 0) lines.push(`endpoint ${endpoints.map(({ name }) => name).join(", ")}`);
  else for (const endpoint of endpoints) lines.push(writeEndpoint(words, endpoint));
  for (const name of ["latency", "msl", "rto"] as const) {
    if (settings[name] !== DEFAULT_SETTINGS[name]) lines.push(`set ${name} = ${writeTime(settings[name])}`);
  }
  for (const name of ["mss", "window"] as const) {
    if (settings[name] !== undefined) lines.push(`set ${name} = ${settings[name]}`);
  }
  for (const { symbol, value } of definitions) lines.push(`let ${symbol} = ${writeNumber(words, value)}`);
  return lines;
}

function writeEndpoint(words: Words, { name, label, start, unchecked }: Endpoint): string {
  return [
    `endpoint ${name}`,
    label === undefined ? "" : ` as ${writeString(label)}`,
    start === undefined ? "" : ` is ${start.state}${writeVariables(words, start.variables)}`,
    unchecked ? " unchecked" : "",
  ].join("");
}
