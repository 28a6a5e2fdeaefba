/** Syntax tree -> flow. */
import type { AstNode, ParseResult } from "langium";
import type { Finding } from "../flow/findings.ts";
import type { Annotation, Flow, Settings, Span } from "../flow/flow.ts";
import { DEFAULT_SETTINGS } from "../flow/flow.ts";
import type { LocaleOptions } from "../flow/locale.ts";
import { RULE_IDS } from "../flow/rules.ts";
import { schedule } from "../flow/schedule.ts";
import type { Moment, Statement } from "../flow/statements.ts";
import { readDeclarations, type Survey, survey } from "./declarations.ts";
import { type Block, type Item, isFlow, type Mark } from "./generated/ast.ts";
import { childSpan, complain, type Reading, readWord, spanOf } from "./reading.ts";
import { DEEPEST_BLOCK } from "./roles.ts";
import { readStatement } from "./statements.ts";
import { addSyntaxErrors } from "./syntax-errors.ts";
import { type ReadingTexts, readingTexts } from "./texts.ts";
import { readDuration } from "./values.ts";
import { known } from "./words.ts";

export interface ReadOptions extends LocaleOptions {
  /** Number of the first line of the text as messages count it. */
  readonly firstLine?: number;
}

/** The flow that a parsed text tells, with what is wrong with the text. Never throws; needs no document, scope or index. */
export function readFlow(parsed: ParseResult<AstNode>, options: ReadOptions = {}): Flow {
  const { locale = "en" } = options;
  const root = parsed.value;
  const text = root.$cstNode?.root.fullText ?? "";
  const items = isFlow(root) ? root.items : [];
  const found = survey(items);
  const reading = startReading(text, found, readingTexts(locale));
  const declarations = readDeclarations(reading, found);
  const annotations: Annotation[] = [];
  const statements: Statement[] = [];
  readItems(reading, items, statements, annotations);
  const { segments, events, problems } = schedule(statements, declarations.settings, locale);
  const told = new Set(reading.problems.map(({ span }) => span.start));
  const isNew = ({ span }: Finding) => !told.has(span.start);
  const all = addSyntaxErrors(reading, parsed, [...reading.problems, ...problems.filter(isNew)]);
  return {
    locale,
    text,
    firstLine: options.firstLine ?? 1,
    ...declarations,
    endpoints: reading.endpoints.endpoints,
    segments,
    events,
    annotations,
    problems: all.sort((a, b) => a.span.start - b.span.start),
  };
}

function startReading(text: string, found: Survey, texts: ReadingTexts): Reading {
  const settings: Settings = { ...DEFAULT_SETTINGS };
  const last = found.endpoints.at(-1)?.node;
  return {
    texts,
    text,
    problems: [],
    endpoints: {
      endpoints: [],
      numbers: new Map(),
      adopted: [],
      declareAt: last ? { offset: spanOf(last).end, listed: true } : { offset: found.start ?? 0, listed: false },
    },
    settings,
    symbols: new Map(),
    tags: found.tags,
    statement: -1,
    starts: [],
  };
}

/** Reads a list of statements, each with the marks before it. */
function readItems(reading: Reading, items: readonly Item[], into: Statement[], annotations: Annotation[]): void {
  let marks: Mark[] = [];
  for (const item of items) {
    if (item.$type === "Mark") {
      marks.push(item);
      continue;
    }
    const span = spanOf(item);
    const number = reading.starts.push(span.start) - 1;
    reading.statement = number;
    const moment = marks.length > 0 ? readMarks(reading, marks, span.start, annotations) : undefined;
    marks = [];
    if ((item.$type === "Crossing" || item.$type === "Repeat") && !isWhole(reading, item.block, span, item.$type)) {
      // Its lines stand as if it were not there, so that an unfinished block changes no other line.
      readItems(reading, item.block?.items ?? [], into, annotations);
      continue;
    }
    const body = (block: Block) => {
      const inner: Statement[] = [];
      readItems(reading, block.items, inner, annotations);
      reading.statement = number;
      return inner;
    };
    const statement = readStatement(reading, item, span, moment, body);
    if (statement) into.push(statement);
  }
  for (const mark of marks) complain(reading, "syntax", spanOf(mark), reading.texts.loneMark);
}

function isWhole(reading: Reading, block: Block | undefined, span: Span, kind: "Crossing" | "Repeat"): boolean {
  if (block?.closed) return true;
  const word = kind.toLowerCase();
  if (block) {
    const { start: brace, end } = spanOf(block);
    const at = { start: end, end };
    complain(reading, "syntax", { start: brace, end: brace + 1 }, reading.texts.openBlock, {
      fixes: [
        {
          title: reading.texts.closeBlock,
          edits: [{ span: at, newText: reading.text[end - 1] === "\n" ? "}\n" : "\n}" }],
        },
      ],
    });
  } else {
    const isTooDeep = /^[\s\u3000]*[{｛]/u.test(reading.text.slice(span.end, span.end + 100));
    const message = isTooDeep ? reading.texts.tooDeep(DEEPEST_BLOCK) : reading.texts.needsBlock(word);
    complain(reading, "syntax", { start: span.start, end: span.start + word.length }, message);
  }
  return false;
}

/** The time that a statement is given; its annotations go to the list. */
function readMarks(
  reading: Reading,
  marks: readonly Mark[],
  start: number,
  annotations: Annotation[],
): Moment | undefined {
  let moment: Moment | undefined;
  for (const mark of marks) {
    const span = spanOf(mark);
    if (mark.kind !== undefined) {
      annotations.push(...readAnnotations(reading, mark));
    } else if (mark.time === undefined) {
      complain(reading, "syntax", span, reading.texts.bareMark);
    } else if (/[\r\n]/u.test(reading.text.slice(span.end, start))) {
      complain(reading, "syntax", span, reading.texts.timeOnLine);
    } else {
      const duration = readDuration(reading, mark.time, childSpan(mark, -1));
      if (duration) moment = { from: mark.later ? "before" : "start", duration, span };
    }
  }
  return moment;
}

function readAnnotations(reading: Reading, mark: Mark): Annotation[] {
  const span = spanOf(mark);
  if (mark.rules.length === 0) {
    complain(reading, "syntax", span, reading.texts.annotationNamesRule);
    return [];
  }
  const kind = readWord(reading, mark.kind ?? "", childSpan(mark, 1), ["expect", "allow"], "annotation");
  if (kind === undefined) return [];
  const found: Annotation[] = [];
  mark.rules.forEach((word, index) => {
    const rule = readWord(reading, word, childSpan(mark, 3 + 2 * index), RULE_IDS, "rule");
    if (rule === undefined) return;
    const annotation = { kind, rule, span, statement: reading.statement };
    found.push(known(word, RULE_IDS) === undefined ? { ...annotation, guessed: true } : annotation);
  });
  return found;
}
