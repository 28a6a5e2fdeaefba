/** What marks a code fence of Markdown as a flow. */

/** `tcpflow`, `tcpflow title="…"`, `{.tcpflow #name}`, `{tcpflow}`. */
const MARK = /^\s*\{?\.?tcpflow(?![\w-])/iu;

/** @param info what stands behind the opening marks of a fence, or its first word */
export function isFlowFence(info: string): boolean {
  return MARK.test(info);
}
