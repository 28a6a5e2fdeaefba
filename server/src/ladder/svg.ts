/** A ladder as SVG: one string that stands alone or inside a page. */
import type { Replay } from "../flow/replay-types.ts";
import type { Callout, Ladder } from "./geometry.ts";
import { type LayoutOptions, layout, layoutSteps } from "./layout.ts";
import { drawSegment } from "./segment.ts";
import {
  drawBand,
  drawBracket,
  drawDots,
  drawElision,
  drawHead,
  drawLifeline,
  drawLine,
  drawNote,
  drawRect,
  drawRemarked,
  drawRepeat,
  drawSection,
  drawStateName,
  drawWords,
} from "./shapes.ts";
import type { Steps } from "./steps.ts";
import { ladderTexts } from "./texts.ts";
import { styleSheet, type Theme } from "./theme.ts";
import { escapeXml, hash, px } from "./xml.ts";

export interface SvgOptions extends LayoutOptions {
  /** `auto` if left out. */
  readonly theme?: Theme;
  /** Width in pixels that the picture is scaled to. */
  readonly width?: number;
  /** Begins all ids and the class that its style holds below; made of the flow's text if left out. */
  readonly idPrefix?: string;
}

/** Draws a replay. Always well-formed XML; the same replay and options give the same text. */
export function renderSvg(replay: Replay, options: SvgOptions = {}): string {
  return drawReplay(replay, layout(replay, options), options);
}

/** The same, with what happens in it step by step. */
export function renderSteps(replay: Replay, options: SvgOptions = {}): { svg: string; steps: Steps } {
  const { ladder, steps } = layoutSteps(replay, options);
  return { svg: drawReplay(replay, ladder, options), steps };
}

function drawReplay(replay: Replay, ladder: Ladder, { theme = "auto", idPrefix, width }: SvgOptions): string {
  const prefix = prefixOf(idPrefix ?? `tcpflow-${hash(`${theme} ${replay.flow.text}`)}`);
  return drawLadder(ladder, replay.flow.title ?? ladderTexts(replay.flow.locale).title, prefix, theme, width);
}

function prefixOf(wanted: string): string {
  const safe = wanted.replace(/[^\w-]/gu, "-");
  return /^[A-Za-z_]/u.test(safe) ? safe : `t${safe}`;
}

function drawLadder(ladder: Ladder, title: string, prefix: string, theme: Theme, width = ladder.width): string {
  const height = (ladder.height * width) / ladder.width;
  const size = `viewBox="${px(ladder.x)} ${px(ladder.y)} ${px(ladder.width)} ${px(ladder.height)}" width="${px(width)}" height="${px(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tcpflow ${prefix}" role="img" aria-labelledby="${prefix}-title ${prefix}-desc" ${size}>`,
    `<title id="${prefix}-title">${escapeXml(title)}</title>`,
    `<desc id="${prefix}-desc">${escapeXml(ladder.words)}</desc>`,
    `<style>${styleSheet(prefix, theme, needsOf(ladder))}</style>`,
    drawRect(ladder, "paper", 0),
    ...ladder.title.map((line) => drawWords(line, "title")),
    ...ladder.heads.map(drawHead),
    ...ladder.lifelines.map(drawLifeline),
    ...ladder.bands.map(drawBand),
    ...ladder.sections.map(drawSection),
    ...ladder.elisions.map((elision) => drawDots(elision, ladder.lifelines)),
    ...ladder.repeats.map(drawRepeat),
    ...ladder.stateNames.map(drawStateName),
    ...ladder.brackets.map(drawBracket),
    ...ladder.times.map((time) => drawWords(time, "small muted")),
    ...ladder.callouts.map(drawCallout),
    ...ladder.remarked.map(drawRemarked),
    ...ladder.arrows.map(drawSegment),
    // A line that waits in the network goes behind them.
    ...ladder.notes.map(drawNote),
    ...ladder.elisions.map(drawElision),
    ...ladder.footer.map((line) => `<g data-rule="${line.rule}">${drawWords(line, `finding ${line.level}`)}</g>`),
    "</svg>",
  ].join("\n");
}

function needsOf({ bands, stateNames, callouts, remarked, arrows, footer }: Ladder): Parameters<typeof styleSheet>[2] {
  // The style does not tell what the reader is to say.
  const shown = [...bands.filter(({ blank }) => !blank), ...stateNames.filter(({ blank }) => blank === undefined)];
  const states = new Set(shown.map(({ state }) => state));
  const mistakes = [...callouts, ...remarked, ...arrows, ...footer].some(({ level }) => level !== undefined);
  return { states, mistakes };
}

function drawCallout(callout: Callout): string {
  const [from, to] = callout.leader;
  const entries = callout.entries.map(({ rule, message, lines }) => {
    const words = lines.map((line, i) => drawWords(line, i === 0 ? "finding rule" : "finding"));
    return `<g data-rule="${rule}"><title>${escapeXml(message)}</title>${words.join("")}</g>`;
  });
  const leader = drawLine(from.x, from.y, to.x, to.y, "pointer");
  return `<g class="callout ${callout.level}">${leader}${drawRect(callout, "box", 6)}${entries.join("")}</g>`;
}
