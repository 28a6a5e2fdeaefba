/** A page of its own in which one flow can be stepped through and its blanks filled in, without anything beside it. */
import type { Locale } from "../flow/locale.ts";
import type { Steps } from "../ladder/steps.ts";
import { escapeHtml, safeJson } from "./html.ts";
import { playerHtml } from "./player.ts";
import { pageTexts } from "./texts.ts";

/** What the page is made of: the build's `standalone.js` and `standalone.css`. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

export interface PageOptions {
  readonly locale: Locale;
  /** That of the picture. */
  readonly theme: "auto" | "light" | "dark";
}

/** @param picture in the theme of the page, with room in its blanks */
export async function pageOf(
  { svg, steps, title }: { readonly svg: string; readonly steps: Steps; readonly title: string },
  { script, style }: PageParts,
  { locale, theme }: PageOptions,
): Promise<string> {
  const styles = [style, ...[...svg.matchAll(/<style>(.*?)<\/style>/gsu)].map(([, text = ""]) => text)];
  // Only this very script and these very styles count, and nothing is loaded.
  const policy = [
    "default-src 'none'",
    `script-src ${await source(script)}`,
    `style-src ${(await Promise.all(styles.map(source))).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${locale === "zh-cn" ? "zh-CN" : locale}" class="${theme}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title === "" ? "TCPFlow" : title)}</title>
<style>${style}</style>
</head>
<body>
${playerHtml(locale, `<div id="picture">${svg}</div>`, Object.keys(steps.blanks).length === 0 ? "" : exercise(locale))}
<script type="application/json" id="steps">${safeJson(steps)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** What tells of the blanks: whether the last answer is right, and how many are. */
function exercise(locale: Locale): string {
  const texts = pageTexts(locale);
  return `<div id="exercise" role="group" aria-label="${escapeHtml(texts.exercise)}">
<output id="verdict" role="status"></output>
<span id="score"></span>
<button type="button" class="plain" id="show-answers">${escapeHtml(texts.showAnswers)}</button>
<button type="button" class="plain" id="start-over">${escapeHtml(texts.startOver)}</button>
</div>`;
}

/** How a policy names a text that stands in the page. */
async function source(text: string): Promise<string> {
  const octets = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `'sha256-${btoa(String.fromCharCode(...octets))}'`;
}
