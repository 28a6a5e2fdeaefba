/** What the command line says in English, beside findings and the help of each command. */
import type { Severity } from "../../flow/findings.ts";
import type { SegmentClass } from "../../flow/replay-types.ts";

/** `1 error`, `2 errors`. */
const amount = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;

/** What a value of an option is one of. */
export type Choice =
  | "format"
  | "kind of numbers"
  | "language"
  | "rule"
  | "severity"
  | "spacing"
  | "states"
  | "strategy"
  | "theme"
  | "vantage";

/** What a key of the configuration takes. */
export type ValueKind = "boolean" | "number" | "patterns" | "string";

const KINDS: Readonly<Record<ValueKind, string>> = {
  boolean: "true or false",
  number: "a number",
  patterns: "a list of patterns",
  string: "a text",
};

const FOUND: Readonly<Record<Severity, (count: number) => string>> = {
  error: (count) => amount(count, "error"),
  warning: (count) => amount(count, "warning"),
  info: (count) => `${count} info`,
  hint: (count) => amount(count, "hint"),
};

/** Errors of the system by their code. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "no such file or folder",
  EISDIR: "is a folder",
  ENOTDIR: "a part of the path is not a folder",
  ELOOP: "symbolic links that lead in a circle",
  ENOSPC: "no space left on the disk",
  EROFS: "the disk is read-only",
};

export const EN = {
  // The program.
  usage: (commands: string) => `Usage: tcpflowc COMMAND [options] [PATH…]

Checks TCP exchanges written in the TCPFlow language, and draws them.

${commands}

  tcpflowc COMMAND --help   the options of a command
  tcpflowc --version
  --locale en|zh-cn         the language of messages, with any command; else that of the
                            environment (LC_ALL, LC_MESSAGES, LANG)
`,
  internalError: (error: unknown) => `internal error: ${error}`,
  unknownCommand: (name: string, near: string | undefined) =>
    `unknown command "${name}"; ${near === undefined ? "see tcpflowc --help" : `did you mean ${near}?`}`,
  unknownOption: (option: string, near: string | undefined) =>
    `unknown option ${option}${near === undefined ? "" : `; did you mean --${near}?`}`,
  valueMissing: (option: string) => `Option '${option}' argument missing`,
  takesNoValue: (option: string) => `Option '${option}' does not take an argument`,
  valueAmbiguous: (option: string) => `Option '${option}' argument is ambiguous`,
  unknownValue: (choice: Choice, value: string, near: string | undefined, known: readonly string[]) =>
    `unknown ${choice} "${value}"; ${near === undefined ? `known: ${known.join(", ")}` : `did you mean ${near}?`}`,
  noCount: (option: string, value: string) => `${option}: "${value}" is not a number from 0 on`,
  ruleSetting: (setting: string) => `--rule ${setting}: write it as RULE=SEVERITY, e.g. unfinished=off`,

  // tcpflow.config.json
  noJsonObject: "not a JSON object",
  unknownKey: (key: string, near: string | undefined) =>
    `unknown key "${key}"${near === undefined ? "" : `; did you mean ${near}?`}`,
  oneOf: (key: string, known: readonly string[]) => `${key} is one of ${known.join(", ")}`,
  ofKind: (key: string, kind: ValueKind) => `${key} takes ${KINDS[kind]}`,

  // Files.
  noPath: "no path given; name files, folders or patterns, or - for standard input",
  noneInFolder: (endings: readonly string[]) => `no ${endings.join(", ")} file in this folder`,
  noneMatches: (endings: readonly string[]) => `no ${endings.join(", ")} file matches this pattern`,
  noSuchFile: "no such file or folder",
  notReadHere: (endings: readonly string[]) => `not a kind of file that is read here (${endings.join(", ")})`,
  notRegular: "not a regular file",
  tooBig: (size: number, most: number) => `too big: ${size} MiB, more than ${most} MiB`,
  inputTooBig: (most: number) => `too big: more than ${most} MiB`,
  noText: "not a text file",
  noUtf8: "not UTF-8 text",
  system: SYSTEM,
  /** A file, and what is to be said about it. */
  about: (path: string, text: string) => `${path}: ${text}`,
  /** Complaints in one line. */
  complaints: (all: readonly string[]) => all.join("; "),

  // check
  fixesFiles: "--fix changes files; standard input is none",
  progress: (done: number, total: number) => `${done} of ${total} files`,
  tooManyWarnings: (count: number, most: number) => `${FOUND.warning(count)}, more than --max-warnings ${most}`,
  severity: (severity: Severity): string => severity,
  labelled: (label: string, text: string) => `${label}: ${text}`,
  fix: "fix",
  fixed: "fixed",
  found: FOUND,
  noFindings: "No findings",
  list: (parts: readonly string[]) => parts.join(", "),
  flows: (flows: number, files: number) => `${amount(flows, "flow")} of ${amount(files, "file")}`,
  captures: (count: number) => amount(count, "capture"),
  both: (parts: readonly string[]) => parts.join(" and "),
  foundIn: (found: string, where: string) => `${found} in ${where}`,
  hintsHidden: " (--hints shows them)",
  checkSaysWhich: (path: string, errors: number) => `${path}: ${FOUND.error(errors)}; tcpflowc check says which`,

  // Captures.
  noFilter: (value: string) => `--filter: "${value}" is not host:port, host or :port`,
  atPacket: (path: string, packet: number) => `${path}: packet ${packet}`,
  ofPacket: (packet: number, message: string) => `packet ${packet}: ${message}`,
  line: (line: number) => `line ${line}`,
  packets: "packets",
  atOctet: (path: string, octet: number, message: string) => `${path}: octet ${octet}: ${message}`,
  withOctet: (message: string, octet: number) => `${message} (octet ${octet})`,
  segmentsOf: (segments: number, connections: number) =>
    `${amount(segments, "segment")} of ${amount(connections, "connection")}`,
  skipped: (parts: readonly string[]) => `skipped packets: ${parts.join(", ")}`,
  doubled: (count: number) => `${amount(count, "packet")} captured twice`,
  lacking: (count: number) => `packets are missing at ${amount(count, "place")}`,
  notShown: (count: number) => `${amount(count, "further finding")} not shown`,
  remarks: (parts: readonly string[]) => parts.join("; "),
  noConnectionNumber: (value: string) => `--connection: "${value}" is no number; connections count from 0`,
  noSegment: "no TCP segment in this capture",
  nothingFits: "no TCP segment goes to or from what --filter names",
  noConnection: (wanted: number | undefined, count: number) => `no connection ${wanted}; ${lastConnection(count)}`,
  tooManySegments: (segments: number, most: number) =>
    `${amount(segments, "segment")} are too many for a text (${most} at most)`,
  pickConnection: (text: string, count: number) => `${text}; ${lastConnection(count)}: pick one with --connection`,

  // render, convert, format, explain, trace
  pictures: (count: number, folder: string) => `${amount(count, "picture")} in ${folder}`,
  cannotDraw: (path: string, ending: string, known: readonly string[]) =>
    `-o ${path}: cannot draw "${ending}"; ${known.join(", ")} are known`,
  noScale: (value: string, least: number, most: number) =>
    `--scale: "${value}" is not a number from ${least} to ${most}`,
  noRasteriser: "PNG needs the npm package tcpflow-lang (npm install tcpflow-lang), which holds the fonts",
  noPageParts: "the script of the page is missing; build it with npm run build",
  noImageToStdout: "a PNG is no text for standard output; name a file with -o",
  scaledDown: (place: string, scale: number) => `${place}: large; drawn at scale ${scale.toFixed(2)}`,
  noFlowInFiles: "no flow in these files",
  notIntoOneFile: (flows: number) => `${flows} flows do not go into one file; name a folder with -o`,
  samePlace: (place: string) => `two flows would be drawn to ${place}; render their folders one by one`,
  noEnd: (name: string, known: readonly string[]) => `--test: no end is called "${name}"; known: ${known.join(", ")}`,
  nameOutput: "convert: name the file to write with -o, or - for standard output",
  oneFile: (command: string) => `${command} takes one file at a time`,
  noCaptureToStdout: "a capture is no text for standard output; name a file with -o",
  sayTo: (path: string, formats: readonly string[]) =>
    `-o ${path}: say with --to what to write (${formats.join(", ")})`,
  noFlow: (path: string) => `${path}: no flow in this file`,
  convertsOne: (path: string, flows: number) => `${path}: ${flows} flows; convert takes one`,
  inPlaceInput: "--in-place changes files; standard input is none",
  inPlaceOutput: "convert: --in-place writes no other file; leave out -o",
  dryRunAlone: "convert: --dry-run goes with --in-place",
  diagramsConverted: (path: string, count: number) => `${path}: ${amount(count, "diagram")} converted`,
  noDiagrams: "no Mermaid diagram that shows TCP in these files",
  standsAlone: "format: - stands alone, its result goes to standard output",
  formatted: (path: string) => `formatted ${path}`,
  oneMarkdown: "markdown takes one file at a time",
  noBook: "mdbook: standard input is no book as mdBook hands it over",
  oneRule: "explain takes one rule at a time",
  inBrackets: (text: string, rfc: string | undefined) => ` (${text}${rfc === undefined ? "" : `, ${rfc}`})`,
  wrong: "Wrong",
  right: "Right",
  columns: { line: "line", time: "time", event: "event", changes: "changes" },
  receives: (who: string, segment: string) => `${who} receives ${segment}`,
  isLost: (segment: string) => `lost: ${segment}`,
  className: (name: SegmentClass): string => name,
};

function lastConnection(count: number): string {
  return count === 1 ? "there is only connection 0" : `there are connections 0 to ${count - 1}`;
}

/** What the command line says; what one language has, all have. */
export type CliTexts = typeof EN;
