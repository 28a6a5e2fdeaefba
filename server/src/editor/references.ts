/** Names and where they stand: definition, references, rename, highlights. */
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  type Position,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { acknowledgedBy, acknowledges } from "../flow/acknowledged.ts";
import type { Span } from "../flow/flow.ts";
import { lineTable } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { parserServices } from "../language/parse.ts";
import { rangesIn } from "./documents.ts";
import { segmentAt } from "./hover/segment.ts";
import { isNamed } from "./semantic-tokens.ts";
import { editorTexts } from "./texts.ts";
import { type NamedRole, type Word, wordAt } from "./words.ts";

/** A document as all of these need it. */
export interface Named {
  readonly uri: string;
  readonly replay: Replay;
  readonly words: readonly Word[];
}

/** The name at a position, and every word that is the same name. */
function sameName(
  named: Named,
  position: Position,
): { readonly word: Word; readonly role: NamedRole; readonly all: readonly Word[] } | undefined {
  const word = wordAt(named.words, offsetOf(named, position));
  if (word === undefined || !isNamed(word.role)) return undefined;
  return {
    word,
    role: word.role,
    all: named.words.filter(({ role, text }) => role === word.role && text === word.text),
  };
}

function offsetOf({ replay }: Named, { line, character }: Position): number {
  return (lineTable(replay.flow.text)[line] ?? replay.flow.text.length) + character;
}

/** Where a name is declared; of one that is not, where it stands first. */
function origin(all: readonly Word[]): Word | undefined {
  return all.find(({ declares }) => declares) ?? all[0];
}

export function definition(named: Named, position: Position): LocationLink[] {
  const same = sameName(named, position);
  const first = same && origin(same.all);
  if (first === undefined) return [];
  const rangeOf = rangesIn(named.replay.flow.text);
  const range = rangeOf(first.span);
  return [
    {
      targetUri: named.uri,
      targetRange: range,
      targetSelectionRange: range,
      originSelectionRange: rangeOf(same?.word.span ?? first.span),
    },
  ];
}

export function references(named: Named, position: Position, withDeclaration: boolean): Location[] {
  const all = sameName(named, position)?.all ?? [];
  const first = origin(all);
  const rangeOf = rangesIn(named.replay.flow.text);
  const wanted = withDeclaration ? all : all.filter((word) => word !== first);
  return wanted.map(({ span }) => ({ uri: named.uri, range: rangeOf(span) }));
}

/** Nothing where no name stands. */
export function renameable(named: Named, position: Position): Range | undefined {
  const same = sameName(named, position);
  return same && rangesIn(named.replay.flow.text)(same.word.span);
}

/** @throws ResponseError where the new name is none, or taken */
export function rename(named: Named, position: Position, newName: string): WorkspaceEdit | undefined {
  const same = sameName(named, position);
  if (same === undefined) return undefined;
  const { role, word } = same;
  const { text } = word;
  const texts = editorTexts(named.replay.flow.locale);
  if (!isName(newName)) throw refusal(texts.noName(newName));
  if (newName !== text && named.words.some((word) => word.role === role && word.text === newName)) {
    throw refusal(texts.taken(role, newName));
  }
  const rangeOf = rangesIn(named.replay.flow.text);
  return { changes: { [named.uri]: same.all.map(({ span }) => ({ range: rangeOf(span), newText: newName })) } };
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

/** As the language reads it: one token that is a name. */
function isName(text: string): boolean {
  const { tokens } = parserServices().Lexer.tokenize(text);
  return tokens.length === 1 && tokens[0]?.image === text && tokens[0].tokenType.name === "ID";
}

/**
 * Of a name, wherever it stands; of a segment, itself, the segment that acknowledges it, and those that it
 * acknowledges.
 */
export function highlights(named: Named, position: Position): DocumentHighlight[] {
  const rangeOf = rangesIn(named.replay.flow.text);
  const same = sameName(named, position);
  if (same !== undefined) {
    const first = origin(same.all);
    return same.all.map((word) => ({
      range: rangeOf(word.span),
      kind: word === first ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  }
  const { replay } = named;
  const segment = segmentAt(replay, offsetOf(named, position));
  if (segment === undefined) return [];
  const by = acknowledgedBy(replay, segment);
  const others = [...acknowledges(replay, segment), ...(by === undefined ? [] : [by])];
  const spans = others.flatMap((index) => partOf(replay, index, index === by));
  const own = partOf(replay, segment, false);
  return [
    ...own.map((span) => ({ range: rangeOf(span), kind: DocumentHighlightKind.Write })),
    ...spans.map((span) => ({ range: rangeOf(span), kind: DocumentHighlightKind.Read })),
  ];
}

/** The flags of a segment; of one that acknowledges, its `ack` where it is written. */
function partOf({ flow }: Replay, segment: number, confirms: boolean): Span[] {
  const places = flow.segments[segment]?.places;
  return places === undefined ? [] : [(confirms ? places.ack : undefined) ?? places.flags];
}
