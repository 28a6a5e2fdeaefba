import { type Command, readArguments } from "./command.ts";

/** `tcpflowc lsp` */
export const lsp: Command = {
  name: "lsp",
  summary: { en: "the language server, for any editor", "zh-cn": "语言服务器，可用于任何编辑器" },
  help: {
    en: `Usage: tcpflowc lsp --stdio

Speaks the Language Server Protocol on standard input and output.
`,
    "zh-cn": `用法：tcpflowc lsp --stdio

通过标准输入和标准输出使用语言服务器协议（LSP）。
`,
  },
  run: async (args, io) => {
    readArguments(args, { stdio: { type: "boolean", default: true } });
    await io.runLanguageServer();
    return 0;
  },
};
