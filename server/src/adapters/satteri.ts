/** A plugin for Sätteri, the Markdown of Astro from version 7: code marked `tcpflow` becomes a picture. */
import type { Code } from "mdast";
import { isFlowFence } from "../formats/fence-mark.ts";
import { drawFigure, type FigureOptions, inFigure, sayErrors } from "./figure.ts";

export interface SatteriOptions extends FigureOptions {
  /** What an error in a flow does: it ends the build (`fail`, if left out), or it is drawn (`draw`). */
  readonly errors?: "fail" | "draw";
}

/** As much of Sätteri's plugins as is needed here. */
interface SatteriPlugin {
  readonly name: string;
  readonly options: { readonly position: true };
  readonly code: (node: Readonly<Code>) => { readonly raw: string; readonly mdxExpressions: false } | undefined;
  readonly after: () => void;
}

/**
 * The plugin: `satteri({ mdastPlugins: [satteriTcpflow()] })`. Throws an error that says all errors of the page with
 * file, line and character, after all its flows were drawn, unless told otherwise.
 */
export function satteriTcpflow({
  errors = "fail",
  ...options
}: SatteriOptions = {}): (page: { readonly fileURL: URL | undefined }) => SatteriPlugin {
  return ({ fileURL }) => {
    let place = 0;
    const said: string[] = [];
    const path = fileURL === undefined ? "" : `${decodeURIComponent(fileURL.pathname)}:`;
    return {
      name: "tcpflow",
      options: { position: true },
      code: ({ lang, meta, value, position }) => {
        if (!isFlowFence([lang, meta].filter((word) => word != null).join(" "))) return undefined;
        const { start } = position ?? { start: { line: 0, column: 1 } };
        const { replay, picture, list } = drawFigure(`${value}\n`, start.line + 1, place++, options);
        said.push(
          ...sayErrors(replay, ({ line, column }, { message, rule }) => {
            return `${path}${line}:${column + start.column - 1}: ${message} [${rule}]`;
          }),
        );
        return picture === undefined ? undefined : { raw: inFigure(picture + list), mdxExpressions: false };
      },
      after: () => {
        if (errors === "fail" && said.length > 0) throw new Error(said.join("\n"));
      },
    };
  };
}
