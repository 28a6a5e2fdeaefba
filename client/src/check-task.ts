/** The task `tcpflow`: runs the bundled `tcpflowc check` on files of the workspace, on the Node that VS Code has. */
import { type ChildProcess, spawn } from "node:child_process";
import { isAbsolute, relative } from "node:path";
import * as vscode from "vscode";

const TYPE = "tcpflow";
const MATCHER = "$tcpflowc";

/** As in `tasks.json`, so anything may be in it. */
interface CheckDefinition extends vscode.TaskDefinition {
  /** Files, folders and patterns; all of the folder if left out. */
  readonly paths?: readonly string[];
  /** Options of `tcpflowc check`. */
  readonly args?: readonly string[];
}

export function registerCheckTask(extensionUri: vscode.Uri): vscode.Disposable {
  const program = vscode.Uri.joinPath(extensionUri, "dist", "tcpflowc.mjs").fsPath;
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? []).map((folder) => checkTask(program, { type: TYPE }, folder)),
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
      return folder === undefined ? undefined : checkTask(program, definition, folder);
    },
  });
}

function checkTask(program: string, definition: CheckDefinition, folder: vscode.WorkspaceFolder): vscode.Task {
  const { paths = ["."], args = [] } = definition;
  const cwd = folder.uri.fsPath;
  // The problem matcher takes what is printed for places in the folder.
  const inFolder = paths.map((path) => (isAbsolute(path) ? relative(cwd, path) || "." : path));
  const run = () =>
    spawn(process.execPath, [program, "check", ...args, ...inFolder], {
      cwd,
      // The program is Electron on the desktop, and Node itself on a server.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const execution = new vscode.CustomExecution(async () => terminal(run));
  const task = new vscode.Task(definition, folder, "check", "tcpflowc", execution, MATCHER);
  task.group = vscode.TaskGroup.Build;
  task.detail = vscode.l10n.t("Check the flows and captures of the folder");
  return task;
}

/** In milliseconds. A window that reads the lines of a task stops soon after its end, though it may be behind. */
const LINES_ARE_READ = 500;

/** A terminal that shows what a program prints: with pipes, since Electron is no console program on Windows. */
function terminal(run: () => ChildProcess): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  let child: ChildProcess | undefined;
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      child = run();
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding("utf8");
        stream?.on("data", (text: string) => written.fire(text.replaceAll("\n", "\r\n")));
      }
      child.once("error", ({ message }) => {
        written.fire(`${message}\r\n`);
        closed.fire(2);
      });
      child.once("close", (code) => setTimeout(() => closed.fire(code ?? 2), LINES_ARE_READ));
    },
    close: () => child?.kill(),
  };
}
