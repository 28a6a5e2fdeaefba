/** What a check finds: the rule, the place, the reason, and how to mend it. */
import type { Span } from "./flow.ts";
import type { RULES } from "./rules.ts";

export type Severity = "error" | "warning" | "info" | "hint";

/** The stable name of a rule. */
export type RuleId = keyof typeof RULES;

/** Replaces the text in `span`. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** One way to mend a finding; the first one of a finding is the likeliest. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Another place that explains a finding, e.g. the FIN that consumed the number. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What is wrong, what is right, why: one line, plain text. */
  readonly message: string;
  /** E.g. `RFC 9293 §3.4`. */
  readonly rfc?: string;
  /** The narrowest text that is wrong. */
  readonly span: Span;
  /** The statement it belongs to, for `@expect` and `@allow`. */
  readonly statement?: number;
  /** Number of the segment that it is about. */
  readonly segment?: number;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** Met by an `@expect`: shown on purpose, counted nowhere. */
  readonly expected: boolean;
}
