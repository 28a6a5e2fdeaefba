/** Captures as flows: what commands for flows make of capture files. */
import { basename } from "node:path";
import type { Judged } from "../flow/capture.ts";
import { socketText } from "../flow/capture-address.ts";
import { tellCapture } from "../flow/drawn-capture.ts";
import { NUMBERS, type Numbers } from "../flow/drawn-numbers.ts";
import { type DrawnConnection, type DrawnSocket, recordOf } from "../flow/drawn-record.ts";
import { write } from "../language/write.ts";
import { readFilter } from "./capture-filter.ts";
import { type CaptureChoice, checkCaptureFile, readVantage } from "./captures.ts";
import { readChoice } from "./command.ts";
import { type CaptureInput, readSources, reason, type Source, withText } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { amount } from "./reports.ts";

/** The options of commands that read captures as flows. */
export const CAPTURE_OPTIONS = {
  vantage: { type: "string", default: "auto" },
  filter: { type: "string" },
  connection: { type: "string" },
  numbers: { type: "string", default: "relative" },
} as const;

export const VANTAGE_HELP = `  --vantage client|server|middle|auto
                           where a capture was taken; told from its handshakes by default
`;

export const CAPTURE_HELP = `  --connection N           of a capture only this one; they count from 0, as Wireshark's tcp.stream
  --filter HOST:PORT       of a capture only what goes to or from there; HOST or :PORT alone will do
  --numbers absolute|relative|symbolic
                           as captured; from 0 (default); or from a symbol for each first number
`;

interface CaptureValues {
  readonly vantage: string;
  readonly filter?: string | undefined;
  readonly connection?: string | undefined;
  readonly numbers: string;
}

/** How a capture is read as a flow. */
interface CaptureTelling {
  readonly choice: CaptureChoice;
  readonly connection: number | undefined;
  readonly numbers: Numbers;
}

/** What the paths name; each capture is a flow, as `convert` writes it. */
export async function readFlows(
  paths: readonly string[],
  io: Io,
  stdinName: string | undefined,
  values: CaptureValues,
): Promise<{ sources: Source[]; complaints: string[] }> {
  const telling = readTelling(values);
  const { sources, captures, complaints } = await readSources(paths, io, stdinName, { captures: true });
  for (const capture of captures) {
    try {
      const { path } = capture;
      const text = await tellFile(capture, telling, io);
      sources.push(withText({ path, place: basename(path), byteOrderMark: false }, text));
    } catch (error) {
      complaints.push(`${capture.path}: ${reason(error)}`);
    }
  }
  return { sources, complaints };
}

function readTelling({ vantage, filter, connection, numbers }: CaptureValues): CaptureTelling {
  if (connection !== undefined && !/^\d{1,9}$/u.test(connection)) {
    throw new CannotRun(`--connection: "${connection}" is no number; connections count from 0`);
  }
  const filtered = filter === undefined ? {} : { filter: readFilter(filter) };
  return {
    choice: { vantage: readVantage(vantage), ...filtered },
    connection: connection === undefined ? undefined : Number(connection),
    numbers: readChoice("kind of numbers", numbers, NUMBERS),
  };
}

/** A text with more segments is of no use to anybody. */
const MOST_SEGMENTS = 2000;

/** The text of a capture. */
async function tellFile(
  input: CaptureInput,
  { choice, connection: wanted, numbers }: CaptureTelling,
  io: Io,
): Promise<string> {
  const connections = new Map<number, DrawnConnection>();
  let segments = 0;
  const onSegment = (judged: Judged): void => {
    if (wanted !== undefined && judged.connection !== wanted) return;
    if (++segments > MOST_SEGMENTS) return;
    const known = connections.get(judged.connection) ?? newConnection(judged);
    connections.set(judged.connection, known);
    known.vantage = judged.vantage;
    known.records.push(recordOf(judged));
  };
  const { problem, check } = await checkCaptureFile(input, { ...choice, onSegment }, new Map(), io);
  if (problem) throw new CannotRun(`${problem.message} (octet ${problem.offset})`);
  if (check.connections === 0) throw new CannotRun("no TCP segment in this capture");
  if (segments === 0) throw new CannotRun(`no connection ${wanted}; ${lastConnection(check.connections)}`);
  if (segments > MOST_SEGMENTS) {
    const which = wanted === undefined ? `; ${lastConnection(check.connections)}: pick one with --connection` : "";
    throw new CannotRun(`${amount(segments, "segment")} are too many for a text (${MOST_SEGMENTS} at most)${which}`);
  }
  const told = [...connections.values()];
  const remarks = told.map((connection) => remarkOn(connection, basename(input.path)));
  return write(tellCapture(told, { numbers, title: basename(input.path) }), remarks);
}

function lastConnection(count: number): string {
  return count === 1 ? "there is only connection 0" : `there are connections 0 to ${count - 1}`;
}

function newConnection({ connection, from, vantage, segment }: Judged): DrawnConnection {
  const sender = socketOf(socketText(segment, "source"));
  const receiver = socketOf(socketText(segment, "destination"));
  return { number: connection, vantage, records: [], sockets: from === 0 ? [sender, receiver] : [receiver, sender] };
}

function socketOf(text: string): DrawnSocket {
  const colon = text.lastIndexOf(":");
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

/** `10.0.0.1:40000 - 10.0.0.2:80, captured at the client` */
function remarkOn({ number, sockets, vantage }: DrawnConnection, file: string): string {
  const [one, two] = sockets.map(({ address, port }) => `${address}:${port}`);
  return `${file}, connection ${number}: ${one} - ${two}, captured ${vantage === "middle" ? "between them" : `at the ${vantage}`}`;
}
