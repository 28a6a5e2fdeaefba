/** A diagram for Mermaid 11 and 12: text that begins with the line `tcpflow` is drawn as a ladder. */
import type { ExternalDiagramDefinition } from "mermaid";
import { drawFigure, type FigureOptions, sayErrors } from "./figure.ts";

export interface MermaidOptions extends Omit<FigureOptions, "width" | "strategy" | "dark"> {
  /** What an error in a flow does: Mermaid shows it in the picture's place (`fail`, if left out), or it is drawn (`draw`). */
  readonly errors?: "fail" | "draw";
}

/** `await mermaid.registerExternalDiagrams([tcpflowDiagram()])` */
export function tcpflowDiagram({ errors = "fail", ...options }: MermaidOptions = {}): ExternalDiagramDefinition {
  const read = (text: string, place: number) => drawFigure(text.replace(KEYWORD, ""), 2, place, options);
  const parse = (text: string): void => {
    if (errors === "draw") return;
    const said = sayErrors(read(text, 0).replay, ({ line, column }, { message }) => `${line}:${column}: ${message}`);
    if (said.length > 0) throw new Error(said.join("\n"));
  };
  let drawn = 0;
  const draw = (text: string, id: string): void => {
    const element = document.getElementById(id);
    const { picture } = read(text, drawn++);
    if (element === null || picture === undefined) return;
    // Mermaid has made the outer element and keeps its style there.
    const attribute = (name: string) => new RegExp(`^<svg [^>]*? ${name}="([^"]*)"`, "u").exec(picture)?.[1] ?? "";
    element.setAttribute("viewBox", attribute("viewBox"));
    element.setAttribute("class", attribute("class"));
    element.setAttribute("width", "100%");
    element.setAttribute("style", `max-width: ${attribute("width")}px`);
    element.insertAdjacentHTML("beforeend", picture.replace(/^<svg [^>]*>|<\/svg>\s*$/gu, ""));
  };
  const diagram = { db: {}, renderer: { draw }, parser: { parse }, styles: () => "" };
  return { id: ID, detector: (text) => KEYWORD.test(text), loader: async () => ({ id: ID, diagram }) };
}

const ID = "tcpflow";

/** The first line, behind what else Mermaid allows there. */
const KEYWORD = /^(?:\s|%%[^\n]*\n)*tcpflow[ \t]*(?:\r?\n|$)/u;

/** As much of a page as is needed here. */
declare const document: {
  getElementById(id: string): {
    setAttribute(name: string, value: string): void;
    insertAdjacentHTML(where: "beforeend", html: string): void;
  } | null;
};
