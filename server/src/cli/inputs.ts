/** From the paths of a command line to the flows in their files. */
import { readFileSync, statSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { type Fence, findFences, wholeFile } from "../formats/markdown.ts";
import { findDiagrams } from "../formats/mermaid-fences.ts";
import { CAPTURES, isCapturePath, isPrintedPath, PRINTED } from "./captures.ts";
import { CannotRun, type Io } from "./io.ts";
import { type CliTexts, cliTexts } from "./texts.ts";

/** A text with flows in it. */
export interface Source {
  /** As messages name it: as given, or below the folder that was given. */
  readonly path: string;
  /** Below the folder or pattern that was given: where its pictures go. */
  readonly place: string;
  readonly kind: "flow" | "markdown" | "mermaid" | "script";
  /** Without its byte order mark. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  readonly flows: readonly Fence[];
}

/** A file that a command line names. */
export interface Input {
  readonly path: string;
  readonly place: string;
}

/** Larger files are more likely a mistake than a flow. In octets. */
const LARGEST = 8 * 1024 * 1024;

const MARKDOWN = [".md", ".mdx", ".markdown"];
const ENDINGS: readonly string[] = [".tcpflow", ...MARKDOWN];
/** Files that are one Mermaid diagram each. */
const DIAGRAMS = [".mmd", ".mermaid"];
/** packetdrill scripts. */
const SCRIPTS = [".pkt"];

/** A capture file, which is not read before it is checked; or standard input. */
export interface CaptureInput {
  readonly path: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** What a command takes beside flows: captures (as files or as text), scripts and diagrams only where asked for. */
interface Wishes {
  readonly captures?: boolean;
  readonly diagrams?: boolean;
  readonly printed?: boolean;
  /** Files that are not looked for: absolute paths. */
  readonly ignored?: ReadonlySet<string>;
}

/** What the paths of a command line name, each file once. */
export interface Listed {
  /** Texts that are not read yet; standard input is read at once. */
  readonly files: readonly (Input | Source)[];
  readonly captures: readonly CaptureInput[];
  /** Each about a path or a file that cannot be read. */
  readonly complaints: string[];
}

/** Finds what the paths name. */
export async function listFiles(
  paths: readonly string[],
  io: Io,
  stdinName = "stdin.tcpflow",
  wishes: Wishes = {},
): Promise<Listed> {
  if (paths.length === 0) throw new CannotRun((texts) => texts.noPath);
  const endings = endingsOf(wishes);
  const files: (Input | Source)[] = [];
  const captures: CaptureInput[] = [];
  const complaints: string[] = [];
  const seen = new Set<string>();
  const list = async (input: Input, isStdin: boolean): Promise<void> => {
    const full = isStdin ? "-" : resolve(io.cwd, input.path);
    if (seen.has(full)) return;
    seen.add(full);
    checkEnding(input.path, endings);
    const { path } = input;
    if (isCapturePath(path) || isPrintedPath(path)) captures.push(isStdin ? { path, stdin: io.stdin() } : { path });
    else files.push(isStdin ? sourceOf(input, decode(await readAll(io.stdin()))) : input);
  };
  for (const path of paths) {
    const isStdin = path === "-";
    const own = { path: stdinName, place: stdinName };
    try {
      for (const input of isStdin ? [own] : await findFiles(path, io.cwd, endings, wishes.ignored ?? NOTHING)) {
        await list(input, isStdin);
      }
    } catch (error) {
      complaints.push(complaintAbout(isStdin ? stdinName : path, error, io));
    }
  }
  return { files, captures, complaints };
}

function endingsOf({ captures = false, diagrams = false, printed = false }: Wishes): string[] {
  return [
    ...ENDINGS,
    ...(diagrams ? DIAGRAMS : []),
    ...(captures ? [...CAPTURES, ...SCRIPTS] : []),
    ...(printed ? PRINTED : []),
  ];
}

/** Reads what the paths name. */
export async function readSources(
  paths: readonly string[],
  io: Io,
  stdinName?: string,
  wishes: Wishes = {},
): Promise<{ sources: Source[]; captures: readonly CaptureInput[]; complaints: string[] }> {
  const { files, captures, complaints } = await listFiles(paths, io, stdinName, wishes);
  const sources = files.flatMap((file): Source[] => {
    try {
      return [readSource(file, io.cwd)];
    } catch (error) {
      complaints.push(complaintAbout(file.path, error, io));
      return [];
    }
  });
  return { sources, captures, complaints };
}

const NOTHING: ReadonlySet<string> = new Set();

/** The files that one path means: itself, what is in the folder, or what matches the pattern, but for what is ignored. */
async function findFiles(
  path: string,
  cwd: string,
  endings: readonly string[],
  ignored: ReadonlySet<string>,
): Promise<Input[]> {
  const found = await stat(resolve(cwd, path)).catch(() => undefined);
  if (found?.isDirectory()) {
    const folder = resolve(cwd, path);
    const files = await search(`**/*{${endings.join(",")}}`, folder, ignored);
    if (files.length === 0) throw new CannotRun((texts) => texts.noneInFolder(endings));
    return files.map((file) => ({ path: join(path, file), place: file }));
  }
  if (found !== undefined) {
    checkEnding(path, endings);
    return [{ path, place: path.replace(/^.*[/\\]/u, "") }];
  }
  if (!isDynamicPattern(path)) throw new CannotRun((texts) => texts.noSuchFile);
  const files = (await search(path, cwd, ignored)).filter((file) => endings.includes(extname(file).toLowerCase()));
  if (files.length === 0) throw new CannotRun((texts) => texts.noneMatches(endings));
  return files.map((file) => ({ path: file, place: file }));
}

/** Not below node_modules or folders whose name begins with a dot; sorted, so that every run says the same. */
async function search(pattern: string, cwd: string, ignored: ReadonlySet<string>): Promise<string[]> {
  const files = await glob(pattern, {
    cwd,
    ignore: "**/node_modules/**",
    followSymbolicLinks: false,
    caseSensitiveMatch: false,
  });
  const wanted = ignored.size === 0 ? files : files.filter((file) => !ignored.has(resolve(cwd, file)));
  return wanted.sort();
}

function checkEnding(path: string, endings: readonly string[]): void {
  if (!endings.includes(extname(path).toLowerCase())) {
    throw new CannotRun((texts) => texts.notReadHere(endings));
  }
}

/** Reads a file; throws where it cannot be read, or is no text. */
export function readSource(file: Input | Source, cwd: string): Source {
  return "text" in file ? file : sourceOf(file, readText(resolve(cwd, file.path)));
}

/** At once: for a thousand small files that takes a third of the time of asking for each and waiting. */
function readText(path: string): string {
  const found = statSync(path);
  if (!found.isFile()) throw new CannotRun((texts) => texts.notRegular);
  if (found.size > LARGEST) throw tooBig(found.size);
  // The fastest way, which puts a sign in place of what is not UTF-8.
  const text = readFileSync(path, "utf8");
  return text.includes("\ufffd") ? decode(readFileSync(path)) : text;
}

/** Reads on only as long as it is not too much. */
export async function readAll(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    all.push(piece);
    size += piece.length;
    if (size > LARGEST) throw new CannotRun((texts) => texts.inputTooBig(LARGEST / 2 ** 20));
  }
  return Buffer.concat(all);
}

function tooBig(size: number): CannotRun {
  return new CannotRun((texts) => texts.tooBig(Math.ceil(size / 2 ** 20), LARGEST / 2 ** 20));
}

function sourceOf(input: Input, text: string): Source {
  if (text.includes("\0")) throw new CannotRun((texts) => texts.noText);
  const byteOrderMark = text.startsWith("\ufeff");
  // Editors do not count it either.
  return withText({ ...input, byteOrderMark }, byteOrderMark ? text.slice(1) : text);
}

/** The same file with another text; its ending says how it is read. */
export function withText(
  { path, place, byteOrderMark }: Omit<Source, "kind" | "text" | "flows">,
  text: string,
): Source {
  const ending = extname(path).toLowerCase();
  const kind = kindOf(ending);
  const flows =
    kind === "markdown" ? findFences(text, { mdx: ending === ".mdx" }) : kind === "flow" ? [wholeFile(text)] : [];
  return { path, place, kind, text, byteOrderMark, flows };
}

function kindOf(ending: string): Source["kind"] {
  if (MARKDOWN.includes(ending)) return "markdown";
  if (DIAGRAMS.includes(ending)) return "mermaid";
  return SCRIPTS.includes(ending) ? "script" : "flow";
}

/** The Mermaid sequence diagrams of a file, whatever they show. */
export function diagramsOf({ path, kind, text }: Source): Fence[] {
  if (kind === "mermaid") return [wholeFile(text)];
  return kind === "markdown" ? findDiagrams(text, { mdx: extname(path).toLowerCase() === ".mdx" }) : [];
}

function decode(octets: Uint8Array): string {
  if (octets.includes(0)) throw new CannotRun((texts) => texts.noText);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new CannotRun((texts) => texts.noUtf8);
  }
}

/** Writes a file anew, with the byte order mark that it had. */
export async function writeSource({ path, byteOrderMark }: Omit<Source, "flows">, text: string, io: Io): Promise<void> {
  await writeFile(resolve(io.cwd, path), (byteOrderMark ? "\uFEFF" : "") + text);
}

/** A file, and why it could not be read or written. */
export function complaintAbout(path: string, error: unknown, { locale }: Pick<Io, "locale">): string {
  const texts = cliTexts(locale);
  return texts.about(path, reason(error, texts));
}

/** Ends a command because a file could not be written. */
export function cannotWrite(path: string, error: unknown): CannotRun {
  return new CannotRun((texts) => texts.about(path, reason(error, texts)));
}

/** Why a file could not be read or written, in a few words. */
function reason(error: unknown, texts: CliTexts): string {
  if (error instanceof CannotRun) return error.say(texts);
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return texts.system[code] ?? error.message;
}
