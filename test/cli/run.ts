/** Runs `tcpflowc` in this process, on real files in a folder of its own. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Io } from "../../server/src/cli/io.ts";
import { main } from "../../server/src/cli/run.ts";
import type { Locale } from "../../server/src/flow/locale.ts";

const MAIN = new URL("../../server/src/cli/main.ts", import.meta.url).href;

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Folder {
  readonly path: string;
  /** Runs a command line in the folder; on one thread if nothing else is said. */
  readonly run: (
    args: readonly string[],
    options?: { stdin?: string | Uint8Array; colour?: boolean; locale?: Locale; threads?: number; starter?: string },
  ) => Promise<Run>;
  readonly read: (path: string) => Promise<string>;
}

/** A folder with these files, which is gone after the test. */
export async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "tcpflowc-"));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return {
    path,
    read: (name) => readFile(join(path, name), "utf8"),
    run: async (args, { stdin = "", colour = false, locale = "en", threads = 1, starter = MAIN } = {}) => {
      let stdout = "";
      let stderr = "";
      const io: Io = {
        locale,
        cwd: path,
        stdout: (text) => {
          stdout += text;
        },
        stderr: (text) => {
          stderr += text;
        },
        async *stdin() {
          yield typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
        },
        colour,
        threads,
        program: MAIN,
        starter,
        runLanguageServer: () => Promise.reject(new Error("not part of these tests")),
      };
      return { code: await main(args, io), stdout, stderr };
    },
  };
}

/** Nothing to find. */
export const RIGHT = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

/** One mistake, on the second line: ack should be x+1. */
export const WRONG = RIGHT.replace("seq=y ack=x+1", "seq=y ack=x");

/** Enough to be worth several threads. */
const WORDS = `/* ${"What one may say about a flow. ".repeat(700)}*/`;

/** Notes in Markdown with a flow; some have a mistake, some a diagram of Mermaid, one is no text. */
export function notes(count: number): Record<string, string | Uint8Array> {
  const flows = [RIGHT, WRONG, `${WRONG}\n@expect(illegal-flags)\nclient -> server: SYN+FIN\n`];
  const files = Array.from({ length: count }, (_, i): [string, string] => [
    `notes/${String(i).padStart(3, "0")}.md`,
    `# Note ${i}\n\n\`\`\`tcpflow\n${flows[i % flows.length]}${WORDS}\n\`\`\`\n\n\`\`\`mermaid
sequenceDiagram
a->>b: SYN seq=${i}
b->>a: SYN+ACK seq=7 ack=${i + (i % 5 === 0 ? 0 : 1)}
\`\`\`
`,
  ]);
  return { ...Object.fromEntries(files), "notes/broken.md": Uint8Array.of(0xff, 0) };
}
