/** An arrow as SVG: lines, heads, crosses and the texts along it. */
import type { Arrow, Label, PlacedPart, Point, Stroke } from "./geometry.ts";
import { drawBlank } from "./shapes.ts";
import { ABOVE, SPACE } from "./sizes.ts";
import { escapeXml, px } from "./xml.ts";

/** The group of one segment; a wide invisible line takes the clicks. */
export function drawSegment(arrow: Arrow): string {
  const level = arrow.level === undefined ? "" : ` ${arrow.level}`;
  const out = [`<g class="segment${level}" data-segment="${arrow.segment}" data-line="${arrow.line}">`];
  for (const { points } of arrow.strokes) out.push(`<path class="hit" d="${pathOf(points)}"/>`);
  for (const stroke of arrow.strokes) out.push(drawStroke(stroke));
  for (const { x, y, angle } of arrow.tips) out.push(drawTip(x, y, angle));
  for (const { x, y } of arrow.turns) out.push(`<circle class="tip" cx="${px(x)}" cy="${px(y)}" r="2.5"/>`);
  for (const cross of arrow.crosses) out.push(drawCross(cross));
  for (const label of arrow.labels) out.push(drawLabel(label));
  out.push("</g>");
  return out.join("");
}

function pathOf(points: readonly Point[]): string {
  return points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${px(x)},${px(y)}`).join("");
}

const FADES = [0.75, 0.5, 0.3, 0.12];

function drawStroke({ points, style }: Stroke): string {
  const [a, b] = points;
  if (style !== "fading" || a === undefined || b === undefined)
    return `<path class="wire${style === "network" ? " network" : ""}" d="${pathOf(points)}"/>`;
  // Steps of opacity instead of a gradient, which would need an id.
  const at = (part: number): Point => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part });
  return FADES.map((opacity, i) => {
    const piece = pathOf([at(i / FADES.length), at((i + 1) / FADES.length)]);
    return `<path class="wire" opacity="${opacity}" d="${piece}"/>`;
  }).join("");
}

function drawTip(x: number, y: number, angle: number): string {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const corner = (back: number, side: number) =>
    `${px(x - back * cos - side * sin)},${px(y - back * sin + side * cos)}`;
  return `<path class="tip" d="M${px(x)},${px(y)}L${corner(11, 4.5)}L${corner(9, 0)}L${corner(11, -4.5)}Z"/>`;
}

function drawCross({ x, y }: Point): string {
  const [left, right, top, bottom] = [px(x - 6), px(x + 6), px(y - 6), px(y + 6)];
  return `<path class="lost" d="M${left},${top}L${right},${bottom}M${left},${bottom}L${right},${top}"/>`;
}

function drawLabel(label: Label): string {
  const out = [`<g transform="translate(${px(label.x)} ${px(label.y)}) rotate(${px(label.angle)})">`];
  out.push(label.parts.some(({ role }) => role === "blank") ? drawPlacedParts(label) : drawParts(label));
  for (const { role, text, level, rule, dy } of label.remarks) {
    const mark = level === undefined ? "" : ` ${level} wrong`;
    const ruled = rule === undefined ? "" : ` data-rule="${rule}"`;
    const style = role === "label" ? "said" : role === "options" || role === "data" ? "options" : "";
    out.push(`<text class="label remark ${style} muted${mark}"${ruled} y="${dy}">${escapeXml(text)}</text>`);
  }
  out.push("</g>");
  return out.join("");
}

/** Of a blank between two parts. */
const BLANK_WIDTH = 4;

/** Text that flows, centred: right whatever the fonts' widths are. */
function drawParts({ parts }: Label): string {
  const spans = parts.map((part, i) => {
    const next = parts[i + 1];
    const blank = next !== undefined && part.role !== "name" ? " " : "";
    const before = parts[i - 1]?.role;
    return drawPart(
      part,
      blank,
      before === undefined || before === "name" ? "" : ` dx="${SPACE[before] - BLANK_WIDTH}"`,
    );
  });
  return `<text class="label" y="${ABOVE}">${spans.join("")}</text>`;
}

/** Before the box of a blank. */
const GAP = 2;

/** Text at fixed places, for the boxes of blanks. */
function drawPlacedParts({ parts, width }: Label): string {
  const out: string[] = [];
  const spans: string[] = [];
  for (const part of parts) {
    const x = part.dx - width / 2;
    if (part.role === "blank")
      out.push(drawBlank({ x: x + GAP, y: ABOVE - 11, width: part.width - GAP, height: 15 }, part.blank?.key));
    if (part.text === "") continue;
    const at = part.role === "blank" ? x + 5 : x;
    spans.push(drawPart(part, "", ` x="${px(at)}"`));
  }
  return `${out.join("")}<text class="label placed" y="${ABOVE}">${spans.join("")}</text>`;
}

function drawPart(part: PlacedPart, after: string, place: string): string {
  const mark = part.level === undefined ? "" : ` ${part.level} wrong`;
  const rule = part.rule === undefined ? "" : ` data-rule="${part.rule}"`;
  const value = part.role === "value" || part.role === "blank" ? " val" : "";
  const classes = part.role === "flags" ? `flags${mark}` : `num${part.filled ? " filled" : value}${mark}`;
  return `<tspan class="${classes}"${rule}${place}>${escapeXml(part.text)}</tspan>${after}`;
}
