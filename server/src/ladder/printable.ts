/** Makes texts of authors safe to print, in a picture and on a terminal. */

/** Characters that turn the direction of what stands around them; a label must not move its neighbours. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Not characters, and not allowed in XML. */
const FORBIDDEN = /[\p{Cc}\ufffe\uffff]/gu;
const LONE_SURROGATES = /\p{Cs}/gu;
const ANYTHING_SPECIAL = /[^\x20-\x7e]/u;

/** The text in one line: blanks for line breaks and tabs, without control characters. */
export function printable(text: string): string {
  if (!ANYTHING_SPECIAL.test(text)) return text;
  return text
    .replace(/[\t\n\r\u0085\u2028\u2029]+/gu, " ")
    .replace(LONE_SURROGATES, "\ufffd")
    .replace(BIDI_CONTROLS, "")
    .replace(FORBIDDEN, "");
}
