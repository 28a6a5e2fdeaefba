/** The page behind a rule: what `explain` prints and the documentation shows. */
export interface RulePage {
  /** What is wrong, in one or two sentences. */
  readonly what: string;
  /** The reason in TCP. */
  readonly why: string;
  /** Where the standard says so; absent for rules about the text itself. */
  readonly rfc?: string;
  /** A flow that holds the mistake once, and no other. */
  readonly wrong: string;
  /** The same exchange told right. */
  readonly right: string;
}
