/** The connections of captures as flows that nobody has to save: documents of a scheme of their own, made when they are opened. */
import * as vscode from "vscode";
import { CAPTURE_REQUEST, type CaptureAnswer, type CaptureParams } from "../../../server/src/editor/capture/request.ts";
import type { Server } from "../language-client.ts";
import { readCapture } from "./read.ts";

const SCHEME = "tcpflow-capture";

/** The flow of a connection of a capture. */
export function flowUri(capture: vscode.Uri, connection: number): vscode.Uri {
  const { path, scheme, authority } = capture;
  // Beside the capture, so that what is saved of it is offered to stand there.
  return vscode.Uri.from({ scheme: SCHEME, authority, path: `${path}-${connection}.tcpflow`, query: scheme });
}

/** Where what is made of a flow belongs: a flow of a capture has no folder of its own. */
export function placeOf(flow: vscode.Uri): vscode.Uri {
  return flow.scheme === SCHEME ? flow.with({ scheme: flow.query, query: "" }) : flow;
}

export function registerCaptureFlows(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri, token) => {
      const [, path, connection] = /^(.*)-(\d+)\.tcpflow$/.exec(uri.path) ?? [];
      if (path === undefined) return "";
      const capture = placeOf(uri).with({ path });
      const params: CaptureParams = { ...(await readCapture(capture)), connection: Number(connection) };
      const answer = await server.request<CaptureAnswer>(CAPTURE_REQUEST, params, token);
      if (answer.kind === "problem") throw new Error(answer.message);
      return answer.kind === "flow" ? answer.text : "";
    },
  });
}
