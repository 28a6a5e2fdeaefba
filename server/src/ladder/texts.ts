/** What pictures say in every language. */
import type { ForLocales, Locale } from "../flow/locale.ts";
import { EN, type LadderTexts } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

export type { LadderTexts } from "./texts/en.ts";

const TEXTS: ForLocales<LadderTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function ladderTexts(locale: Locale): LadderTexts {
  return TEXTS[locale];
}
