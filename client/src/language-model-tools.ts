/** What an assistant may call: the check of a flow that it wrote, and the page of a rule. */
import * as vscode from "vscode";
import { CHECK_REQUEST, type CheckAnswer, type CheckParams } from "../../server/src/editor/check/request.ts";
import { RULES } from "../../server/src/flow/rules.ts";
import type { Server } from "./language-client.ts";

export function languageModelTools(extensionUri: vscode.Uri, server: Server): vscode.Disposable[] {
  // Editors made from Visual Studio Code may have left this part out.
  if (vscode.lm?.registerTool === undefined) return [];
  return [
    vscode.lm.registerTool<CheckParams>("tcpflow_check", {
      prepareInvocation: () => ({ invocationMessage: vscode.l10n.t("Checking the TCP flow") }),
      invoke: async ({ input }, token) => {
        if (typeof input?.text !== "string") throw new Error("Give the flow as `text`.");
        const params: CheckParams = { text: input.text };
        return textResult(JSON.stringify(await server.request<CheckAnswer>(CHECK_REQUEST, params, token)));
      },
    }),
    vscode.lm.registerTool<{ readonly rule: string }>("tcpflow_explain", {
      prepareInvocation: () => ({ invocationMessage: vscode.l10n.t("Looking up a rule of TCP") }),
      invoke: async ({ input }) => {
        const rule = String(input?.rule);
        if (!Object.hasOwn(RULES, rule))
          throw new Error(`There is no rule "${rule}": ${Object.keys(RULES).join(", ")}.`);
        const page = vscode.Uri.joinPath(extensionUri, "docs", "rules", `${rule}.md`);
        return textResult(new TextDecoder().decode(await vscode.workspace.fs.readFile(page)));
      },
    }),
  ];
}

function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
