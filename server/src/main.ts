/** The language server as a Node program: over IPC, or `--stdio`. */
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./editor/server.ts";

// Every edit makes a new syntax tree and drops the old one: a heap of twice the size in use is enough, V8 allows four times.
setFlagsFromString("--heap-growing-percent=100");

startServer(createConnection(ProposedFeatures.all));
