/** What the command line says in every language. */
import type { ForLocales, Locale } from "../flow/locale.ts";
import { type CliTexts, EN } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

export type { Choice, CliTexts } from "./texts/en.ts";

const TEXTS: ForLocales<CliTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function cliTexts(locale: Locale): CliTexts {
  return TEXTS[locale];
}
