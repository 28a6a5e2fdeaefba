/** The language server as a Node program: over IPC, or `--stdio`. */
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./editor/server.ts";

// Every edit makes a new syntax tree and drops the old one. V8 would give both generations far more memory than that needs:
// a heap of twice the size in use is enough, and a nursery that stays small costs no time either.
setFlagsFromString("--heap-growing-percent=100 --semi-space-growth-factor=1");

startServer(createConnection(ProposedFeatures.all));
