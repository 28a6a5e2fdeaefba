import { type LineTable, lineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { type Fence, offsetInFile } from "../formats/markdown.ts";
import { CAPTURE_HELP, CAPTURE_OPTIONS, readFlows, VANTAGE_HELP } from "./capture-text.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import type { Source } from "./inputs.ts";
import { CannotRun } from "./io.ts";
import { jsonFinding } from "./json.ts";
import { painter } from "./paint.ts";
import { countErrors, mentionErrors, replayFence } from "./reports.ts";
import { traceSteps } from "./trace-steps.ts";
import { traceTable } from "./trace-table.ts";

const FORMATS = ["table", "json"] as const;

/** `tcpflowc trace` */
export const trace: Command = {
  name: "trace",
  summary: {
    en: "show the states and variables of both ends after every event",
    "zh-cn": "列出每个事件之后双方的状态和变量",
  },
  help: {
    en: `Usage: tcpflowc trace [options] PATH

PATH is a .tcpflow file, a Markdown file, a capture (.pcap, .pcapng), or - for standard input.

  --format table|json      table (default) for people, json for programs;
                           of a file with several flows, json is a list
  --stdin-filename NAME    what standard input is called; its ending says how it is read
${VANTAGE_HELP.en}${CAPTURE_HELP.en}
Lines of a capture are those of the text that \`tcpflowc convert\` makes of it.
`,
    "zh-cn": `用法：tcpflowc trace [选项] 路径

路径可以是 .tcpflow 文件、Markdown 文件、抓包文件（.pcap、.pcapng），标准输入写作 -。

  --format table|json      table（默认）供人阅读，json 供程序读取；
                           文件中有多个交互时，json 是列表
  --stdin-filename NAME    标准输入的文件名；按扩展名决定读法
${VANTAGE_HELP["zh-cn"]}${CAPTURE_HELP["zh-cn"]}
抓包文件的行号，是 \`tcpflowc convert\` 写出的文本的行号。
`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      format: { type: "string", default: "table" },
      "stdin-filename": { type: "string" },
      ...CAPTURE_OPTIONS,
    });
    const format = readChoice("format", values.format, FORMATS);
    const { sources, complaints } = await readFlows(positionals, io, values["stdin-filename"], values);
    if (complaints.length > 0) throw new CannotRun((texts) => texts.complaints(complaints));
    const [source, ...more] = sources;
    if (source === undefined || more.length > 0) throw new CannotRun((texts) => texts.oneFile("trace"));
    if (source.flows.length === 0) throw new CannotRun((texts) => texts.noFlow(source.path));
    const lines = lineTable(source.text);
    const traced = source.flows.map((fence) => ({ fence, replay: replayFence(fence, io.locale) }));
    mentionErrors(
      source,
      traced.map(({ replay }) => countErrors(replay)),
      io,
    );
    if (format === "json") {
      const all = traced.map(({ fence, replay }) => jsonTrace(source, lines, fence, replay));
      io.stdout(`${JSON.stringify(all.length === 1 ? all[0] : all)}\n`);
    } else {
      const paint = painter(io.colour);
      const tables = traced.map(({ fence, replay }) => traceTable(replay, lineNumbers(lines, fence), paint, io.locale));
      io.stdout(tables.join("\n"));
    }
    return 0;
  },
};

/** Gives the line of the file, from 0, of an offset of the flow. */
function lineNumbers(lines: LineTable, fence: Fence): (offset: number) => number {
  return (offset) => positionAt(lines, offsetInFile(fence, offset)).line;
}

/** `trace --format json`: other programs read it, so it changes only by what is added. */
function jsonTrace(source: Source, lines: LineTable, fence: Fence, replay: Replay) {
  const lineOf = lineNumbers(lines, fence);
  return {
    version: 1,
    title: replay.flow.title,
    endpoints: replay.flow.endpoints.map(({ name }) => name),
    steps: traceSteps(replay).map(({ event, offset, at, states, variables, findings }) => {
      const { kind, segment, classes, ...rest } = event;
      return {
        line: lineOf(offset),
        kind,
        segment,
        at,
        ...rest,
        states,
        variables,
        classes,
        findings: findings.map((finding) => jsonFinding(source, lines, fence, finding)),
      };
    }),
  };
}
