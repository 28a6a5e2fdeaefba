import { applyEdits } from "../flow/mend.ts";
import { editInFile } from "../formats/markdown.ts";
import { format } from "../language/format.ts";
import { type Command, readArguments } from "./command.ts";
import { complaintAbout, readSources, type Source, writeSource } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { cliTexts } from "./texts.ts";

/** `tcpflowc format` */
export const formatCommand: Command = {
  name: "format",
  summary: { en: "bring flows into the usual form", "zh-cn": "把交互整理成通常的格式" },
  help: {
    en: `Usage: tcpflowc format [options] PATH…

Rewrites .tcpflow files, and the \`\`\`tcpflow fences of Markdown files, in place.
With - it reads standard input and writes the result to standard output.

  --check                  change nothing; name the files that would change and exit with 1
  --stdin-filename NAME    what standard input is called; its ending says how it is read
`,
    "zh-cn": `用法：tcpflowc format [选项] 路径…

就地改写 .tcpflow 文件和 Markdown 文件中的 \`\`\`tcpflow 代码块。
路径写作 - 时读取标准输入，结果写到标准输出。

  --check                  不作改动；列出需要改动的文件，并以 1 退出
  --stdin-filename NAME    标准输入的文件名；按扩展名决定读法
`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      check: { type: "boolean", default: false },
      "stdin-filename": { type: "string" },
    });
    const isStdin = positionals.includes("-");
    if (isStdin && positionals.length > 1) {
      throw new CannotRun((texts) => texts.standsAlone);
    }
    const { sources, complaints } = await readSources(positionals, io, values["stdin-filename"]);
    const formatted = sources.map((source) => ({ source, text: formatSource(source) }));
    const changed = formatted.filter(({ source, text }) => text !== source.text);
    if (values.check) for (const { source } of changed) io.stdout(`${source.path}\n`);
    else if (isStdin) for (const { text } of formatted) io.stdout(text);
    else for (const { source, text } of changed) complaints.push(...(await rewrite(source, text, io)));
    for (const complaint of complaints) io.stderr(`tcpflowc: ${complaint}\n`);
    if (complaints.length > 0) return 2;
    return values.check && changed.length > 0 ? 1 : 0;
  },
};

/** Writes a file anew; gives the complaint where that fails. */
async function rewrite(source: Source, text: string, io: Io): Promise<string[]> {
  try {
    await writeSource(source, text, io);
    io.stderr(`${cliTexts(io.locale).formatted(source.path)}\n`);
    return [];
  } catch (error) {
    return [complaintAbout(source.path, error, io)];
  }
}

/** The file with every flow in it formatted. */
function formatSource(source: Source): string {
  const edits = source.flows.flatMap((fence) => {
    const newText = format(fence.text);
    const edit = { span: { start: 0, end: fence.text.length }, newText };
    return newText === fence.text ? [] : [editInFile(source.text, fence, edit)];
  });
  return applyEdits(source.text, edits);
}
