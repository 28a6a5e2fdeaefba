/** What is said about capture files in every language. */
import type { ForLocales, Locale } from "../flow/locale.ts";
import { EN, type FormatTexts } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

export type { FormatTexts } from "./texts/en.ts";

const TEXTS: ForLocales<FormatTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function formatTexts(locale: Locale): FormatTexts {
  return TEXTS[locale];
}
