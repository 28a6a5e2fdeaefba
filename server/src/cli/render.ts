import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import type { Replay } from "../flow/replay-types.ts";
import { renderSvg } from "../ladder/svg.ts";
import { renderText } from "../ladder/text.ts";
import { CAPTURE_HELP, CAPTURE_OPTIONS, readFlows, VANTAGE_HELP } from "./capture-text.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { reason, type Source } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { amount, mentionErrors, replayFence } from "./reports.ts";

/** Each format with its file ending and what draws it. */
const FORMATS = {
  svg: { ending: ".svg", draw: (replay: Replay) => renderSvg(replay) },
  text: { ending: ".txt", draw: (replay: Replay) => renderText(replay) },
} as const;

type Format = keyof typeof FORMATS;

const FORMAT_NAMES = ["svg", "text"] as const satisfies Format[];

/** `tcpflowc render` */
export const render: Command = {
  name: "render",
  summary: "draw flows as ladder diagrams",
  help: `Usage: tcpflowc render [options] PATH…

PATH is a .tcpflow, Markdown or capture file (.pcap, .pcapng), a folder, a pattern such as
"docs/**/*.md", or - for standard input.
One flow goes to standard output unless -o says otherwise.

  -o, --output FILE|DIR    FILE for one flow; in DIR each flow gets a file of its own:
                           close.svg for close.tcpflow, notes-1.svg, notes-2.svg … for notes.md
  --format svg|text        else by the ending of FILE (.svg, .txt), else svg
  --stdin-filename NAME    what standard input is called; its ending says how it is read
${VANTAGE_HELP}${CAPTURE_HELP}`,
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      output: { type: "string", short: "o" },
      format: { type: "string" },
      "stdin-filename": { type: "string" },
      ...CAPTURE_OPTIONS,
    });
    const { output } = values;
    const byEnding = output === undefined ? undefined : await formatOfFile(output, io);
    const format =
      values.format === undefined ? (byEnding ?? "svg") : readChoice("format", values.format, FORMAT_NAMES);
    const { sources, complaints } = await readFlows(positionals, io, values["stdin-filename"], values);
    if (complaints.length > 0) throw new CannotRun(complaints.join("; "));
    const drawn = sources.map((source) => ({ source, pictures: picturesOf(source, format) }));
    const pictures = drawn.flatMap((file) => file.pictures);
    if (output !== undefined && byEnding === undefined) {
      await writeAll(pictures, resolve(io.cwd, output));
      io.stderr(`${amount(pictures.length, "picture")} in ${output}\n`);
    } else {
      await writeOne(pictures, output, io);
    }
    for (const { source, pictures } of drawn) {
      mentionErrors(
        source,
        pictures.map(({ replay }) => replay),
        io,
      );
    }
    return 0;
  },
};

/** Where a flow is drawn to, below the folder of the output. */
interface Picture {
  readonly place: string;
  readonly replay: Replay;
  readonly draw: () => string;
}

/** The format that a file name asks for; nothing if it is that of a folder. */
async function formatOfFile(path: string, io: Io): Promise<Format | undefined> {
  if (/[/\\]$/u.test(path)) return undefined;
  const ending = extname(path).toLowerCase();
  const format = FORMAT_NAMES.find((name) => FORMATS[name].ending === ending);
  const found = await stat(resolve(io.cwd, path)).catch(() => undefined);
  if (found?.isDirectory()) return undefined;
  if (format === undefined && (found !== undefined || ending !== "")) {
    throw new CannotRun(`-o ${path}: cannot draw "${ending}"; .svg and .txt are known`);
  }
  return format;
}

function picturesOf(source: Source, format: Format): Picture[] {
  const { ending, draw } = FORMATS[format];
  const stem = source.place.slice(0, source.place.length - extname(source.place).length);
  return source.flows.map((fence, i) => {
    const replay = replayFence(fence);
    const place = stem + (source.kind === "markdown" ? `-${i + 1}` : "") + ending;
    return { place, replay, draw: () => draw(replay) };
  });
}

/** To a file, or to standard output where none is named. */
async function writeOne([picture, ...more]: readonly Picture[], path: string | undefined, io: Io): Promise<void> {
  if (picture === undefined) throw new CannotRun("no flow in these files");
  if (more.length > 0) throw new CannotRun(`${more.length + 1} flows do not go into one file; name a folder with -o`);
  if (path === undefined) io.stdout(picture.draw());
  else await write(resolve(io.cwd, path), picture.draw());
}

async function writeAll(pictures: readonly Picture[], folder: string): Promise<void> {
  const places = new Set<string>();
  for (const { place } of pictures) {
    if (places.has(place)) throw new CannotRun(`two flows would be drawn to ${place}; render their folders one by one`);
    places.add(place);
  }
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new CannotRun(`${folder}: ${reason(error)}`);
  });
  for (const { place, draw } of pictures) await write(join(folder, place), draw());
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new CannotRun(`${path}: ${reason(error)}`);
  }
}
