/** From the paths of a command line to the flows in their files. */
import type { Stats } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { type Fence, findFences, wholeFile } from "../formats/markdown.ts";
import { CannotRun, type Io } from "./io.ts";

/** A text with flows in it. */
export interface Source {
  /** As messages name it: as given, or below the folder that was given. */
  readonly path: string;
  /** Below the folder or pattern that was given: where its pictures go. */
  readonly place: string;
  readonly kind: "flow" | "markdown";
  /** Without its byte order mark. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  readonly flows: readonly Fence[];
}

/** A file that a command line names. */
interface Input {
  readonly path: string;
  readonly place: string;
}

/** Larger files are more likely a mistake than a flow. In octets. */
const LARGEST = 8 * 1024 * 1024;

const MARKDOWN = [".md", ".mdx", ".markdown"];
const ENDINGS = [".tcpflow", ...MARKDOWN];

/** Reads what the paths name. Each complaint is one file or path that could not be read. */
export async function readSources(
  paths: readonly string[],
  io: Io,
  stdinName = "stdin.tcpflow",
): Promise<{ sources: Source[]; complaints: string[] }> {
  if (paths.length === 0)
    throw new CannotRun("no path given; name files, folders or patterns, or - for standard input");
  const sources: Source[] = [];
  const complaints: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    try {
      const inputs = path === "-" ? [{ path: stdinName, place: stdinName }] : await findFiles(path, io.cwd);
      for (const input of inputs) {
        const full = path === "-" ? path : resolve(io.cwd, input.path);
        if (seen.has(full)) continue;
        seen.add(full);
        try {
          const octets = path === "-" ? await io.stdin() : await readOctets(full);
          sources.push(readSource(input, octets));
        } catch (error) {
          complaints.push(`${input.path}: ${reason(error)}`);
        }
      }
    } catch (error) {
      complaints.push(`${path}: ${reason(error)}`);
    }
  }
  return { sources, complaints };
}

/** The files that one path means: itself, what is in the folder, or what matches the pattern. */
async function findFiles(path: string, cwd: string): Promise<Input[]> {
  const found = await stat(resolve(cwd, path)).catch(() => undefined);
  if (found?.isDirectory()) {
    const files = await search(`**/*{${ENDINGS.join(",")}}`, resolve(cwd, path));
    if (files.length === 0) throw new CannotRun(`no ${ENDINGS.join(", ")} file in this folder`);
    return files.map((file) => ({ path: join(path, file), place: file }));
  }
  if (found !== undefined) {
    checkEnding(path);
    return [{ path, place: path.replace(/^.*[/\\]/u, "") }];
  }
  if (!isDynamicPattern(path)) throw new CannotRun("no such file or folder");
  const files = (await search(path, cwd)).filter((file) => ENDINGS.includes(extname(file).toLowerCase()));
  if (files.length === 0) throw new CannotRun(`no ${ENDINGS.join(", ")} file matches this pattern`);
  return files.map((file) => ({ path: file, place: file }));
}

/** Not below node_modules or folders whose name begins with a dot; sorted, so that every run says the same. */
async function search(pattern: string, cwd: string): Promise<string[]> {
  const files = await glob(pattern, {
    cwd,
    ignore: "**/node_modules/**",
    followSymbolicLinks: false,
    caseSensitiveMatch: false,
  });
  return files.sort();
}

function checkEnding(path: string): void {
  if (!ENDINGS.includes(extname(path).toLowerCase())) {
    throw new CannotRun(`not a kind of file that is read here (${ENDINGS.join(", ")})`);
  }
}

async function readOctets(path: string): Promise<Uint8Array> {
  const found: Stats = await stat(path);
  if (!found.isFile()) throw new CannotRun("not a regular file");
  if (found.size > LARGEST) throw tooBig(found.size);
  return readFile(path);
}

function tooBig(size: number): CannotRun {
  return new CannotRun(`too big: ${Math.ceil(size / 2 ** 20)} MiB, more than ${LARGEST / 2 ** 20} MiB`);
}

function readSource(input: Input, octets: Uint8Array): Source {
  if (octets.length > LARGEST) throw tooBig(octets.length);
  checkEnding(input.path);
  return withText({ ...input, byteOrderMark: octets[0] === 0xef && octets[1] === 0xbb }, decode(octets));
}

/** The same file with another text; its ending says how it is read. */
export function withText(
  { path, place, byteOrderMark }: Omit<Source, "kind" | "text" | "flows">,
  text: string,
): Source {
  const ending = extname(path).toLowerCase();
  const kind = MARKDOWN.includes(ending) ? "markdown" : "flow";
  const flows = kind === "markdown" ? findFences(text, { mdx: ending === ".mdx" }) : [wholeFile(text)];
  return { path, place, kind, text, byteOrderMark, flows };
}

function decode(octets: Uint8Array): string {
  if (octets.includes(0)) throw new CannotRun("not a text file");
  try {
    // Drops a byte order mark: editors do not count it either.
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    throw new CannotRun("not UTF-8 text");
  }
}

/** Writes a file anew, with the byte order mark that it had. */
export async function writeSource({ path, byteOrderMark }: Source, text: string, io: Io): Promise<void> {
  await writeFile(resolve(io.cwd, path), (byteOrderMark ? "\uFEFF" : "") + text);
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "no such file or folder",
  EISDIR: "is a folder",
  ENOTDIR: "a part of the path is not a folder",
  ELOOP: "symbolic links that lead in a circle",
  ENOSPC: "no space left on the disk",
  EROFS: "the disk is read-only",
};

/** Why a file could not be read or written, in a few words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return SYSTEM_REASONS[code] ?? error.message;
}
