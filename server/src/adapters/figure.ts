/** A flow on a page: its picture, and below it what is wrong. */
import type { Finding } from "../flow/findings.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { LocaleOptions } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { renderSvg, type SvgOptions } from "../ladder/svg.ts";
import { ladderTexts } from "../ladder/texts.ts";
import { escapeXml, hash } from "../ladder/xml.ts";
import { parse } from "../language/parse.ts";

/** How the pictures are drawn, and what stands beside them. */
export interface FigureOptions extends Omit<SvgOptions, "idPrefix">, LocaleOptions {
  /** Whether a list of what is wrong with a flow stands below its picture; it does if left out. */
  readonly findings?: boolean;
}

export interface Figure {
  readonly replay: Replay;
  /** HTML, all text of the flow escaped; without the picture where nobody sends anything yet. */
  readonly picture: string | undefined;
  /** HTML; empty where nothing is wrong. */
  readonly list: string;
}

/**
 * Draws a flow; throws on no text.
 * @param firstLine the number of its first line as messages count it
 * @param place its number among the pictures of the page, so that two have no id in common
 */
export function drawFigure(
  text: string,
  firstLine: number,
  place: number,
  { findings = true, locale = "en", ...options }: FigureOptions,
): Figure {
  const read = replay(parse(text, { firstLine, locale }));
  const idPrefix = `tcpflow-${hash(text)}-${place}`;
  const isEmpty = read.flow.endpoints.length === 0;
  return {
    replay: read,
    picture: isEmpty ? undefined : renderSvg(read, { ...options, idPrefix }),
    list: findings ? findingList(read) : "",
  };
}

/** Errors and warnings; what the author expects is none. */
export function shownFindings({ findings }: Replay): readonly Finding[] {
  return findings.filter(({ severity, expected }) => !expected && (severity === "error" || severity === "warning"));
}

function findingList(read: Replay): string {
  const { flow } = read;
  const shown = shownFindings(read);
  if (shown.length === 0) return "";
  const lines = lineTable(flow.text);
  const texts = ladderTexts(flow.locale);
  const item = ({ severity, span, message, rule, rfc }: Finding) => {
    const line = positionAt(lines, span.start).line + flow.firstLine;
    const text = texts.footnote(line, message, rfc === undefined ? rule : `${rule}, ${rfc}`);
    return `<li class="tcpflow-${severity}">${escapeXml(text)}</li>\n`;
  };
  return `<ul class="tcpflow-findings">\n${shown.map(item).join("")}</ul>\n`;
}
