#!/usr/bin/env node
/**
 * Starts the program with the code that the last run of the same command made of it. Node's own cache keeps what is
 * compiled before a program runs; most functions are compiled when they are called first.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as node from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { isMainThread, workerData } from "node:worker_threads";
import * as zlib from "node:zlib";

/** The build puts the program beside this file. */
const PROGRAM = fileURLToPath(new URL("./cli.cjs", import.meta.url));

/** What is in scope of a CommonJS module, as far as the program needs it. */
const HEAD = "(function (require, __filename) {";

/** Octets before the code: a checksum of the program, and what keeps the code aligned. */
const PREFIX = 16;

function start(): void {
  const source = readFileSync(PROGRAM, "utf8");
  const file = codeFile();
  const sum = Buffer.alloc(PREFIX);
  sum.writeUInt32LE(zlib.crc32(source));
  const kept = file === undefined ? undefined : readCode(file, sum);
  const script = new Script(`${HEAD}${source}\n})`, {
    filename: PROGRAM,
    columnOffset: -HEAD.length,
    ...(kept ? { cachedData: kept } : {}),
  });
  if (file !== undefined && isMainThread && (kept === undefined || script.cachedDataRejected)) {
    process.once("exit", () => writeCode(file, Buffer.concat([sum, script.createCachedData()])));
  }
  script.runInThisContext()(node.createRequire(PROGRAM), PROGRAM);
}

/** Where the code is kept: in the folder of Node's own cache, if there is one, for each command. */
function codeFile(): string | undefined {
  if (!("enableCompileCache" in node)) return undefined;
  node.enableCompileCache();
  const directory = node.getCompileCacheDir();
  if (directory === undefined) return undefined;
  const command: unknown = isMainThread ? process.argv[2] : workerData.name;
  const known = typeof command === "string" && /^[a-z]{1,10}$/u.test(command) ? command : "other";
  return join(directory, `tcpflowc-${zlib.crc32(PROGRAM).toString(16)}-${known}`);
}

function readCode(file: string, sum: Uint8Array): Uint8Array | undefined {
  try {
    const content = readFileSync(file);
    return content.subarray(0, PREFIX).equals(sum) ? content.subarray(PREFIX) : undefined;
  } catch {
    // The first run of this command.
    return undefined;
  }
}

/** At once or not at all; without it the next run is slower, and that is all. */
function writeCode(file: string, content: Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, content, { mode: 0o600 });
    renameSync(draft, file);
  } catch {}
}

start();
