/** `@expect` and `@allow`: findings that are shown on purpose, and those that are silenced. */
import type { Finding } from "./findings.ts";
import { dropAnnotation } from "./fixes.ts";
import type { Annotation, Flow } from "./flow.ts";
import { textsOf } from "./texts.ts";

/** Marks expected findings, takes allowed ones out, and reports annotations that nothing met. */
export function annotate(flow: Flow, findings: readonly Finding[]): Finding[] {
  if (flow.annotations.length === 0) return [...findings];
  const byStatement = new Map<number, Annotation[]>();
  for (const annotation of flow.annotations) {
    const list = byStatement.get(annotation.statement);
    if (list) list.push(annotation);
    else byStatement.set(annotation.statement, [annotation]);
  }
  const met = new Set<Annotation>();
  const result: Finding[] = [];
  for (const finding of findings) {
    const on = finding.statement === undefined ? [] : (byStatement.get(finding.statement) ?? []);
    const own = on.filter(({ rule }) => rule === finding.rule);
    for (const annotation of own) met.add(annotation);
    if (own.some(({ kind }) => kind === "allow")) continue;
    result.push(own.length > 0 ? { ...finding, expected: true } : finding);
  }
  for (const annotation of flow.annotations) {
    if (!met.has(annotation) && annotation.guessed !== true) result.push(unmet(flow, annotation));
  }
  return result;
}

function unmet(flow: Flow, { kind, rule, span, statement }: Annotation): Finding {
  const expect = kind === "expect";
  const texts = textsOf(flow.locale);
  return {
    rule: expect ? "unmet-expectation" : "unused-allow",
    severity: expect ? "error" : "warning",
    message: expect ? texts.unmet(rule) : texts.unused(rule),
    span,
    statement,
    related: [],
    fixes: [dropAnnotation(flow, span)],
    expected: false,
  };
}
