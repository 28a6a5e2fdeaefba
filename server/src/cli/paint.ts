import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Puts text in a colour, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
