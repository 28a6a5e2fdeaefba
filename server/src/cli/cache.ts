/** `check --cache`: what was found in files that have not changed since. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lineTable } from "../flow/lines.ts";
import { digest } from "./digest.ts";
import { complaintAbout, type Source } from "./inputs.ts";
import type { Io } from "./io.ts";
import { pathFrom } from "./places.ts";
import type { FileReport, FlowReport } from "./reports.ts";
import { VERSION } from "./version.ts";

/** Where it is kept, if nothing else is said; below the folder of the command. */
export const CACHE_NAME = ".tcpflowcache";

/** What is kept of a file: a digest of its text, and what was found in it, before severities are weighed. */
interface Entry {
  readonly digest: string;
  readonly flows: readonly FlowReport[];
}

/** Found by the path below the folder of the command. */
type Entries = Readonly<Record<string, Entry>>;

export interface Cache {
  /** The report of a file, if it has the same text as last time. */
  readonly find: (source: Source) => FileReport | undefined;
  readonly keep: (report: FileReport) => void;
  /** Writes it where anything is new; gives a complaint where that fails. */
  readonly save: () => string | undefined;
}

/**
 * The cache in a file. One that is not whole, or was made by another version of the program or in another language, is
 * taken for empty.
 */
export function openCache(name: string, io: Pick<Io, "cwd" | "locale" | "program">): Cache {
  const path = resolve(io.cwd, name);
  const maker = makerOf(io);
  const before = readEntries(path, maker);
  const entries = new Map(Object.entries(before));
  const keyOf = (file: string) => pathFrom(io.cwd, file);
  let isNew = false;
  return {
    find: ({ flows: _, ...source }) => {
      const entry = entries.get(keyOf(source.path));
      if (entry === undefined || entry.digest !== digest(source.text)) return undefined;
      return { source, lines: lineTable(source.text), flows: entry.flows };
    },
    keep: ({ source, flows }) => {
      isNew = true;
      entries.set(keyOf(source.path), { digest: digest(source.text), flows });
    },
    save: () => {
      if (!isNew) return undefined;
      const kept = [...entries].filter(([file]) => existsSync(resolve(io.cwd, file)));
      try {
        writeEntries(path, maker, Object.fromEntries(kept));
        return undefined;
      } catch (error) {
        return complaintAbout(name, error, io);
      }
    },
  };
}

/** The first line is a digest of the second, so that only what was written here is read. */
function readEntries(path: string, maker: string): Entries {
  try {
    const text = readFileSync(path, "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === digest(maker + body) ? JSON.parse(body) : {};
  } catch {
    return {};
  }
}

/** At once or not at all, also where two runs write at the same time. */
function writeEntries(path: string, maker: string, entries: Entries): void {
  const body = JSON.stringify(entries);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${digest(maker + body)}\n${body}`);
  renameSync(draft, path);
}

/** What findings depend on beside the text: the program as it is, and the language of messages. */
function makerOf({ locale, program }: Pick<Io, "locale" | "program">): string {
  return `${VERSION} ${locale} ${digest(readFileSync(fileURLToPath(program)))}\n`;
}
