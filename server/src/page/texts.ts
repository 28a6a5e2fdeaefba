/** What a page says in every language. */
import type { ForLocales, Locale } from "../flow/locale.ts";
import { EN, type PageTexts } from "./texts/en.ts";
import { ZH_CN } from "./texts/zh-cn.ts";

/** What the script of a page says. */
export type ScriptTexts = PageTexts["script"];

const TEXTS: ForLocales<PageTexts> = { en: EN, "zh-cn": ZH_CN };

/** The texts in a language. */
export function pageTexts(locale: Locale): PageTexts {
  return TEXTS[locale];
}
