/** The texts about texts in every language. */
import type { ForLocales, Locale } from "../flow/locale.ts";
import { EN, type ReadingTexts } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

export type { ReadingTexts, WordKind } from "./texts/en.ts";

const TEXTS: ForLocales<ReadingTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function readingTexts(locale: Locale): ReadingTexts {
  return TEXTS[locale];
}
