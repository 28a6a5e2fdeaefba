/** One line's tokens in canonical form. */
import type { IToken } from "chevrotain";
import { readState } from "../tcp/states.ts";
import { SIGNS } from "./token-builder.ts";
import { CALLS, fieldOf, known, optionOf, SETTINGS, TIMERS, variableOf } from "./words.ts";

type Tokens = readonly IToken[];

/** Comments, braces and statements of a line, with a blank between them. */
export function writeTokens(tokens: Tokens): string {
  const pieces: string[] = [];
  let statement: IToken[] = [];
  const finish = () => {
    if (statement.length > 0) pieces.push(writeStatement(statement));
    statement = [];
  };
  for (const token of tokens) {
    const { name } = token.tokenType;
    if (name === "{" || name === "}" || name.endsWith("_COMMENT")) {
      finish();
      pieces.push(name === "{" || name === "}" ? name : token.image.trimEnd());
    } else {
      statement.push(token);
    }
  }
  finish();
  return pieces.join(" ");
}

function writeStatement(tokens: Tokens): string {
  let start = 0;
  const marks: string[] = [];
  while (typeOf(tokens[start]) === "@") {
    const end = endOfMark(tokens, start);
    marks.push(tokens.slice(start, end).map(writeWord).join("").replaceAll(",", ", "));
    start = end;
  }
  const rest = tokens.slice(start);
  const arrow = rest.findIndex((token) => typeOf(token) === "ARROW");
  return [...marks, arrow < 0 ? writeWords(rest) : writeSegment(rest)].filter((piece) => piece !== "").join(" ");
}

function endOfMark(tokens: Tokens, start: number): number {
  if (typeOf(tokens[start + 1]) !== "KEY") return typeOf(tokens[start + 1]) === "+" ? start + 3 : start + 2;
  return tokens.findIndex((token, index) => index > start && typeOf(token) === ")") + 1;
}

/** Flags first and joined by `+`, no commas between the fields. */
function writeSegment(tokens: Tokens): string {
  const colon = tokens.findIndex((token) => typeOf(token) === ":");
  const body = tokens.slice(colon + 1);
  const flags = body.filter((token) => typeOf(token) === "FLAGS").map((token) => token.image.replace(/[-/]/gu, "+"));
  const parts = withoutCommas(body.filter((token) => typeOf(token) !== "FLAGS"));
  const pieces = [`${writeWords(tokens.slice(0, colon))}:`, flags.join("+"), writeWords(parts)];
  return pieces.filter((piece) => piece !== "").join(" ");
}

function withoutCommas(tokens: Tokens): Tokens {
  let isInside = false;
  return tokens.filter((token) => {
    const type = typeOf(token);
    if (type === "<") isInside = true;
    if (type === ">") isInside = false;
    return type !== "," || isInside;
  });
}

function writeWords(tokens: Tokens): string {
  const isDefinition = ["let", "set"].includes(typeOf(tokens[0]));
  let text = "";
  let options = false;
  for (let i = 0; i < tokens.length; i++) {
    const [token, before] = [tokens[i], tokens[i - 1]];
    if (token === undefined) break;
    const type = typeOf(token);
    if (type === ">") options = false;
    const state = typeOf(before) === "is" ? stateAt(tokens, i) : undefined;
    const word = state?.name ?? (options ? writeOption(token, before) : writeIn(token, before, tokens[0]));
    text += i === 0 || !needsBlank(before, token, tokens[i + 1], options, isDefinition) ? word : ` ${word}`;
    if (type === "<") options = true;
    if (state) i = state.end;
  }
  return text;
}

/** The state whose words begin here, in the spelling of RFC 9293, and the index of its last word. */
function stateAt(tokens: Tokens, start: number): { name: string; end: number } | undefined {
  let end = start;
  while (["ID", "FLAGS", "DURATION", "WORD", "INT"].includes(typeOf(tokens[end]))) end++;
  const name = readState(
    tokens
      .slice(start, end)
      .map((token) => token.image)
      .join("-"),
  );
  return name && { name, end: end - 1 };
}

function needsBlank(
  before: IToken | undefined,
  token: IToken,
  next: IToken | undefined,
  options: boolean,
  isDefinition: boolean,
): boolean {
  const [left, type] = [typeOf(before), typeOf(token)];
  if (type === "=" || left === "=") return isDefinition;
  // `u - x` is a difference, `u-x` a name.
  if (type === "-") return typeOf(next) === "ID";
  if (left === "-") return typeOf(token) === "ID";
  if (type === "+" || left === "+") return false;
  if ([",", "PORT", ">", ")"].includes(type) || left === "<") return false;
  return options ? type !== ":" && left !== ":" : type !== ":";
}

function writeOption(token: IToken, before: IToken | undefined): string {
  return typeOf(before) === "<" || typeOf(before) === ","
    ? (optionOf(token.image) ?? writeWord(token))
    : writeWord(token);
}

/** A word in its place: other spellings of keys, calls and timers as this language writes them. */
function writeIn(token: IToken, before: IToken | undefined, first: IToken | undefined): string {
  const type = typeOf(token);
  if (type === "KEY" && typeOf(first) === "set") return known(token.image, SETTINGS) ?? token.image;
  if (type === "KEY" && typeOf(first) === "let") return token.image;
  if (type === "KEY") return variableOf(token.image) ?? fieldOf(token.image) ?? token.image;
  if (typeOf(before) === "calls") return known(token.image, CALLS) ?? token.image;
  if (typeOf(before) === "timeout" && type === "ID") return known(token.image, TIMERS) ?? token.image;
  return writeWord(token);
}

function writeWord(token: IToken): string {
  const { image } = token;
  switch (typeOf(token)) {
    case "DURATION":
      return image.replace(/[ \t*]+/gu, "");
    case "PORT":
      return `:${image.slice(1)}`;
    case "STRING":
      return image.startsWith("“") ? `"${image.slice(1, -1).replace(/["\\]/gu, "\\$&")}"` : image;
    case "ELLIPSIS":
      return "...";
    default:
      return SIGNS[image] ?? image;
  }
}

function typeOf(token: IToken | undefined): string {
  return token?.tokenType.name ?? "";
}
