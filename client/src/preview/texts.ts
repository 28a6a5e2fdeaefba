/** The words of the page, in the reader's language: the host writes them into it, its scripts read them. */

/** `{0}` and so on stand for what is filled in. */
export interface Texts {
  readonly stepOf: string;
  readonly start: string;
  readonly state: string;
  readonly held: string;
  readonly nothing: string;
  readonly unknown: string;
  readonly blank: string;
  readonly before: string;
  readonly diagram: string;
  readonly play: string;
  readonly pause: string;
  readonly noMermaid: string;
}
