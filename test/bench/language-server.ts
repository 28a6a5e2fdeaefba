/** A language server as an editor has it: a program, spoken to over its standard input and output. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  CompletionRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** A place in the open document; the text there changes back and forth. */
export interface Toggle {
  readonly at: Position;
  /** One line at most. */
  readonly inserted: string;
}

export interface RunningServer {
  /** From the start of the program to its answer to `initialize`, in milliseconds. */
  readonly started: number;
  /** Closes what is open, and waits until the problems of the text are there. */
  open(text: string): Promise<void>;
  /** Inserts the text, or takes it out again; the promise is about the problems of the text as it then is. */
  toggle(toggle: Toggle): Promise<{ readonly shown: Promise<void> }>;
  /** Both give the number of characters in the answer. */
  complete(position: Position): Promise<number>;
  hover(position: Position): Promise<number>;
  /** The most memory that it has had so far, in MiB. */
  peak(): number;
  /** The processor time of its main thread so far, in milliseconds: what else the machine does is not in it. */
  worked(): number;
  stop(): Promise<void>;
}

/** @param settings sent as the user's settings once the server runs */
export async function runLanguageServer(
  program: readonly string[],
  languageId: string,
  settings: object,
): Promise<RunningServer> {
  const start = performance.now();
  const server = spawn(process.execPath, program, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let uri = "";
  let told = () => {};
  connection.onNotification(PublishDiagnosticsNotification.type, (problems) => {
    if (problems.uri === uri) told();
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
  });
  const started = performance.now() - start;
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidChangeConfigurationNotification.type, { settings });

  let [opened, version] = [0, 0];
  const inserted = new Set<Toggle>();
  const problems = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  return {
    started,
    open: async (text) => {
      if (uri !== "")
        await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
      uri = `file:///bench-${++opened}.${languageId}`;
      const shown = problems();
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version, text },
      });
      await shown;
    },
    toggle: async (toggle) => {
      const { at, inserted: text } = toggle;
      const isThere = inserted.delete(toggle);
      if (!isThere) inserted.add(toggle);
      const lines = text.split("\n");
      const last = lines.at(-1) ?? "";
      const behind = {
        line: at.line + lines.length - 1,
        character: (lines.length === 1 ? at.character : 0) + last.length,
      };
      const shown = problems();
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: at, end: isThere ? behind : at }, text: isThere ? "" : text }],
      });
      return { shown };
    },
    complete: async (position) =>
      sizeOf(await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position })),
    hover: async (position) =>
      sizeOf(await connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position })),
    peak: () => Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024,
    worked: () => Number(readFileSync(`/proc/${server.pid}/task/${server.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6,
    stop: async () => {
      const ended = once(server, "exit");
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      await ended;
      connection.dispose();
    },
  };
}

function sizeOf(answer: unknown): number {
  return answer === null ? 0 : JSON.stringify(answer).length;
}
