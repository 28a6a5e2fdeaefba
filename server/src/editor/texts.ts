/** What the editor says in every language. */
import type { ForLocales, Locale } from "../flow/locale.ts";
import { type EditorTexts, EN } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

export type { EditorTexts } from "./texts/en.ts";

const TEXTS: ForLocales<EditorTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function editorTexts(locale: Locale): EditorTexts {
  return TEXTS[locale];
}
