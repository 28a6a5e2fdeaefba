/** Of a capture: the connections in it, above the picture of the one that is chosen, and what was found in that. */
import type { ConnectionOverview } from "../../../../server/src/editor/capture/request.ts";
import type { CaptureWords, FromPage, ToPage } from "../messages.ts";
import { element, make } from "./dom.ts";
import { fill } from "./texts.ts";

export interface CaptureList {
  /** Shows the connections of the capture. */
  load(capture: Extract<ToPage, { kind: "capture" }>): void;
  /** Marks the connection that is shown. */
  mark(connection: number): void;
  readonly chosen: number | undefined;
}

export function createCaptureList(tell: (message: FromPage) => void): CaptureList {
  let all: readonly ConnectionOverview[] = [];
  let packet = "";
  let chosen: number | undefined;
  const rows = make("div", "connections");
  rows.setAttribute("role", "radiogroup");
  const findings = make("ul", "findings");
  const problem = make("p", "capture-problem");
  problem.setAttribute("role", "status");
  const importing = make("button", "plain");
  importing.type = "button";
  importing.addEventListener("click", () => tell({ kind: "import" }));
  const section = make("section", "capture", make("div", "capture-head", rows, importing), findings);

  return {
    load: ({ connections, more, words }) => {
      all = connections;
      packet = words.packet;
      importing.textContent = words.importText;
      for (const named of [section, rows]) named.setAttribute("aria-label", words.connections);
      rows.replaceChildren(
        ...connections.map((connection) => rowOf(connection, words, tell)),
        ...(more === 0 ? [] : [make("p", "unknown", fill(words.moreConnections, more))]),
      );
      if (!section.isConnected) element("bar").after(section, problem);
    },
    mark: (connection) => {
      chosen = connection;
      const known = all.find(({ number }) => number === connection);
      const input = rows.querySelector<HTMLInputElement>(`input[value="${connection}"]`);
      if (input !== null) input.checked = true;
      findings.replaceChildren(
        ...(known?.findings ?? []).map((found) =>
          make("li", found.severity, make("span", "packet", fill(packet, found.packet)), " ", found.message),
        ),
      );
      problem.textContent = known?.problem ?? "";
      document.body.classList.toggle("has-problem", known?.problem !== undefined);
      importing.disabled = known?.problem !== undefined;
    },
    get chosen() {
      return chosen;
    },
  };
}

function rowOf(
  { number, sockets, segments, found, findings }: ConnectionOverview,
  words: CaptureWords,
  tell: (message: FromPage) => void,
): HTMLElement {
  const input = make("input", "");
  input.type = "radio";
  input.name = "connection";
  input.value = String(number);
  input.addEventListener("change", () => tell({ kind: "choose", connection: number }));
  const worst = ["error", "warning"].find((wanted) => findings.some(({ severity }) => severity === wanted));
  return make(
    "label",
    "connection",
    input,
    make("span", "sockets", sockets.join(" ↔ ")),
    make("span", "count", segments === 1 ? words.oneSegment : fill(words.segments, segments)),
    make("span", `found ${worst ?? ""}`, found === "" ? words.nothingFound : found),
  );
}
