/** In which language the command line speaks. */
import { LOCALES, type Locale, localeOf } from "../flow/locale.ts";
import { CannotRun } from "./io.ts";

/** The variables that say it, the strongest first (POSIX, Base Definitions §8.2). */
const VARIABLES = ["LC_ALL", "LC_MESSAGES", "LANG"] as const;

/** The language of the environment: of the first variable that is set; English where there are no texts in it. */
export function localeOfEnvironment(variables: Readonly<Record<string, string | undefined>>): Locale {
  const name = VARIABLES.map((variable) => variables[variable]).find((value) => value !== undefined && value !== "");
  return localeOf(name ?? "") ?? "en";
}

const OPTION = "--locale";

/** Takes `--locale TAG` out of a command line, wherever it stands; the last one holds. */
export function takeLocale(argv: readonly string[]): { readonly rest: readonly string[]; readonly locale?: Locale } {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const at = argv.findIndex((word, index) => index < end && (word === OPTION || word.startsWith(`${OPTION}=`)));
  const word = argv[at];
  if (word === undefined) return { rest: argv };
  const apart = word === OPTION;
  const value = apart ? argv[at + 1] : word.slice(OPTION.length + 1);
  if (value === undefined || value === "" || (apart && at + 1 >= end))
    throw new CannotRun((texts) => texts.valueMissing(`${OPTION} <value>`));
  const locale = localeOf(value);
  if (locale === undefined) throw new CannotRun((texts) => texts.unknownValue("language", value, undefined, LOCALES));
  return { locale, ...takeLocale(argv.toSpliced(at, apart ? 2 : 1)) };
}
