import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type CapturePoint, writePcap } from "../formats/pcap-writer.ts";
import { format } from "../language/format.ts";
import { CAPTURE_HELP, CAPTURE_OPTIONS, readFlows } from "./capture-text.ts";
import { readVantage } from "./captures.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { reason, type Source } from "./inputs.ts";
import { CannotRun } from "./io.ts";
import { replayFence } from "./reports.ts";

const SOURCES = ["tcpflow", "md", "mdx", "pcap", "pcapng"] as const;
const FORMATS = ["tcpflow", "pcap"] as const;

/** What is written, and from where a capture sees it. */
interface Wanted {
  readonly to: (typeof FORMATS)[number];
  readonly point: CapturePoint;
}

/** `tcpflowc convert` */
export const convert: Command = {
  name: "convert",
  summary: "turn flows into captures, and captures into flows",
  help: `Usage: tcpflowc convert [options] IN -o OUT

IN is a .tcpflow file, a Markdown file with one flow, a capture (.pcap, .pcapng), or - for standard input.

  -o, --output FILE        - for standard output (not for captures)
  --from tcpflow|md|mdx|pcap|pcapng
                           how standard input is read; files are read by their ending
  --to tcpflow|pcap        else by the ending of FILE
  --vantage client|server|middle|auto
                           where the capture was taken, told from its handshakes by default; or where
                           the capture that is written is taken: an end sees its own segments leave
                           and the others arrive, middle (default) sees every segment when it leaves
${CAPTURE_HELP}`,
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      output: { type: "string", short: "o" },
      from: { type: "string", default: "tcpflow" },
      to: { type: "string" },
      ...CAPTURE_OPTIONS,
    });
    const { output } = values;
    if (output === undefined) throw new CannotRun("convert: name the file to write with -o, or - for standard output");
    const wanted: Wanted = {
      to: values.to === undefined ? formatOf(output) : readChoice("format", values.to, FORMATS),
      point: pointOf(readVantage(values.vantage)),
    };
    const from = readChoice("format", values.from, SOURCES);
    const { sources, complaints } = await readFlows(positionals, io, `stdin.${from}`, values);
    if (complaints.length > 0) throw new CannotRun(complaints.join("; "));
    const [source, ...more] = sources;
    if (source === undefined || more.length > 0) throw new CannotRun("convert takes one file at a time");
    const content = convertSource(source, wanted);
    if (output !== "-") await write(resolve(io.cwd, output), content);
    else if (typeof content === "string") io.stdout(content);
    else throw new CannotRun("a capture is no text for standard output; name a file with -o");
    return 0;
  },
};

function pointOf(vantage: ReturnType<typeof readVantage>): CapturePoint {
  return vantage === "auto" ? "middle" : vantage;
}

/** By the ending of a file name. */
function formatOf(path: string): Wanted["to"] {
  const ending = extname(path).slice(1).toLowerCase();
  const known = FORMATS.find((name) => name === ending);
  if (known === undefined) throw new CannotRun(`-o ${path}: say with --to what to write (${FORMATS.join(", ")})`);
  return known;
}

function convertSource(source: Source, { to, point }: Wanted): string | Uint8Array {
  const [fence, ...more] = source.flows;
  if (fence === undefined) throw new CannotRun(`${source.path}: no flow in this file`);
  if (more.length > 0) throw new CannotRun(`${source.path}: ${source.flows.length} flows; convert takes one`);
  return to === "pcap" ? writePcap(replayFence(fence), point) : format(fence.text);
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new CannotRun(`${path}: ${reason(error)}`);
  }
}
