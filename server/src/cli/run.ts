import type { Locale } from "../flow/locale.ts";
import { nearest } from "../language/nearest.ts";
import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { convert } from "./convert.ts";
import { explain } from "./explain.ts";
import { formatCommand } from "./format.ts";
import { CannotRun, type ExitCode, type Io } from "./io.ts";
import { takeLocale } from "./locale.ts";
import { lsp } from "./lsp.ts";
import { markdown } from "./markdown.ts";
import { mdbook } from "./mdbook.ts";
import { render } from "./render.ts";
import { cliTexts } from "./texts.ts";
import { trace } from "./trace.ts";
import { VERSION } from "./version.ts";

const COMMANDS: readonly Command[] = [check, trace, render, convert, formatCommand, explain, lsp, markdown, mdbook];

function help(locale: Locale): string {
  return cliTexts(locale).usage(
    COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary[locale]}`).join("\n"),
  );
}

/**
 * Runs one command line (without the names of Node and the program). Writes findings to `io.stdout`
 * and everything else to `io.stderr`. Never throws: what stops it is one line there and exit code 2.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let { locale } = io;
  try {
    const { rest, ...chosen } = takeLocale(argv);
    locale = chosen.locale ?? locale;
    return await dispatch(rest, { ...io, locale });
  } catch (error) {
    const texts = cliTexts(locale);
    const message = error instanceof CannotRun ? error.say(texts) : texts.internalError(error);
    io.stderr(`tcpflowc: ${message.replaceAll("\n", " ")}\n`);
    return 2;
  }
}

async function dispatch([name, ...args]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === "--version" || name === "-V") {
    io.stdout(`${VERSION}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || (name === "help" && args.length === 0)) {
    io.stdout(help(io.locale));
    return 0;
  }
  if (name === undefined) {
    io.stderr(help(io.locale));
    return 2;
  }
  const wanted = name === "help" ? (args[0] ?? "") : name;
  const command = COMMANDS.find((known) => known.name === wanted);
  if (command === undefined) {
    const near = nearest(
      wanted,
      COMMANDS.map((known) => known.name),
    );
    throw new CannotRun((texts) => texts.unknownCommand(wanted, near));
  }
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  if (name === "help" || options.includes("--help") || options.includes("-h")) {
    io.stdout(command.help[io.locale]);
    return 0;
  }
  return command.run(args, io);
}
