/** The texts of findings in every language. */
import type { ForLocales, Locale } from "./locale.ts";
import { EN, type FlowTexts } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

export type { FlowTexts } from "./texts/en.ts";

const TEXTS: ForLocales<FlowTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function textsOf(locale: Locale): FlowTexts {
  return TEXTS[locale];
}
