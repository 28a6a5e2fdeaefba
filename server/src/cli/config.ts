/** `tcpflow.config.json`: what `check` does where its command line says nothing. Comments are allowed in it. */
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from "jsonc-parser";
import { glob } from "tinyglobby";
import { lineTable, positionAt } from "../flow/lines.ts";
import { RULE_IDS } from "../flow/rules.ts";
import { nearest } from "../language/nearest.ts";
import { complaintAbout } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { LEVELS } from "./severities.ts";
import type { CliTexts } from "./texts.ts";

const CONFIG_NAME = "tcpflow.config.json";

/** Options of `check` that may have another default, with the kind of their values. */
export const DEFAULTS = {
  format: "string",
  "max-warnings": "number",
  vantage: "string",
  filter: "string",
  hints: "boolean",
  quiet: "boolean",
  cache: "boolean",
} as const;

/** What a configuration asks for. */
export interface Config {
  /** As words of a command line, to stand before those that are given. */
  readonly args: readonly string[];
  /** Patterns of what is checked where no path is given, relative to the folder of the command. */
  readonly files: readonly string[];
  /** Files that are not looked for: absolute paths. */
  readonly ignored: ReadonlySet<string>;
}

const KEYS = ["$schema", "rules", "files", "ignore", "defaults"] as const;

/** Reads the configuration that is named, or the nearest one at or above the folder; none is no mistake. */
export async function readConfig(io: Io, named: string | undefined): Promise<Config | undefined> {
  const found = named === undefined ? await nearestConfig(io.cwd) : resolve(io.cwd, named);
  if (found === undefined) return undefined;
  const path = relative(io.cwd, found) || CONFIG_NAME;
  const text = await readFile(found, "utf8").catch((error: unknown) => {
    throw new CannotRun(() => complaintAbout(path, error, io));
  });
  const { args, files, ignore } = readText(text.replace(/^\uFEFF/u, ""), path);
  const folder = dirname(found);
  const prefix = relative(io.cwd, folder).replaceAll("\\", "/");
  const ignored = ignore.length === 0 ? [] : await glob([...ignore], { cwd: folder, absolute: true, dot: true });
  return {
    args,
    files: files.map((pattern) => (prefix === "" ? pattern : `${prefix}/${pattern}`)),
    ignored: new Set(ignored.map((file) => resolve(file))),
  };
}

async function nearestConfig(start: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME);
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

type Read = { readonly args: string[]; readonly files: string[]; readonly ignore: string[] };

/** Throws CannotRun, with the line, at the first thing that makes no sense. */
function readText(text: string, path: string): Read {
  const lines = lineTable(text);
  const stop = (offset: number, say: (texts: CliTexts) => string): never => {
    const { line, character } = positionAt(lines, offset);
    throw new CannotRun((texts) => `${path}:${line + 1}:${character + 1}: ${say(texts)}`);
  };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root?.type !== "object") {
    return stop(error?.offset ?? 0, (texts) => texts.noJsonObject);
  }
  for (const [key, node] of entries(root)) {
    if (!KEYS.some((known) => known === key)) stop(node.offset, (texts) => texts.unknownKey(key, nearest(key, KEYS)));
  }
  const rules = entries(propertyOf(root, "rules")).flatMap(([rule, node, value]) => {
    const known = RULE_IDS.find((id) => id === rule);
    if (known === undefined) stop(node.offset, (texts) => texts.unknownKey(rule, nearest(rule, RULE_IDS)));
    const level = LEVELS.find((one) => one === getNodeValue(value));
    if (level === undefined) stop(value.offset, (texts) => texts.oneOf(rule, LEVELS));
    return [`--rule=${rule}=${level}`];
  });
  const defaults = entries(propertyOf(root, "defaults")).flatMap(([option, node, value]) => {
    const kind = Object.entries(DEFAULTS).find(([name]) => name === option)?.[1];
    if (kind === undefined) {
      return stop(node.offset, (texts) => texts.unknownKey(option, nearest(option, Object.keys(DEFAULTS))));
    }
    const given: unknown = getNodeValue(value);
    if (typeof given !== kind) stop(value.offset, (texts) => texts.ofKind(option, kind));
    if (kind === "boolean") return given === true ? [`--${option}`] : [];
    return [`--${option}=${String(given)}`];
  });
  const patterns = (key: "files" | "ignore"): string[] => {
    const node = propertyOf(root, key);
    const items = node?.children ?? [];
    if (node !== undefined && (node.type !== "array" || items.some(({ type }) => type !== "string"))) {
      stop(node.offset, (texts) => texts.ofKind(key, "patterns"));
    }
    return items.map((item) => String(getNodeValue(item)));
  };
  return { args: [...rules, ...defaults], files: patterns("files"), ignore: patterns("ignore") };
}

function propertyOf(root: Node, key: string): Node | undefined {
  return findNodeAtLocation(root, [key]);
}

/** The properties of an object: name, where it stands, value. */
function entries(node: Node | undefined): [string, Node, Node][] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap((property): [string, Node, Node][] => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), key, value]];
  });
}
