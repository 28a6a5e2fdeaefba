/** Checks files, where there is much to read on all cores. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Locale } from "../flow/locale.ts";
import { complaintAbout, type Input, readSource, type Source } from "./inputs.ts";
import type { Io } from "./io.ts";
import { checkSource, type FileReport } from "./reports.ts";
import { cliTexts } from "./texts.ts";
import { share, type Work } from "./threads.ts";

/** What a check found in a file, or why there was none. */
type Checked = { readonly report: FileReport } | { readonly complaint: string };

interface CheckOrder {
  readonly cwd: string;
  readonly locale: Locale;
}

/** The check of a file. */
export const CHECKING: Work<CheckOrder, Input | Source, Checked> = {
  name: "check",
  prepare:
    ({ cwd, locale }) =>
    (file) =>
      checkFile(file, cwd, locale),
};

/** Files whose sizes tell the size of all. */
const SAMPLE = 100;

/** The results in the order of the files. `onProgress` is told how many have been taken. */
export async function checkFiles(
  files: readonly (Input | Source)[],
  io: Pick<Io, "cwd" | "locale" | "threads" | "starter">,
  onProgress: (done: number) => void,
): Promise<Checked[]> {
  const { cwd, locale } = io;
  let octets = 0;
  const sample = files.slice(0, SAMPLE);
  for (const file of sample) octets += sizeOf(file, cwd);
  const cost = (octets / Math.max(1, sample.length)) * files.length;
  return share(CHECKING, { order: { cwd, locale }, pieces: files, cost }, io, onProgress);
}

function sizeOf(file: Input | Source, cwd: string): number {
  if ("text" in file) return file.text.length;
  try {
    return statSync(resolve(cwd, file.path)).size;
  } catch {
    // Said where it is read.
    return 0;
  }
}

function checkFile(file: Input | Source, cwd: string, locale: Locale): Checked {
  let source: Source;
  try {
    source = readSource(file, cwd);
  } catch (error) {
    return { complaint: complaintAbout(file.path, error, { locale }) };
  }
  try {
    return { report: checkSource(source, locale) };
  } catch (error) {
    // A fault of ours costs one file.
    const texts = cliTexts(locale);
    return { complaint: texts.about(file.path, texts.internalError(error)) };
  }
}
