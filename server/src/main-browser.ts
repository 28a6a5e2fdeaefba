/** The language server in a web worker, which speaks with the page or worker that started it. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "./editor/server.ts";

startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)));
