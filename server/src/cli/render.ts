import { mkdir, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { CAPTURE_HELP, CAPTURE_OPTIONS, readFlows, VANTAGE_HELP } from "./capture-text.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { drawFiles, type Manner, type Picture, writePicture } from "./draw-files.ts";
import { DRAWING_HELP, DRAWING_OPTIONS, drawingOptions } from "./drawing-options.ts";
import { cannotWrite, type Source } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { drawerOf, ENDINGS, PICTURE_FORMATS, type PictureFormat, type PictureOptions } from "./picture-formats.ts";
import { countErrors, mentionErrors, replayFence } from "./reports.ts";
import { cliTexts } from "./texts.ts";

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
  --format svg|png|text|rfc|mermaid|html
                           rfc is the form of RFC 9293's figures; html a page to step through, in
                           which the blanks are boxes that say whether an answer is right;
                           else by the ending of FILE (.svg, .png, .txt, .rfc, .mmd, .html), else svg
  --theme auto|light|dark  colours; auto (the default) follows the reader's system, a PNG is light then
  --scale N                pixels of a PNG for each pixel of the picture; 2 by default
  --stdin-filename NAME    what standard input is called; its ending says how it is read
${DRAWING_HELP.en}${VANTAGE_HELP.en}${CAPTURE_HELP.en}`,
    "zh-cn": `用法：tcpflowc render [选项] 路径…

路径可以是 .tcpflow、Markdown 或抓包文件（.pcap、.pcapng）、文件夹、模式（如
"docs/**/*.md"），标准输入写作 -。
没有 -o 时，一个交互写到标准输出。

  -o, --output FILE|DIR    FILE 用于一个交互；在文件夹 DIR 中每个交互各有一个文件：
                           close.tcpflow 画成 close.svg，notes.md 画成 notes-1.svg、notes-2.svg …
  --format svg|png|text|rfc|mermaid|html
                           rfc 是 RFC 9293 插图的形式；html 是可逐步播放的网页，空白处是输入框，
                           会说明答案是否正确；默认取自 FILE 的扩展名
                           （.svg、.png、.txt、.rfc、.mmd、.html），否则为 svg
  --theme auto|light|dark  颜色；auto（默认）随读者的系统而定，PNG 则为浅色
  --scale N                PNG 的像素数与图中像素数之比；默认为 2
  --stdin-filename NAME    标准输入的文件名；按扩展名决定读法
${DRAWING_HELP["zh-cn"]}${VANTAGE_HELP["zh-cn"]}${CAPTURE_HELP["zh-cn"]}`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      output: { type: "string", short: "o" },
      format: { type: "string" },
      "stdin-filename": { type: "string" },
      theme: { type: "string", default: "auto" },
      scale: { type: "string", default: "2" },
      ...DRAWING_OPTIONS,
      ...CAPTURE_OPTIONS,
    });
    const { output } = values;
    const options: PictureOptions = {
      ...drawingOptions(values),
      theme: readChoice("theme", values.theme, ["auto", "light", "dark"]),
      scale: readScale(values.scale),
    };
    const byEnding = output === undefined ? undefined : await formatOfFile(output, io);
    const format =
      values.format === undefined ? (byEnding ?? "svg") : readChoice("format", values.format, PICTURE_FORMATS);
    const { sources, complaints } = await readFlows(positionals, io, values["stdin-filename"], values);
    if (complaints.length > 0) throw new CannotRun((texts) => texts.complaints(complaints));
    const manner: Manner = { format, options, locale: io.locale };
    const errors =
      output !== undefined && byEnding === undefined
        ? await drawAll(output, sources, manner, io)
        : await drawOne(output, sources, manner, io);
    let next = 0;
    for (const source of sources) {
      mentionErrors(source, errors.slice(next, next + source.flows.length), io);
      next += source.flows.length;
    }
    return 0;
  },
};

const SCALES = { least: 0.1, most: 10 };

function readScale(value: string): number {
  const scale = value.trim() === "" ? Number.NaN : Number(value);
  if (scale >= SCALES.least && scale <= SCALES.most) return scale;
  throw new CannotRun((texts) => texts.noScale(value, SCALES.least, SCALES.most));
}

/** The format that a file name asks for; nothing if it is that of a folder. */
async function formatOfFile(path: string, io: Io): Promise<PictureFormat | undefined> {
  if (/[/\\]$/u.test(path)) return undefined;
  const ending = extname(path).toLowerCase();
  const format = PICTURE_FORMATS.find((name) => ENDINGS[name] === ending);
  const found = await stat(resolve(io.cwd, path)).catch(() => undefined);
  if (found?.isDirectory()) return undefined;
  if (format === undefined && (found !== undefined || ending !== "")) {
    throw new CannotRun((texts) => texts.cannotDraw(path, ending, Object.values(ENDINGS)));
  }
  return format;
}

/** Draws the only flow into a file, or onto standard output where none is named; the number of its errors. */
async function drawOne(
  path: string | undefined,
  sources: readonly Source[],
  { format, options, locale }: Manner,
  io: Io,
): Promise<number[]> {
  const [fence, ...more] = sources.flatMap(({ flows }) => flows);
  if (fence === undefined) throw new CannotRun((texts) => texts.noFlowInFiles);
  if (more.length > 0) throw new CannotRun((texts) => texts.notIntoOneFile(more.length + 1));
  const draw = await drawerOf(format, options);
  const replay = replayFence(fence, locale);
  const { content, scale } = await draw(replay);
  if (path !== undefined) {
    try {
      writePicture(resolve(io.cwd, path), content);
    } catch (error) {
      throw cannotWrite(path, error);
    }
    tellScale(path, scale, io);
  } else if (typeof content === "string") {
    io.stdout(content);
  } else {
    throw new CannotRun((texts) => texts.noImageToStdout);
  }
  return [countErrors(replay)];
}

/** Draws every flow into a folder; the number of errors in each. */
async function drawAll(folder: string, sources: readonly Source[], manner: Manner, io: Io): Promise<number[]> {
  const pictures = sources.flatMap((source) => picturesOf(source, ENDINGS[manner.format]));
  const places = new Set<string>();
  for (const { place } of pictures) {
    if (places.has(place)) throw new CannotRun((texts) => texts.samePlace(place));
    places.add(place);
  }
  const path = resolve(io.cwd, folder);
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw cannotWrite(folder, error);
  });
  const drawn = await drawFiles(pictures, path, manner, io);
  for (const { place, scale } of drawn) tellScale(place, scale, io);
  const complaint = drawn.find((one) => one.complaint !== undefined)?.complaint;
  if (complaint !== undefined) throw new CannotRun(() => complaint);
  io.stderr(`${cliTexts(io.locale).pictures(pictures.length, folder)}\n`);
  return drawn.map(({ errors }) => errors);
}

/** Where the flows of a source are drawn to. */
function picturesOf({ place, kind, flows }: Source, ending: string): Picture[] {
  const stem = place.slice(0, place.length - extname(place).length);
  return flows.map((fence, i) => ({ fence, place: `${stem}${kind === "markdown" ? `-${i + 1}` : ""}${ending}` }));
}

function tellScale(place: string, scale: number | undefined, { stderr, locale }: Io): void {
  if (scale !== undefined) stderr(`${cliTexts(locale).scaledDown(place, scale)}\n`);
}
