/** The time from an edit to its new findings, through the built language server over standard input and output. */
import { spawn } from "node:child_process";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** Milliseconds of each of `edits` edits in the middle of a text. */
export async function measureEdits(text: string, edits: number): Promise<number[]> {
  const server = spawn(process.execPath, [new URL("../../dist/server.cjs", import.meta.url).pathname, "--stdio"]);
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  try {
    const uri = "file:///bench.tcpflow";
    let arrived = (_version: number | undefined) => {};
    connection.onNotification(PublishDiagnosticsNotification.type, ({ version }) => arrived(version));
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
    });
    await connection.sendNotification(InitializedNotification.type, {});

    const findings = () =>
      new Promise<void>((resolve) => {
        arrived = () => resolve();
      });
    let answer = findings();
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "tcpflow", version: 0, text },
    });
    await answer;

    const line = Math.floor(text.split("\n").length / 2);
    const place = { line, character: (text.split("\n")[line] ?? "").length };
    const taken: number[] = [];
    for (let version = 1; version <= edits + 10; version++) {
      // A digit more and a digit less in turn: each edit makes a mistake or mends it.
      const more = version % 2 === 1;
      const range = { start: place, end: more ? place : { line, character: place.character + 1 } };
      answer = findings();
      const start = performance.now();
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range, text: more ? "0" : "" }],
      });
      await answer;
      if (version > 10) taken.push(performance.now() - start);
    }
    return taken;
  } finally {
    connection.dispose();
    server.kill();
  }
}
