import type { Locale } from "../flow/locale.ts";
import { type CliTexts, cliTexts } from "./texts.ts";

/** What a command knows of the world outside: given by the executable, and by each test. */
export interface Io {
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Standard input, piece by piece. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** The language to speak. */
  readonly locale: Locale;
  /** Whether standard output is a terminal that shows colours. */
  readonly colour: boolean;
  /** Threads that may work at the same time, this one included. */
  readonly threads: number;
  /** The address of the program: another content is another program. */
  readonly program: string;
  /** The address of what starts it, which further threads run too. */
  readonly starter: string;
  /** Shows a line on the terminal in place of the last one; absent where standard error is none. Empty erases it. */
  readonly showProgress?: (text: string) => void;
  /** Runs the language server on standard input and output, to its end. */
  readonly runLanguageServer: () => Promise<void>;
}

/** 0 no errors, 1 errors found, 2 could not run. */
export type ExitCode = 0 | 1 | 2;

/** Why a command could not run, in one line. Ends it with exit code 2. */
export class CannotRun extends Error {
  readonly say: (texts: CliTexts) => string;

  constructor(say: (texts: CliTexts) => string) {
    super(say(cliTexts("en")));
    this.say = say;
  }
}
