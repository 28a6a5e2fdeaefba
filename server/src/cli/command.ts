import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { nearest } from "../language/nearest.ts";
import { CannotRun, type ExitCode, type Io } from "./io.ts";

/** A command of `tcpflowc`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `tcpflowc NAME --help` prints. */
  readonly help: string;
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

/** The options and paths of a command line; throws CannotRun where they make no sense. */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun(complaint(error, Object.keys(options)));
  }
}

/** Node's message in our words: the first sentence, and the nearest option. */
function complaint(error: unknown, options: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  const unknown = /Unknown option '(-+)([^']*)'/u.exec(error.message);
  if (unknown === null) return error.message.replace(/[.\n][\s\S]*$/u, "");
  const [, dashes = "", name = ""] = unknown;
  const near = nearest(name, options);
  return `unknown option ${dashes}${name}${near === undefined ? "" : `; did you mean --${near}?`}`;
}

/** One of a known set, e.g. of formats; `thing` is what one of them is called. */
export function readChoice<const T extends string>(thing: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === value);
  if (choice !== undefined) return choice;
  const near = nearest(value, choices);
  const hint = near === undefined ? `known: ${choices.join(", ")}` : `did you mean ${near}?`;
  throw new CannotRun(`unknown ${thing} "${value}"; ${hint}`);
}
