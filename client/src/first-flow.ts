/** When the language server is needed: not for Markdown in which nobody draws a flow. */
import * as vscode from "vscode";

/** Calls `start` once, as soon as a flow is open, be it in a fence. */
export function onFirstFlow(start: () => void): vscode.Disposable {
  const listeners: vscode.Disposable[] = [];
  const stop = () => {
    for (const listener of listeners.splice(0)) listener.dispose();
  };
  const look = (document: vscode.TextDocument) => {
    if (listeners.length === 0 || !holdsFlow(document)) return;
    stop();
    start();
  };
  listeners.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  vscode.workspace.textDocuments.forEach(look);
  return { dispose: stop };
}

/** `.mdx` is a language of its own, plain text, or what another extension makes of it. */
function holdsFlow(document: vscode.TextDocument): boolean {
  if (document.languageId === "tcpflow") return true;
  return vscode.languages.match(MARKDOWN, document) > 0 && FLOW.test(document.getText());
}

/** A fence, or a Mermaid diagram that may become one. */
const FLOW = /tcpflow|sequenceDiagram[\s\S]*\b(?:SYN|FIN)\b/iu;

/** The documents that may have flows in fences. */
export const MARKDOWN = [{ language: "markdown" }, { language: "mdx" }, { pattern: "**/*.mdx" }];
