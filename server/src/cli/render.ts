import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import type { Locale } from "../flow/locale.ts";
import type { Replay } from "../flow/replay-types.ts";
import type { LayoutOptions } from "../ladder/layout.ts";
import { renderMermaid } from "../ladder/mermaid.ts";
import { renderRfc } from "../ladder/rfc.ts";
import { renderSvg } from "../ladder/svg.ts";
import { renderText } from "../ladder/text.ts";
import { CAPTURE_HELP, CAPTURE_OPTIONS, readFlows, VANTAGE_HELP } from "./capture-text.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { DRAWING_HELP, DRAWING_OPTIONS, drawingOptions } from "./drawing-options.ts";
import { cannotWrite, type Source } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { mentionErrors, replayFence } from "./reports.ts";
import { cliTexts } from "./texts.ts";

/** Each format with its file ending and what draws it. */
const FORMATS = {
  svg: { ending: ".svg", draw: renderSvg },
  text: { ending: ".txt", draw: renderText },
  rfc: { ending: ".rfc", draw: renderRfc },
  mermaid: { ending: ".mmd", draw: renderMermaid },
} as const;

type Format = keyof typeof FORMATS;

const FORMAT_NAMES = ["svg", "text", "rfc", "mermaid"] as const satisfies Format[];

/** `tcpflowc render` */
export const render: Command = {
  name: "render",
  summary: { en: "draw flows as ladder diagrams", "zh-cn": "把交互画成梯形图" },
  help: {
    en: `Usage: tcpflowc render [options] PATH…

PATH is a .tcpflow, Markdown or capture file (.pcap, .pcapng), a folder, a pattern such as
"docs/**/*.md", or - for standard input.
One flow goes to standard output unless -o says otherwise.

  -o, --output FILE|DIR    FILE for one flow; in DIR each flow gets a file of its own:
                           close.svg for close.tcpflow, notes-1.svg, notes-2.svg … for notes.md
  --format svg|text|rfc|mermaid
                           rfc is the form of RFC 9293's figures; else by the ending of FILE
                           (.svg, .txt, .rfc, .mmd), else svg
  --stdin-filename NAME    what standard input is called; its ending says how it is read
${DRAWING_HELP.en}${VANTAGE_HELP.en}${CAPTURE_HELP.en}`,
    "zh-cn": `用法：tcpflowc render [选项] 路径…

路径可以是 .tcpflow、Markdown 或抓包文件（.pcap、.pcapng）、文件夹、模式（如
"docs/**/*.md"），标准输入写作 -。
没有 -o 时，一个交互写到标准输出。

  -o, --output FILE|DIR    FILE 用于一个交互；在文件夹 DIR 中每个交互各有一个文件：
                           close.tcpflow 画成 close.svg，notes.md 画成 notes-1.svg、notes-2.svg …
  --format svg|text|rfc|mermaid
                           rfc 是 RFC 9293 插图的形式；默认取自 FILE 的扩展名
                           （.svg、.txt、.rfc、.mmd），否则为 svg
  --stdin-filename NAME    标准输入的文件名；按扩展名决定读法
${DRAWING_HELP["zh-cn"]}${VANTAGE_HELP["zh-cn"]}${CAPTURE_HELP["zh-cn"]}`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      output: { type: "string", short: "o" },
      format: { type: "string" },
      "stdin-filename": { type: "string" },
      ...DRAWING_OPTIONS,
      ...CAPTURE_OPTIONS,
    });
    const { output } = values;
    const options = drawingOptions(values);
    const byEnding = output === undefined ? undefined : await formatOfFile(output, io);
    const format =
      values.format === undefined ? (byEnding ?? "svg") : readChoice("format", values.format, FORMAT_NAMES);
    const { sources, complaints } = await readFlows(positionals, io, values["stdin-filename"], values);
    if (complaints.length > 0) throw new CannotRun((texts) => texts.complaints(complaints));
    const drawn = sources.map((source) => ({ source, pictures: picturesOf(source, format, options, io.locale) }));
    const pictures = drawn.flatMap((file) => file.pictures);
    if (output !== undefined && byEnding === undefined) {
      await writeAll(pictures, resolve(io.cwd, output));
      io.stderr(`${cliTexts(io.locale).pictures(pictures.length, output)}\n`);
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
    throw new CannotRun((texts) => texts.cannotDraw(path, ending));
  }
  return format;
}

function picturesOf(source: Source, format: Format, options: LayoutOptions, locale: Locale): Picture[] {
  const { ending, draw } = FORMATS[format];
  const stem = source.place.slice(0, source.place.length - extname(source.place).length);
  return source.flows.map((fence, i) => {
    const replay = replayFence(fence, locale);
    const place = stem + (source.kind === "markdown" ? `-${i + 1}` : "") + ending;
    return { place, replay, draw: () => draw(replay, options) };
  });
}

/** To a file, or to standard output where none is named. */
async function writeOne([picture, ...more]: readonly Picture[], path: string | undefined, io: Io): Promise<void> {
  if (picture === undefined) throw new CannotRun((texts) => texts.noFlowInFiles);
  if (more.length > 0) throw new CannotRun((texts) => texts.notIntoOneFile(more.length + 1));
  if (path === undefined) io.stdout(picture.draw());
  else write(resolve(io.cwd, path), picture.draw());
}

async function writeAll(pictures: readonly Picture[], folder: string): Promise<void> {
  const places = new Set<string>();
  for (const { place } of pictures) {
    if (places.has(place)) throw new CannotRun((texts) => texts.samePlace(place));
    places.add(place);
  }
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw cannotWrite(folder, error);
  });
  for (const { place, draw } of pictures) write(join(folder, place), draw());
}

/** At once: hundreds of small files take half of the time of waiting for each. */
function write(path: string, text: string): void {
  try {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
