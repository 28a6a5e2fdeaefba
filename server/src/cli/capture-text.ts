/** Captures as flows: what commands for flows make of capture files. */
import { basename } from "node:path";
import { tellCapture } from "../flow/drawn-capture.ts";
import { collectConnections, MOST_SEGMENTS, remarkOn } from "../flow/drawn-connections.ts";
import { NUMBERS, type Numbers } from "../flow/drawn-numbers.ts";
import type { ForLocales } from "../flow/locale.ts";
import { write } from "../language/write.ts";
import { readFilter } from "./capture-filter.ts";
import { type CaptureChoice, checkCaptureFile, readVantage } from "./captures.ts";
import { readChoice } from "./command.ts";
import { type CaptureInput, complaintAbout, readSources, type Source, withText } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { tellScript } from "./scripts.ts";

/** The options of commands that read captures as flows. */
export const CAPTURE_OPTIONS = {
  vantage: { type: "string", default: "auto" },
  filter: { type: "string" },
  connection: { type: "string" },
  numbers: { type: "string", default: "relative" },
} as const;

export const VANTAGE_HELP: ForLocales<string> = {
  en: `  --vantage client|server|middle|auto
                           where a capture was taken; told from its handshakes by default
`,
  "zh-cn": `  --vantage client|server|middle|auto
                           抓包位置；默认根据握手推断
`,
};

export const CAPTURE_HELP: ForLocales<string> = {
  en: `  --connection N           of a capture only this one; they count from 0, as Wireshark's tcp.stream
  --filter HOST:PORT       of a capture only what goes to or from there; HOST or :PORT alone will do
  --numbers absolute|relative|symbolic
                           as captured; from 0 (default); or from a symbol for each first number
`,
  "zh-cn": `  --connection N           只取抓包文件中的这个连接；从 0 开始编号，与 Wireshark 的 tcp.stream 相同
  --filter HOST:PORT       只取抓包文件中与此有关的报文段；也可只写 HOST 或 :PORT
  --numbers absolute|relative|symbolic
                           序号按原值；从 0 开始（默认）；或从代表初始序号的符号开始
`,
};

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

/** What the paths name; each capture and each script is a flow, as `convert` writes it. */
export async function readFlows(
  paths: readonly string[],
  io: Io,
  stdinName: string | undefined,
  values: CaptureValues,
  { diagrams = false, printed = false } = {},
): Promise<{ sources: Source[]; complaints: string[] }> {
  const telling = readTelling(values);
  const read = await readSources(paths, io, stdinName, {
    captures: true,
    diagrams,
    printed,
  });
  const { captures, complaints } = read;
  const sources = read.sources.map((source) => (source.kind === "script" ? tellScript(source, io) : source));
  for (const capture of captures) {
    try {
      const { path } = capture;
      const text = await tellFile(capture, telling, io);
      sources.push(withText({ path, place: basename(path), byteOrderMark: false }, text));
    } catch (error) {
      complaints.push(complaintAbout(capture.path, error, io));
    }
  }
  return { sources, complaints };
}

function readTelling({ vantage, filter, connection, numbers }: CaptureValues): CaptureTelling {
  if (connection !== undefined && !/^\d{1,9}$/u.test(connection)) {
    throw new CannotRun((texts) => texts.noConnectionNumber(connection));
  }
  const filtered = filter === undefined ? {} : { filter: readFilter(filter) };
  return {
    choice: { vantage: readVantage(vantage), ...filtered },
    connection: connection === undefined ? undefined : Number(connection),
    numbers: readChoice("kind of numbers", numbers, NUMBERS),
  };
}

/** The text of a capture. */
async function tellFile(
  input: CaptureInput,
  { choice, connection: wanted, numbers }: CaptureTelling,
  io: Io,
): Promise<string> {
  const collection = collectConnections(wanted);
  const { problem, check } = await checkCaptureFile(input, { ...choice, onSegment: collection.take }, new Map(), io);
  const { connections, segments } = collection;
  if (problem) throw new CannotRun((texts) => texts.withOctet(problem.message, problem.offset));
  if (check.connections === 0) throw new CannotRun((texts) => (choice.filter ? texts.nothingFits : texts.noSegment));
  if (segments === 0) throw new CannotRun((texts) => texts.noConnection(wanted, check.connections));
  if (segments > MOST_SEGMENTS) {
    throw new CannotRun((texts) => {
      const text = texts.tooManySegments(segments, MOST_SEGMENTS);
      return wanted === undefined ? texts.pickConnection(text, check.connections) : text;
    });
  }
  const remarks = connections.map((connection) => remarkOn(connection, basename(input.path), io.locale));
  return write(tellCapture(connections, { numbers, title: basename(input.path), locale: io.locale }), remarks);
}
