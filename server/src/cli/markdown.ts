import { extname } from "node:path";
import { drawText } from "../adapters/markdown-text.ts";
import { type Command, readArguments } from "./command.ts";
import { FIGURE_HELP, FIGURE_OPTIONS, figureOptions, tellFindings } from "./figure-options.ts";
import { readSources } from "./inputs.ts";
import { CannotRun } from "./io.ts";

/** `tcpflowc markdown` */
export const markdown: Command = {
  name: "markdown",
  summary: { en: "write Markdown with its flows drawn", "zh-cn": "输出画好交互的 Markdown" },
  help: {
    en: `Usage: tcpflowc markdown [options] FILE

Reads a Markdown file, or - for standard input, and writes it to standard output with an HTML figure in place of
each flow: for programs that make a page of it. What is wrong goes to standard error with its file and line, and an
error ends with exit code 1 and without output.

  --stdin-filename NAME    what standard input is called in messages
${FIGURE_HELP.en}`,
    "zh-cn": `用法：tcpflowc markdown [选项] 文件

读取一个 Markdown 文件（标准输入写作 -），把每个交互换成 HTML 图后写到标准输出，
供其他程序生成页面。问题连同文件和行号写到标准错误；
有错误时退出码为 1，没有输出。

  --stdin-filename NAME    消息中标准输入的名称
${FIGURE_HELP["zh-cn"]}`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { "stdin-filename": { type: "string" }, ...FIGURE_OPTIONS });
    const options = figureOptions(values, io);
    const { sources, complaints } = await readSources(positionals, io, "stdin.md");
    if (complaints.length > 0) throw new CannotRun((texts) => texts.complaints(complaints));
    const [source, ...more] = sources;
    if (source === undefined || more.length > 0) throw new CannotRun((texts) => texts.oneMarkdown);
    if (!MARKDOWN.includes(extname(source.path).toLowerCase())) {
      throw new CannotRun((texts) => texts.about(source.path, texts.notReadHere(MARKDOWN)));
    }
    let place = 0;
    const { text, findings } = drawText(source.text, options, () => place++);
    const path = positionals[0] === "-" ? (values["stdin-filename"] ?? source.path) : source.path;
    const found = findings.map((one) => ({ ...one, path }));
    if (tellFindings(found, io) && values["keep-going"] !== true) return 1;
    io.stdout(text);
    return 0;
  },
};

/** MDX has no place for HTML as it is. */
const MARKDOWN = [".md", ".markdown"];
