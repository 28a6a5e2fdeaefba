/** How a Chinese sentence takes up words of a flow. */

const WIDE_END = /[\p{Script=Han}，。：；、？！（）《》“”「」…]$/u;
const WIDE_START = /^[\p{Script=Han}，。：；、？！（）《》“”「」…]/u;

/**
 * A Chinese sentence. A blank stands between Chinese and Latin words: the template writes one on both sides of every
 * word that it takes up, and where that word turns out to be Chinese the blank goes.
 */
export function zh(parts: TemplateStringsArray, ...words: readonly (string | number)[]): string {
  let text = parts[0] ?? "";
  for (const [index, word] of words.entries()) {
    text = join(text, String(word));
    text = join(text, parts[index + 1] ?? "");
  }
  return text;
}

/** Both together, without a blank at the seam beside which a Chinese character stands on either side. */
function join(left: string, right: string): string {
  if (left.endsWith(" "))
    return WIDE_END.test(left.slice(0, -1)) && WIDE_START.test(right) ? left.slice(0, -1) + right : left + right;
  return right.startsWith(" ") && WIDE_END.test(left) && WIDE_START.test(right.slice(1))
    ? left + right.slice(1)
    : left + right;
}
