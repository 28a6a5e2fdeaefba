/** "New Flow from Template": flows to begin with, as files of the extension. */
import * as vscode from "vscode";

interface Template extends vscode.QuickPickItem {
  /** The file in `client/templates`, without its ending. */
  readonly file: string;
}

function templates(): Template[] {
  return [
    {
      file: "three-way-handshake",
      label: vscode.l10n.t("Three-way handshake"),
      detail: vscode.l10n.t("How a connection opens"),
    },
    {
      file: "four-way-close",
      label: vscode.l10n.t("Four-way close"),
      detail: vscode.l10n.t("How a connection ends: each stream with a FIN and its acknowledgment"),
    },
    {
      file: "simultaneous-open",
      label: vscode.l10n.t("Simultaneous open"),
      detail: vscode.l10n.t("Both ends call connect, and their SYNs cross"),
    },
    {
      file: "simultaneous-close",
      label: vscode.l10n.t("Simultaneous close"),
      detail: vscode.l10n.t("Both ends close, and their FINs cross"),
    },
    {
      file: "connection-refused",
      label: vscode.l10n.t("Connection refused"),
      detail: vscode.l10n.t("Nobody listens at the port"),
    },
    {
      file: "loss-and-retransmission",
      label: vscode.l10n.t("Loss and retransmission"),
      detail: vscode.l10n.t("A segment is lost, and its timer brings it again"),
    },
    {
      file: "fast-retransmit",
      label: vscode.l10n.t("Fast retransmit with SACK"),
      detail: vscode.l10n.t("Three duplicate acknowledgments tell of a loss before the timer does"),
    },
    {
      file: "zero-window",
      label: vscode.l10n.t("Zero window and probe"),
      detail: vscode.l10n.t("The receiver's buffer is full, and the sender may only probe"),
    },
    {
      file: "half-close",
      label: vscode.l10n.t("Half-close"),
      detail: vscode.l10n.t("One end has sent all, and goes on receiving"),
    },
    {
      file: "abort",
      label: vscode.l10n.t("Abort"),
      detail: vscode.l10n.t("A reset ends the connection at once"),
    },
  ];
}

/** The flow that the walkthrough has mended; nothing to begin with. */
const MISTAKE = "mistake";

/**
 * Opens a template as a new flow that has no file yet.
 * @param file as in a link that names the template; the author picks one if left out
 */
export async function newFromTemplate(extensionUri: vscode.Uri, file?: unknown): Promise<void> {
  const all = templates();
  const named = file === MISTAKE || all.some((one) => one.file === file) ? file : (await pick(all))?.file;
  if (named === undefined) return;
  const uri = vscode.Uri.joinPath(extensionUri, "client", "templates", `${named}.tcpflow`);
  await openNew(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
}

function pick(all: readonly Template[]): Thenable<Template | undefined> {
  return vscode.window.showQuickPick(all, {
    title: vscode.l10n.t("New Flow from Template"),
    placeHolder: vscode.l10n.t("What should the flow begin with?"),
    matchOnDetail: true,
  });
}

/** Opens a text as a flow that has no file yet. */
export async function openNew(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "tcpflow", content });
  // Not in place of what is only looked at, such as the walkthrough.
  await vscode.window.showTextDocument(document, { preview: false });
}
