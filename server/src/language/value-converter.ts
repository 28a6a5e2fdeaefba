import type { ValueConverter } from "langium";

/** Keeps the text of every token: what it means depends on its place, and what is wrong with it must be told. */
export const keepText: ValueConverter = { convert: (input) => input };
