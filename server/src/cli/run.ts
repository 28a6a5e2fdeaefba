import { nearest } from "../language/nearest.ts";
import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { convert } from "./convert.ts";
import { explain } from "./explain.ts";
import { formatCommand } from "./format.ts";
import { CannotRun, type ExitCode, type Io } from "./io.ts";
import { lsp } from "./lsp.ts";
import { render } from "./render.ts";
import { trace } from "./trace.ts";
import { VERSION } from "./version.ts";

const COMMANDS: readonly Command[] = [check, trace, render, convert, formatCommand, explain, lsp];

const HELP = `Usage: tcpflowc COMMAND [options] [PATH…]

Checks TCP exchanges written in the TCPFlow language, and draws them.

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join("\n")}

  tcpflowc COMMAND --help   the options of a command
  tcpflowc --version
`;

/**
 * Runs one command line (without the names of Node and the program). Writes findings to `io.stdout`
 * and everything else to `io.stderr`. Never throws: what stops it is one line there and exit code 2.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const message = error instanceof CannotRun ? error.message : `internal error: ${error}`;
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
    io.stdout(HELP);
    return 0;
  }
  if (name === undefined) {
    io.stderr(HELP);
    return 2;
  }
  const wanted = name === "help" ? (args[0] ?? "") : name;
  const command = COMMANDS.find((known) => known.name === wanted);
  if (command === undefined) {
    const near = nearest(
      wanted,
      COMMANDS.map((known) => known.name),
    );
    throw new CannotRun(
      `unknown command "${wanted}"; ${near === undefined ? "see tcpflowc --help" : `did you mean ${near}?`}`,
    );
  }
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  if (name === "help" || options.includes("--help") || options.includes("-h")) {
    io.stdout(command.help);
    return 0;
  }
  return command.run(args, io);
}
