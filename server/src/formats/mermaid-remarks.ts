/** Words of a diagram as texts of a flow. */
import type { Span } from "../flow/flow.ts";
import type { Label } from "./mermaid-labels.ts";

/** Line breaks and markup as blanks, entities as their signs. */
export function plainText(text: string): string {
  return text
    .replaceAll(/<br\s*\/?>|\\n/giu, " ")
    .replaceAll(/<[/]?[a-z][^<>]*>/giu, "")
    .replaceAll("#quot;", '"')
    .replaceAll(/#(\d{1,6});/gu, (_, code: string) => character(Number(code)))
    .replaceAll(/\s+/gu, " ")
    .trim();
}

function character(code: number): string {
  return code >= 32 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : " ";
}

/** What a label says beside these flags, its numbers and its data; nothing where that is no word. */
export function remainder(
  { piece, bits, seq, ack, ackSign, len, quoted, window }: Label,
  flags: Span,
  withData: boolean,
): string | undefined {
  const spans = [
    flags,
    ...[seq, ack, ackSign, len, window].flatMap((field) => (field ? [field.place] : [])),
    ...(bits ? [bits.span] : []),
    ...(quoted && withData ? [quoted.place] : []),
  ]
    .filter(({ start, end }) => start < end)
    .sort((a, b) => b.start - a.start);
  let text = piece.text;
  for (const { start, end } of spans) text = `${text.slice(0, start - piece.start)} ${text.slice(end - piece.start)}`;
  const left = plainText(text)
    .replaceAll(/[([{（【]\s*[,，;；:\s]*[)\]}）】]/gu, " ")
    .replaceAll(/\s+([,，;；)）])/gu, "$1")
    .replaceAll(/([(（[])[,，;；\s]+/gu, "$1")
    .replaceAll(/[,，;；\s]+([)）\]])/gu, "$1")
    .replace(/^[\s,，;；:：+\-/.←→]+|[\s,，;；:：+\-/]+$/gu, "")
    .replace(/^[(（]([^()（）]*)[)）]$/u, "$1")
    .replace(/^(?:\d{1,2}[.)、]|[①-⑳])\s*/u, "")
    .replace(withData ? /^(?:data|payload)\s*[:=]?$/iu : /^$/u, "")
    .replace(/^"([^"]*)"$/u, "$1")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return /\p{L}{2}|\p{Script=Han}/u.test(left) ? left : undefined;
}
