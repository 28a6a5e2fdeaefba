/** The canonical form of a text. */

/** A first version: text as it is. */
export function format(text: string): string {
  return text;
}
