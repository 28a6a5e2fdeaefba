/** An editor's side of the protocol: the built server as a program, spoken to over its stdio or as it is reached elsewhere. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  InlayHintRefreshRequest,
  type MessageReader,
  type MessageWriter,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  RegistrationRequest,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { TextDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { PICTURE_REQUEST, type Picture, type PictureParams } from "../../server/src/editor/picture-request.ts";

const SERVER = join(import.meta.dirname, "../../dist/server.cjs");

export interface Client {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult["capabilities"];
  /** The methods that the server asked to be told about, or to be asked for. */
  readonly registered: readonly string[];
  /** What the server asked to be asked for anew. */
  readonly refreshed: readonly string[];
  open(text: string, language?: Language): Promise<OpenFlow>;
  /** Changes the user's settings of `tcpflow`. */
  configure(settings: object): Promise<void>;
  /** What the server printed where nobody should have to look. */
  printed(): string;
  /** Ends the server as the protocol says; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Each with the ending of its files. */
const ENDINGS = { tcpflow: "tcpflow", markdown: "md", mdx: "mdx", plaintext: "mdx" };

type Language = keyof typeof ENDINGS;

/** A document that the client has open. */
export interface OpenFlow {
  readonly uri: string;
  text(): string;
  /** The first place of some words in the text. */
  rangeOf(words: string): Range;
  /** What the server says about the text as it stands. */
  diagnostics(): Promise<readonly Diagnostic[]>;
  picture(theme?: PictureParams["theme"], line?: number): Promise<Picture | null>;
  /** The actions offered at some words of the text. */
  actions(words: string, only?: string): Promise<CodeAction[]>;
  actionsAt(range: Range, only?: string): Promise<CodeAction[]>;
  /** Changes the text as an editor would; one change each, the last one first. */
  edit(edits: readonly TextEdit[]): Promise<void>;
  close(): Promise<void>;
}

/** A server that runs. */
export interface RunningServer {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** What it printed where nobody should have to look. */
  printed(): string;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

/** The built server as a program. */
export function startOnNode(): RunningServer {
  const child = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
  let printed = "";
  child.stderr.on("data", (data) => {
    printed += String(data);
  });
  return {
    reader: new StreamMessageReader(child.stdout),
    writer: new StreamMessageWriter(child.stdin),
    printed: () => printed,
    ended: once(child, "exit").then(([code]) => code),
  };
}

/**
 * @param settings the answer when the server asks for the user's settings of `tcpflow`
 * @param locale the display language
 * @param dynamicRegistration whether the client can be asked to tell of something
 */
export async function startServer(
  settings: object | ResponseError<void> = {},
  initializationOptions: object = {},
  locale = "en",
  server: RunningServer = startOnNode(),
  dynamicRegistration = true,
): Promise<Client> {
  const connection = createProtocolConnection(server.reader, server.writer);
  const published = new Map<string, readonly Diagnostic[]>();
  const registered: string[] = [];
  const refreshed: string[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    published.set(uri, diagnostics);
  });
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
  });
  connection.onRequest(InlayHintRefreshRequest.type, () => {
    refreshed.push("inlay hints");
  });
  connection.onRequest(CodeLensRefreshRequest.type, () => {
    refreshed.push("code lenses");
  });
  connection.onRequest(ConfigurationRequest.method, () => (settings instanceof ResponseError ? settings : [settings]));
  // Whoever still waits for an answer is told that none will come.
  server.ended.then(() => connection.dispose());
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    initializationOptions,
    locale,
    capabilities: {
      textDocument: {
        formatting: { dynamicRegistration },
        rangeFormatting: { dynamicRegistration },
        completion: { completionItem: { snippetSupport: true } },
      },
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration },
        didChangeWatchedFiles: { dynamicRegistration },
        inlayHint: { refreshSupport: true },
        codeLens: { refreshSupport: true },
      },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  let opened = 0;
  return {
    connection,
    capabilities,
    registered,
    refreshed,
    printed: server.printed,
    open: async (text, languageId = "tcpflow") => {
      opened += 1;
      const document = TextDocument.create(`file:///flows/${opened}.${ENDINGS[languageId]}`, languageId, 1, text);
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: document.uri, languageId, version: 1, text },
      });
      return openFlow(connection, published, document);
    },
    configure: (changed) =>
      connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { tcpflow: changed } }),
    stop: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      return server.ended;
    },
  };
}

function openFlow(
  connection: ProtocolConnection,
  published: ReadonlyMap<string, readonly Diagnostic[]>,
  document: TextDocument,
): OpenFlow {
  const { uri } = document;
  const rangeOf = (words: string) => {
    const start = document.getText().indexOf(words);
    if (start < 0) throw new Error(`“${words}” is not in the text`);
    return { start: document.positionAt(start), end: document.positionAt(start + words.length) };
  };
  const picture = (theme: PictureParams["theme"] = "light", line?: number) => {
    const params: PictureParams = { textDocument: { uri }, theme, ...(line === undefined ? {} : { line }) };
    return connection.sendRequest<Picture | null>(PICTURE_REQUEST, params);
  };
  const actionsAt = async (range: Range, only?: string) => {
    const answer = await connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only === undefined ? {} : { only: [only] }) },
    });
    return (answer ?? []).filter((action): action is CodeAction => "edit" in action);
  };
  return {
    uri,
    text: () => document.getText(),
    rangeOf,
    picture,
    diagnostics: async () => {
      // The answer comes after everything that the server has to say about the edits before.
      await picture();
      return published.get(uri) ?? [];
    },
    actions: (words, only) => actionsAt(rangeOf(words), only),
    actionsAt,
    edit: async (edits) => {
      // Of edits at one place, insertions come first in the list: so they are made last.
      const lastFirst = edits
        .toReversed()
        .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start));
      const contentChanges = lastFirst.map(({ range, newText }) => ({ range, text: newText }));
      TextDocument.update(document, contentChanges, document.version + 1);
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: document.version },
        contentChanges,
      });
    },
    close: () => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
  };
}
