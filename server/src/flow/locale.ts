/** The languages that people are spoken to in. Names, keys and values that programs read are the same in all. */

/** English, Simplified Chinese. */
export const LOCALES = ["en", "zh-cn"] as const;
export type Locale = (typeof LOCALES)[number];

/** A table for every language: the compiler refuses a missing one. */
export type ForLocales<Table> = Readonly<Record<Locale, Table>>;

/** What a reader or a writer may be told about the language. */
export interface LocaleOptions {
  /** English if left out. */
  readonly locale?: Locale;
}

/** Territories that write traditional characters, for which there is no table. */
const TRADITIONAL = /[-_](?:hant|tw|hk|mo)\b/u;

/**
 * The locale that a tag means: a BCP 47 tag (`zh-Hans`, `en-GB`) or a name of POSIX (`zh_CN.UTF-8`, `C`). Nothing if
 * there is no table for its language.
 */
export function localeOf(tag: string): Locale | undefined {
  const [name = ""] = tag.toLowerCase().split(/[.@]/u);
  if (/^zh(?:[-_]|$)/u.test(name)) return TRADITIONAL.test(name) ? undefined : "zh-cn";
  return /^(?:en(?:[-_]|$)|c$|posix$)/u.test(name) ? "en" : undefined;
}
