/** `tcpflow.config.json` of the open folders: its severities hold where the author's settings say nothing. */
import { parse } from "jsonc-parser";
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import type { Server } from "./language-client.ts";

const NAME = "tcpflow.config.json";

/** Severities by rule, as somebody wrote them: anything may be in them. */
type Rules = Readonly<Record<string, unknown>>;

/** Gives the server the settings with what the project says, whenever it asks or either changes. */
export const configured: Middleware = {
  workspace: {
    configuration: async (params, token, next) => {
      const values = await next(params, token);
      if (!Array.isArray(values)) return values;
      const rules = await projectRules();
      return values.map((value, index) =>
        params.items[index]?.section === "tcpflow" ? withRules(value, rules) : value,
      );
    },
  },
};

/** Tells the server when a configuration comes, changes or goes. */
export function watchConfiguration(server: Server): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${NAME}`);
  const tell = async () => {
    const settings = withRules(vscode.workspace.getConfiguration().get("tcpflow"), await projectRules());
    server.notify("workspace/didChangeConfiguration", { settings: { tcpflow: settings } });
  };
  const changed = () => void tell();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("tcpflow")) changed();
    }),
  );
}

/** Of several folders the first that says something about a rule has the last word. */
async function projectRules(): Promise<Rules> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(({ uri }) => rulesIn(vscode.Uri.joinPath(uri, NAME))));
  return Object.assign({}, ...found.toReversed());
}

async function rulesIn(uri: vscode.Uri): Promise<Rules> {
  try {
    const config: unknown = parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    return isRecord(config) && isRecord(config.rules) ? config.rules : {};
  } catch {
    // There is none.
    return {};
  }
}

function withRules(settings: unknown, rules: Rules): unknown {
  if (!isRecord(settings)) return { rules };
  return { ...settings, rules: { ...rules, ...(isRecord(settings.rules) ? settings.rules : {}) } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
