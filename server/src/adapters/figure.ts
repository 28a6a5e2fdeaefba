/** A flow on a page: its picture, and below it what is wrong. */
import type { Finding } from "../flow/findings.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { LocaleOptions } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { layout } from "../ladder/layout.ts";
import { renderSvg, type SvgOptions } from "../ladder/svg.ts";
import { ladderTexts } from "../ladder/texts.ts";
import { escapeXml, hash } from "../ladder/xml.ts";
import { parse } from "../language/parse.ts";

export const STRATEGIES = ["inline-svg", "img-svg"] as const;

/** How the pictures are drawn, and what stands beside them. */
export interface FigureOptions extends Omit<SvgOptions, "idPrefix">, LocaleOptions {
  /**
   * `inline-svg`, if left out: a part of the page, in its colours unless `theme` says otherwise. `img-svg`: an image
   * with the SVG in its address, for pages whose style policy allows no style of a picture's own.
   */
  readonly strategy?: (typeof STRATEGIES)[number];
  /** With `img-svg`: two images, light and dark, from which the reader's system chooses. */
  readonly dark?: boolean;
  /**
   * Whether what is wrong with a flow is drawn, in its picture and as a list below; it is if left out. A mistake that the
   * author means to show is always drawn.
   */
  readonly findings?: boolean;
}

export interface Figure {
  readonly replay: Replay;
  /** HTML, all text of the flow escaped; without the picture where nobody sends anything yet. */
  readonly picture: string | undefined;
  /** HTML; empty where nothing is wrong. */
  readonly list: string;
}

/** The attributes of a figure's element. It scrolls where the page is too narrow for the picture. */
export const FIGURE = { class: "tcpflow-figure", style: "margin:1em 0;overflow-x:auto" } as const;

/** The HTML of a figure with its element. No line is blank: in Markdown, HTML would end there. */
export function inFigure(content: string): string {
  const lines = `<figure class="${FIGURE.class}" style="${FIGURE.style}">\n${content}</figure>`.split("\n");
  return lines.filter((line) => line.trim() !== "").join("\n");
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
  const isEmpty = read.flow.endpoints.length === 0;
  const drawn = findings ? read : { ...read, findings: read.findings.filter(({ expected }) => expected) };
  return {
    replay: read,
    picture: isEmpty ? undefined : `${drawPicture(drawn, `tcpflow-${hash(text)}-${place}`, options)}\n`,
    list: findings ? findingList(read) : "",
  };
}

function drawPicture(read: Replay, idPrefix: string, { strategy, dark = false, ...options }: FigureOptions): string {
  const draw = (theme: SvgOptions["theme"] = "auto") => renderSvg(read, { ...options, theme, idPrefix });
  if (strategy !== "img-svg") {
    const svg = draw(options.theme ?? "host");
    return svg.replace(SIZE, (size, width) => `style="${fitting(Number(width))}" ${size}`);
  }
  const { words } = layout(read, options);
  const svg = draw(dark ? "light" : options.theme);
  const [width = 0, height = 0] =
    SIZE.exec(svg)
      ?.slice(1)
      .map((size) => Math.round(Number(size))) ?? [];
  const size = `style="${fitting(width)}" width="${width}" height="${height}"`;
  const image = `<img src="${dataUri(svg)}" alt="${escapeXml(words)}" ${size}>`;
  if (!dark) return image;
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${dataUri(draw("dark"))}">${image}</picture>`;
}

/** In the SVG's outer element, which comes first. */
const SIZE = /width="([\d.]+)" height="([\d.]+)"/u;

/** As wide as the page has room for, as long as the words can be read. */
function fitting(width: number): string {
  return `max-width:100%;min-width:${Math.round(width * 0.7)}px;height:auto;border-radius:6px`;
}

/** Escaped so far that it may also stand in a `srcset`, and needs no more in an attribute. */
function dataUri(svg: string): string {
  const readable = encodeURIComponent(svg).replace(/%(?:3[ABD]|2F)/gu, decodeURIComponent);
  return `data:image/svg+xml,${readable.replaceAll("'", "%27")}`;
}

/** Errors and warnings; what the author expects is none. */
export function shownFindings({ findings }: Replay): readonly Finding[] {
  return findings.filter(({ severity, expected }) => !expected && (severity === "error" || severity === "warning"));
}

/** The place of a finding: its line as messages count it, its character from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Gives the place of an offset in the text of a flow. */
export function placesIn({ flow }: Replay): (offset: number) => Place {
  const lines = lineTable(flow.text);
  return (offset) => {
    const { line, character } = positionAt(lines, offset);
    return { line: line + flow.firstLine, column: character + 1 };
  };
}

/** The errors of a flow, each as `say` puts it. */
export function sayErrors(read: Replay, say: (place: Place, finding: Finding) => string): string[] {
  const placeOf = placesIn(read);
  return shownFindings(read)
    .filter(({ severity }) => severity === "error")
    .map((finding) => say(placeOf(finding.span.start), finding));
}

function findingList(read: Replay): string {
  const shown = shownFindings(read);
  if (shown.length === 0) return "";
  const placeOf = placesIn(read);
  const texts = ladderTexts(read.flow.locale);
  const item = ({ severity, span, message, rule, rfc }: Finding) => {
    const text = texts.footnote(placeOf(span.start).line, message, rfc === undefined ? rule : `${rule}, ${rfc}`);
    return `<li class="tcpflow-${severity}">${escapeXml(text)}</li>\n`;
  };
  return `<ul class="tcpflow-findings">\n${shown.map(item).join("")}</ul>\n`;
}
