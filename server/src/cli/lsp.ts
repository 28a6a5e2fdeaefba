import { type Command, readArguments } from "./command.ts";

/** `tcpflowc lsp` */
export const lsp: Command = {
  name: "lsp",
  summary: "the language server, for any editor",
  help: `Usage: tcpflowc lsp --stdio

Speaks the Language Server Protocol on standard input and output.
`,
  run: async (args, io) => {
    readArguments(args, { stdio: { type: "boolean", default: true } });
    await io.startLanguageServer();
    return 0;
  },
};
