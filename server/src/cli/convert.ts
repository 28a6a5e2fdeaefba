import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { wholeFile } from "../formats/markdown.ts";
import { type CapturePoint, writePcap } from "../formats/pcap-writer.ts";
import { renderMermaid } from "../ladder/mermaid.ts";
import { format } from "../language/format.ts";
import { CAPTURE_HELP, CAPTURE_OPTIONS, readFlows } from "./capture-text.ts";
import { readVantage } from "./captures.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { convertInPlace, tellDiagrams } from "./diagrams.ts";
import { cannotWrite, type Source } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { replayFence } from "./reports.ts";
import { scriptFor } from "./scripts.ts";

const SOURCES = ["tcpflow", "md", "mdx", "mmd", "pcap", "pcapng", "pkt", "txt"] as const;
const FORMATS = ["tcpflow", "pcap", "mmd", "pkt"] as const;

/** What is written, and from where a capture sees it. */
interface Wanted {
  readonly to: (typeof FORMATS)[number];
  readonly point: CapturePoint;
  /** The end that a script tests. */
  readonly test: string;
}

/** `tcpflowc convert` */
export const convert: Command = {
  name: "convert",
  summary: {
    en: "turn flows into captures or Mermaid diagrams, and these into flows",
    "zh-cn": "在交互与抓包文件、Mermaid 图之间转换",
  },
  help: {
    en: `Usage: tcpflowc convert [options] IN -o OUT
       tcpflowc convert PATH… --in-place [--dry-run]

IN is a .tcpflow file, a Markdown file with one flow, a Mermaid sequence diagram (.mmd, or the only one that
shows TCP in a Markdown file), a packetdrill script (.pkt), a capture (.pcap, .pcapng, or .txt and .log as tcpdump -n and tshark print it),
or - for standard input.

  -o, --output FILE        - for standard output (not for captures)
  --in-place               turn the Mermaid diagrams of Markdown files that show TCP into tcpflow fences
  --dry-run                with --in-place: show the difference and change nothing
  --from tcpflow|md|mdx|mmd|pcap|pcapng|pkt|txt
                           how standard input is read; files are read by their ending
  --to tcpflow|pcap|mmd|pkt
                           else by the ending of FILE
  --test client|server|NAME
                           the end that a packetdrill script tests (server)
  --vantage client|server|middle|auto
                           where the capture was taken, told from its handshakes by default; or where
                           the capture that is written is taken: an end sees its own segments leave
                           and the others arrive, middle (default) sees every segment when it leaves
${CAPTURE_HELP.en}`,
    "zh-cn": `用法：tcpflowc convert [选项] 输入 -o 输出
      tcpflowc convert 路径… --in-place [--dry-run]

输入可以是 .tcpflow 文件、含有一个交互的 Markdown 文件、Mermaid 时序图（.mmd，或 Markdown 文件中唯一描述 TCP 的图）、
packetdrill 脚本（.pkt）、抓包文件（.pcap、.pcapng，或 tcpdump -n、tshark 输出的 .txt、.log），标准输入写作 -。

  -o, --output FILE        标准输出写作 -（抓包文件除外）
  --in-place               把 Markdown 文件中描述 TCP 的 Mermaid 图改为 tcpflow 代码块
  --dry-run                与 --in-place 合用：只显示差异，不修改文件
  --from tcpflow|md|mdx|mmd|pcap|pcapng|pkt|txt
                           标准输入的读法；文件按扩展名决定读法
  --to tcpflow|pcap|mmd|pkt
                           默认取自 FILE 的扩展名
  --test client|server|NAME
                           packetdrill 脚本测试的一端（server）
  --vantage client|server|middle|auto
                           读抓包文件时指抓包位置，默认根据握手推断；写抓包文件时指在哪里抓包：
                           在一端可看到自己的报文段发出、对方的报文段到达；
                           middle（默认）看到每个报文段发出
${CAPTURE_HELP["zh-cn"]}`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      output: { type: "string", short: "o" },
      from: { type: "string", default: "tcpflow" },
      to: { type: "string" },
      test: { type: "string", default: "server" },
      "in-place": { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      ...CAPTURE_OPTIONS,
    });
    const { output } = values;
    const dryRun = values["dry-run"];
    if (values["in-place"]) {
      if (output !== undefined) throw new CannotRun((texts) => texts.inPlaceOutput);
      return convertInPlace(positionals, { dryRun }, io);
    }
    if (dryRun) throw new CannotRun((texts) => texts.dryRunAlone);
    if (output === undefined) throw new CannotRun((texts) => texts.nameOutput);
    const wanted: Wanted = {
      to: values.to === undefined ? formatOf(output) : readChoice("format", values.to, FORMATS),
      point: pointOf(readVantage(values.vantage)),
      test: values.test,
    };
    const from = readChoice("format", values.from, SOURCES);
    const { sources, complaints } = await readFlows(positionals, io, `stdin.${from}`, values, {
      diagrams: true,
      printed: true,
    });
    if (complaints.length > 0) throw new CannotRun((texts) => texts.complaints(complaints));
    const [source, ...more] = sources;
    if (source === undefined || more.length > 0) throw new CannotRun((texts) => texts.oneFile("convert"));
    const content = convertSource(source, wanted, io);
    if (output !== "-") await write(resolve(io.cwd, output), content);
    else if (typeof content === "string") io.stdout(content);
    else throw new CannotRun((texts) => texts.noCaptureToStdout);
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
  if (known === undefined) throw new CannotRun((texts) => texts.sayTo(path, FORMATS));
  return known;
}

function convertSource(source: Source, { to, point, test }: Wanted, io: Io): string | Uint8Array {
  const told = source.flows.length > 0 ? [] : tellDiagrams(source, io.locale);
  for (const remark of told.flatMap(({ remarks }) => remarks)) io.stderr(`${remark}\n`);
  const [fence, ...more] = told.length > 0 ? told.map(({ text }) => wholeFile(text)) : source.flows;
  if (fence === undefined) throw new CannotRun((texts) => texts.noFlow(source.path));
  if (more.length > 0) throw new CannotRun((texts) => texts.convertsOne(source.path, more.length + 1));
  switch (to) {
    case "pcap":
      return writePcap(replayFence(fence, io.locale), point);
    case "mmd":
      return renderMermaid(replayFence(fence, io.locale));
    case "pkt":
      return scriptFor(replayFence(fence, io.locale), test, io);
    case "tcpflow":
      return format(fence.text);
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
