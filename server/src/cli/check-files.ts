/** Checks files: on one thread where they are few, on all cores where there is much to read. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Locale } from "../flow/locale.ts";
import { complaintAbout, type Input, readSource, type Source } from "./inputs.ts";
import type { Io } from "./io.ts";
import { checkSource, type FileReport } from "./reports.ts";
import { cliTexts } from "./texts.ts";

/** What a check found in a file, or why there was none. */
export type Checked = { readonly report: FileReport } | { readonly complaint: string };

/** What the threads share: each takes the next file until there is none. */
interface Job {
  readonly files: readonly (Input | Source)[];
  readonly cwd: string;
  readonly locale: Locale;
  /** One number: that of the next file. */
  readonly next: SharedArrayBuffer;
}

/** A file's number, and what was found. */
type Result = readonly [number: number, checked: Checked];

/** How a worker knows what it is for. */
const JOB = "tcpflowc check";

/** Octets for which a further thread is worth its start. */
const SHARE = 300_000;

/**
 * The results in the order of the files; one thread or many give the same. `onProgress` is told how many files have
 * been taken. Rejects where a worker breaks down.
 */
export async function checkFiles(
  files: readonly (Input | Source)[],
  { cwd, locale, threads, program }: Pick<Io, "cwd" | "locale" | "threads" | "program">,
  onProgress: (done: number) => void = () => {},
): Promise<Checked[]> {
  const job: Job = { files, cwd, locale, next: new SharedArrayBuffer(4) };
  const results: Checked[] = [];
  const book = (batch: readonly Result[]) => {
    for (const [number, checked] of batch) results[number] = checked;
  };
  const workers = Array.from({ length: helpers(files, cwd, threads) }, () => startWorker(program, job, book));
  // A worker that breaks down while this thread is busy is told of below.
  const done = Promise.all(workers);
  done.catch(() => {});
  takeFiles(job, (result, taken) => {
    book([result]);
    onProgress(taken);
  });
  await done;
  return results;
}

/** How many threads there should be beside this one. */
function helpers(files: readonly (Input | Source)[], cwd: string, threads: number): number {
  if (threads < 2 || files.length < 2) return 0;
  let octets = 0;
  for (const file of files) {
    octets += sizeOf(file, cwd);
    if (octets >= threads * SHARE) return threads - 1;
  }
  return Math.max(0, Math.floor(octets / SHARE) - 1);
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

function startWorker(program: string, job: Job, book: (batch: readonly Result[]) => void): Promise<void> {
  const worker = new Worker(new URL(program), { workerData: { name: JOB, job } });
  worker.on("message", book);
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}

/** Results that a worker sends at once. */
const BATCH = 32;

/** Does a worker's part, if `data` is what a worker was started with by `checkFiles`. */
export function serveJob(data: unknown, send: (batch: readonly Result[]) => void): boolean {
  if (!isJob(data)) return false;
  let batch: Result[] = [];
  takeFiles(data.job, (result) => {
    batch.push(result);
    if (batch.length < BATCH) return;
    send(batch);
    batch = [];
  });
  if (batch.length > 0) send(batch);
  return true;
}

function isJob(data: unknown): data is { readonly job: Job } {
  return typeof data === "object" && data !== null && "name" in data && data.name === JOB;
}

function takeFiles({ files, cwd, locale, next }: Job, take: (result: Result, taken: number) => void): void {
  const counter = new Int32Array(next);
  for (;;) {
    const number = Atomics.add(counter, 0, 1);
    const file = files[number];
    if (file === undefined) return;
    take([number, checkFile(file, cwd, locale)], Math.min(Atomics.load(counter, 0), files.length));
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
