import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { Io } from "./io.ts";
import { localeOfEnvironment } from "./locale.ts";

/** The world as Node shows it to this process. */
export function nodeIo(): Io {
  // A reader that has seen enough (`| head`) closes the pipe: no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  return {
    cwd: process.cwd(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdin: () => process.stdin,
    locale: localeOfEnvironment(process.env),
    // Reads NO_COLOR, FORCE_COLOR and TERM.
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    threads: availableParallelism(),
    // The build puts these beside the program.
    program: import.meta.url,
    starter: new URL("./tcpflowc.mjs", import.meta.url).href,
    ...(process.stderr.isTTY && process.env.TERM !== "dumb" ? { showProgress } : {}),
    runLanguageServer: () => {
      createRequire(import.meta.url)("./server.cjs");
      // It ends the process itself.
      return new Promise(() => {});
    },
  };
}

function showProgress(text: string): void {
  // To the first column, and away with what stands behind.
  process.stderr.write(`\r${text}\u001b[K`);
}
