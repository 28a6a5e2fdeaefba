#!/usr/bin/env node
/**
 * Starts the program with the code that the last run of the same command made of it. Node's own cache keeps what is
 * compiled before a program runs; most functions are compiled when they are called first.
 */
import { readFileSync, renameSync, type Stats, statSync, writeFileSync } from "node:fs";
import * as node from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { isMainThread, workerData } from "node:worker_threads";
import * as zlib from "node:zlib";

/** The build puts the program beside this file: a function of `require` and of its own path. */
const PROGRAM = fileURLToPath(new URL("./cli.cjs", import.meta.url));

function start(): void {
  const state = statSync(PROGRAM);
  const file = codeFile(state);
  const mark = markOf(state);
  const code = file === undefined ? undefined : readCode(file, mark);
  const script = new Script(readFileSync(PROGRAM, "utf8"), {
    filename: PROGRAM,
    ...(code ? { cachedData: code } : {}),
  });
  if (file !== undefined && isMainThread && (code === undefined || script.cachedDataRejected)) {
    process.once("exit", () => writeCode(file, mark, script.createCachedData()));
  }
  script.runInThisContext()(node.createRequire(PROGRAM), PROGRAM);
}

/** Where the code is kept: in the folder of Node's own cache, if there is one, for each program and command. */
function codeFile({ dev, ino }: Stats): string | undefined {
  if (!("enableCompileCache" in node && "crc32" in zlib)) return undefined;
  node.enableCompileCache();
  const folder = node.getCompileCacheDir();
  if (folder === undefined) return undefined;
  const command: unknown = isMainThread ? process.argv[2] : workerData.name;
  const known = typeof command === "string" && /^[a-z]{1,10}$/u.test(command) ? command : "other";
  return join(folder, `tcpflowc-${dev}-${ino}-${known}`);
}

/** What stands before the code: another program has another time of change or size. */
function markOf({ ctimeMs, size }: Stats): Buffer {
  return numbers(ctimeMs, size);
}

/** Each in eight octets, which keeps the code behind them aligned. */
function numbers(...values: number[]): Buffer {
  return Buffer.from(new Float64Array(values).buffer);
}

function readCode(file: string, mark: Buffer): Uint8Array | undefined {
  try {
    const content = readFileSync(file);
    const code = content.subarray(mark.length + 8);
    // V8 would run code that is broken.
    const isWhole = content.subarray(0, mark.length + 8).equals(headOf(mark, code));
    return isWhole ? code : undefined;
  } catch {
    // The first run of this command.
    return undefined;
  }
}

function headOf(mark: Buffer, code: Uint8Array): Buffer {
  return Buffer.concat([mark, numbers(zlib.crc32(code))]);
}

/** At once or not at all; without it the next run is slower, and that is all. */
function writeCode(file: string, mark: Buffer, code: Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, Buffer.concat([headOf(mark, code), code]), { mode: 0o600 });
    renameSync(draft, file);
  } catch {}
}

start();
