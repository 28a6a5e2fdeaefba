/** A picture as pixels, drawn without a browser and in fonts of its own: the same on every machine. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CannotRun } from "./io.ts";

export interface Png {
  readonly octets: Uint8Array;
  /** Pixels for each pixel of the picture: fewer than wanted where it is very large. */
  readonly scale: number;
}

/** Draws an `<svg>` of the ladder, in a theme that has its colours; `scale`: pixels for each pixel of it. */
export type Rasterise = (svg: string, scale: number) => Png;

/** Most pixels of a side, and of all of an image. */
const LONGEST = 32_000;
const LARGEST = 2 ** 26;

/** Letters and figures: those that the picture was measured for. */
const LATIN = ["Arimo-Regular", "Arimo-SemiBold", "Arimo-Italic", "Cousine-Regular", "Cousine-Bold"];
const CHINESE_FAMILY = "Noto Sans SC";
const CHINESE = ["NotoSansSC-Regular", "NotoSansSC-SemiBold"];

/** What may be in the Chinese font. */
const WIDE_RUNS = /[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]+/gu;

/** @throws CannotRun where the rasteriser or the fonts are not installed */
export async function loadRasteriser(): Promise<Rasterise> {
  const { Resvg, initWasm } = await import("@resvg/resvg-wasm").catch(() => {
    throw new CannotRun((texts) => texts.noRasteriser);
  });
  started ??= initWasm(readFileSync(find("@resvg/resvg-wasm/index_bg.wasm")));
  await started;
  const { brotliDecompressSync } = await import("node:zlib");
  const readFont = (name: string) => {
    const font = fonts.get(name) ?? brotliDecompressSync(readFontFile(`${name}.ttf.br`));
    fonts.set(name, font);
    return font;
  };
  return (svg, wanted) => {
    const scale = scaleThatFits(sizeOf(svg, "width"), sizeOf(svg, "height"), wanted);
    const concrete = inFonts(svg);
    const names = concrete.includes(`"${CHINESE_FAMILY}"`) ? [...LATIN, ...CHINESE] : LATIN;
    const fontBuffers = names.map(readFont);
    const drawing = new Resvg(concrete, {
      font: { fontBuffers, defaultFontFamily: "Arimo" },
      fitTo: { mode: "zoom", value: scale },
    });
    const image = drawing.render();
    try {
      return { octets: image.asPng(), scale };
    } finally {
      image.free();
      drawing.free();
    }
  };
}

/** The wanted scale, or less for a picture that would become too large an image. */
export function scaleThatFits(width: number, height: number, wanted: number): number {
  return Math.min(wanted, LONGEST / Math.max(width, height), Math.sqrt(LARGEST / (width * height)));
}

/** The rasteriser can be started only once. */
let started: Promise<void> | undefined;

const fonts = new Map<string, Uint8Array>();

function readFontFile(name: string): Uint8Array {
  return readFileSync(join(dirname(find("tcpflow-lang/package.json")), "fonts", name));
}

let chinese: ReadonlySet<string> | undefined;

/** A run of wide letters: what the Chinese font lacks is left to the others, which draw a box for it. */
function inChinese(run: string): string {
  chinese ??= new Set(new TextDecoder().decode(readFontFile("NotoSansSC.txt")));
  let text = "";
  let inside = false;
  for (const letter of run) {
    if (chinese.has(letter) !== inside) text += inside ? "</tspan>" : `<tspan font-family="${CHINESE_FAMILY}">`;
    inside = chinese.has(letter);
    text += letter;
  }
  return inside ? `${text}</tspan>` : text;
}

/** A file of an installed package. */
function find(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new CannotRun((texts) => texts.noRasteriser);
  }
}

const FAMILIES: Readonly<Record<string, string>> = { "sans-serif": "Arimo", monospace: "Cousine" };

/**
 * Names the fonts, in longhand: the rasteriser reads no shorthand, and looks for a letter that a font lacks in any
 * other, of whatever weight.
 */
function inFonts(svg: string): string {
  const named = svg.replace(/<style>.*?<\/style>/su, (style) =>
    style.replaceAll(
      /font:([\d.]+px) [^;}]*?(sans-serif|monospace)(?=[;}])/gu,
      (_, size: string, kind: string) => `font-size:${size};font-family:${FAMILIES[kind]}`,
    ),
  );
  return named.replace(/<text[ >].*?<\/text>/gsu, (text) =>
    text.replace(/>[^<]+/gu, (words) => words.replace(WIDE_RUNS, inChinese)),
  );
}

function sizeOf(svg: string, name: "width" | "height"): number {
  return Number(new RegExp(` ${name}="([\\d.]+)"`, "u").exec(svg)?.[1] ?? 1);
}
