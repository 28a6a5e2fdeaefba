import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import type { ForLocales } from "../flow/locale.ts";
import { nearest } from "../language/nearest.ts";
import { CannotRun, type ExitCode, type Io } from "./io.ts";
import type { Choice, CliTexts } from "./texts.ts";

/** A command of `tcpflowc`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: ForLocales<string>;
  /** What `tcpflowc NAME --help` prints. */
  readonly help: ForLocales<string>;
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

/** The options and paths of a command line; throws CannotRun where they make no sense. */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun((texts) => complaint(texts, error, Object.keys(options)));
  }
}

/** Node's message in our words, with the nearest option. */
function complaint(texts: CliTexts, error: unknown, options: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  const unknown = /Unknown option '(-+)([^']*)'/u.exec(error.message);
  if (unknown === null) return valueComplaint(texts, error.message);
  const [, dashes = "", name = ""] = unknown;
  const near = nearest(name, options);
  return texts.unknownOption(`${dashes}${name}`, near);
}

/** What is wrong with the value of an option; where Node says something else, its first sentence. */
function valueComplaint(texts: CliTexts, message: string): string {
  const [, option = "", what = ""] =
    /^Option '([^']*)' (argument missing|argument is ambiguous|does not)/u.exec(message) ?? [];
  if (what === "argument missing") return texts.valueMissing(option);
  if (what === "argument is ambiguous") return texts.valueAmbiguous(option);
  return what === "does not" ? texts.takesNoValue(option) : message.replace(/[.\n][\s\S]*$/u, "");
}

/** One of a known set, e.g. of formats. */
export function readChoice<const T extends string>(thing: Choice, value: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === value);
  if (choice !== undefined) return choice;
  const near = nearest(value, choices);
  throw new CannotRun((texts) => texts.unknownValue(thing, value, near, choices));
}
