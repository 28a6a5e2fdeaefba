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
  const flags = body.filter((token) => typeOf(token) === "FLAGS").map(({ image }) => writeFlags(image));
  const parts = withoutCommas(body.filter((token) => typeOf(token) !== "FLAGS"));
  const pieces = [
    `${writeWords(tokens.slice(0, colon))}:`,
    flags.filter((text) => text !== "").join("+"),
    writeWords(parts),
  ];
  return pieces.filter((piece) => piece !== "").join(" ");
}

/** Joined by `+`, without the `=1` of textbooks; `ACK=0` is no flag. */
function writeFlags(image: string): string {
  return image.endsWith("0") ? "" : image.replace(/[-/]/gu, "+").replace(/\s*[=＝].*$/u, "");
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
  let text = "";
  for (let i = 0; i < tokens.length; ) {
    const { word, next } = wordAt(tokens, i);
    text += text === "" || clings(tokens[i]) ? word : ` ${word}`;
    i = next;
  }
  return text;
}

/** Whether no blank stands before a sign. */
function clings(token: IToken | undefined): boolean {
  return [",", "PORT", ":", ")"].includes(typeOf(token));
}

/** The word that begins with a token, in its canonical form, and the index of the token behind it. */
function wordAt(tokens: Tokens, start: number): { word: string; next: number } {
  const [token, before] = [tokens[start], tokens[start - 1]];
  if (token === undefined) return { word: "", next: start + 1 };
  if (typeOf(before) === "is") {
    const state = stateAt(tokens, start);
    if (state) return state;
  }
  switch (typeOf(token)) {
    case "KEY":
      return fieldAt(tokens, start);
    case "<": {
      const end = tokens.findIndex((other, index) => index > start && typeOf(other) === ">");
      return { word: `<${writeOptions(tokens.slice(start + 1, end))}>`, next: end + 1 };
    }
    case "ID":
      if (typeOf(before) === "calls") return { word: known(token.image, CALLS) ?? token.image, next: start + 1 };
      if (typeOf(before) === "timeout") return { word: known(token.image, TIMERS) ?? token.image, next: start + 1 };
  }
  return { word: writeWord(token), next: start + 1 };
}

/** A key and its value: `ack=x+1`, in definitions and settings `x = 1000`. */
function fieldAt(tokens: Tokens, start: number): { word: string; next: number } {
  const key = tokens[start]?.image ?? "";
  let next = start + 1;
  while (typeOf(tokens[next]) === "TERM") next++;
  const value = writeSum(tokens.slice(start + 1, next));
  switch (typeOf(tokens[0])) {
    case "let":
      return { word: `${key} = ${value}`, next };
    case "set":
      return { word: `${known(key, SETTINGS) ?? key} = ${value}`, next };
    default:
      return { word: `${variableOf(key) ?? fieldOf(key) ?? key}=${value}`, next };
  }
}

function writeSum(terms: Tokens): string {
  let text = "";
  for (const [index, term] of terms.entries()) {
    const isDifference = index > 0 && term.image === "-";
    // `u - x` is a difference, `u-x` a name.
    if (isDifference && /^[^0-9]/u.test(terms[index + 1]?.image ?? "")) text += " - ";
    else text += writeWord(term);
  }
  return text;
}

/** What stands between `<` and `>`. */
function writeOptions(tokens: Tokens): string {
  let text = "";
  for (const [index, token] of tokens.entries()) {
    const [before, type] = [tokens[index - 1], typeOf(token)];
    const isFirst = before === undefined || typeOf(before) === ",";
    const isSign = ["+", "-", ":", "PORT", ","].includes(type);
    const isDifference = type === "-" && typeOf(tokens[index + 1]) === "ID";
    if (isDifference) text += " -";
    else if (isSign) text += writeWord(token);
    else if (isFirst) text += `${text === "" ? "" : " "}${optionOf(token.image) ?? writeWord(token)}`;
    else {
      const isJoined = ["+", ":"].includes(typeOf(before)) || (typeOf(before) === "-" && type !== "ID");
      text += `${isJoined ? "" : " "}${writeWord(token)}`;
    }
  }
  return text;
}

/** The state whose words begin here, in the spelling of RFC 9293. */
function stateAt(tokens: Tokens, start: number): { word: string; next: number } | undefined {
  let next = start;
  while (["ID", "FLAGS", "DURATION", "WORD", "INT"].includes(typeOf(tokens[next]))) next++;
  const images = tokens.slice(start, next).map((token) => token.image);
  const word = readState(images.join("-"));
  return word && { word, next };
}

function writeWord(token: IToken): string {
  const { image } = token;
  switch (typeOf(token)) {
    case "PORT":
      return `:${image.slice(1)}`;
    case "DURATION":
    case "TERM":
    case "STRING":
      if (/^[0-9]/u.test(image)) return image.replace(/[ \t*]+/gu, "");
      if (SIGNS[image] !== undefined) return SIGNS[image];
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
