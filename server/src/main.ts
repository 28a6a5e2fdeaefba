/** The language server as a Node program: over IPC, or `--stdio`. */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./editor/server.ts";

startServer(createConnection(ProposedFeatures.all));
