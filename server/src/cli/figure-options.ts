/** The figures of a page, as options of a command. */
import { type FigureOptions, STRATEGIES } from "../adapters/figure.ts";
import type { BookFinding } from "../adapters/mdbook.ts";
import type { ForLocales } from "../flow/locale.ts";
import { THEMES } from "../ladder/theme.ts";
import { readChoice } from "./command.ts";
import { DRAWING_HELP, DRAWING_OPTIONS, type DrawingValues, drawingOptions } from "./drawing-options.ts";
import type { Io } from "./io.ts";
import { place } from "./pretty.ts";

export const FIGURE_OPTIONS = {
  theme: { type: "string" },
  strategy: { type: "string" },
  dark: { type: "boolean" },
  "no-findings": { type: "boolean" },
  "keep-going": { type: "boolean" },
  ...DRAWING_OPTIONS,
} as const;

export const FIGURE_HELP: ForLocales<string> = {
  en: `  --keep-going             an error in a flow does not end the build
  --no-findings            what is wrong is not drawn
  --strategy inline-svg|img-svg
                           a part of the page (the default), or an image
  --theme host|auto|light|dark
                           colours of the page (the default), of the reader's system, or these
  --dark                   two images, of which the reader's system chooses
${DRAWING_HELP.en}`,
  "zh-cn": `  --keep-going             交互中有错误也不中止构建
  --no-findings            图中和图的下方都不显示问题
  --strategy inline-svg|img-svg
                           作为页面的一部分（默认），或作为图像
  --theme host|auto|light|dark
                           颜色随页面（默认）、随读者的系统，或固定为浅色、深色
  --dark                   浅色、深色两幅图像，由读者的系统选择
${DRAWING_HELP["zh-cn"]}`,
};

interface FigureValues extends DrawingValues {
  readonly theme?: string | undefined;
  readonly strategy?: string | undefined;
  readonly dark?: boolean | undefined;
  readonly "no-findings"?: boolean | undefined;
}

/** @throws CannotRun for a choice that is not known */
export function figureOptions(values: FigureValues, { locale }: Pick<Io, "locale">): FigureOptions {
  const { theme, strategy = "inline-svg", dark = false } = values;
  return {
    ...drawingOptions(values),
    ...(theme === undefined ? {} : { theme: readChoice("theme", theme, THEMES) }),
    strategy: readChoice("strategy", strategy, STRATEGIES),
    dark,
    findings: values["no-findings"] !== true,
    locale,
  };
}

/** Says on standard error what is wrong and where; gives whether there is an error. */
export function tellFindings(findings: readonly BookFinding[], io: Io): boolean {
  for (const { path, place: at, finding } of findings) {
    io.stderr(`${place(path, at)}: ${finding.severity}: ${finding.message} [${finding.rule}]\n`);
  }
  return findings.some(({ finding }) => finding.severity === "error");
}
