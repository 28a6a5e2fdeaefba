/** A ladder in words, for those who cannot see it. */
import type { Plan } from "./plans.ts";
import type { Scene } from "./scene.ts";
import type { LadderTexts } from "./texts.ts";

/** What is written on an arrow, in one line: `FIN ACK seq=u ack=v`. */
export function sayLabel({ parts }: Plan): string {
  let label = "";
  for (const { role, text } of parts)
    label += `${role === "value" || role === "blank" || label === "" ? "" : " "}${role === "blank" && text === "" ? "?" : text}`;
  return label;
}

/**
 * What one segment says, e.g. `client sends FIN ACK seq=u ack=v to server; lost`; or, spelled out, `client sends FIN ACK
 * to server with sequence number u, acknowledgment number v; lost`.
 */
export function describeSegment(scene: Scene, plan: Plan, isSpelled = false): string {
  const { flight, remarks } = plan;
  const [from, to] = [scene.lanes[flight.from]?.name ?? "?", scene.lanes[flight.to]?.name ?? "?"];
  const { texts } = scene;
  const { head, fields } = isSpelled ? spelled(texts, plan) : { head: sayLabel(plan), fields: [] };
  const sends = flight.old ? texts.oldReaches(head, to) : texts.sends(from, head, to);
  const sent = fields.length === 0 ? sends : texts.withFields(sends, fields);
  return texts.remarks([withFate(texts, sent, plan), ...remarks.map(({ text }) => text)]);
}

/** A label for the ear: what leads it, and each field by its full name. */
function spelled(texts: LadderTexts, { parts }: Plan): { head: string; fields: string[] } {
  const head = parts.filter(({ role }) => role === "port" || role === "flags").map(({ text }) => text);
  const fields = parts.flatMap(({ role, text }, i) => {
    if (role !== "value" && role !== "blank") return [];
    const name = parts[i - 1]?.text.replace("=", "") ?? "";
    return texts.fieldInWords(name, text === "" ? texts.blank : text);
  });
  return { head: head.join(" "), fields };
}

/** What happens at an act, also an arrival that follows at once. */
export function sayAct(scene: Scene, plans: ReadonlyMap<number, Plan>, index: number): string {
  const { texts } = scene;
  const act = scene.acts[index];
  const plan = act !== undefined && "segment" in act ? plans.get(act.segment) : undefined;
  if (act?.kind === "arrive" && plan) return texts.arrives(sayLabel(plan), scene.lanes[act.lane]?.name ?? "?");
  if (act?.kind === "lose" && plan) return texts.segmentIsLost(sayLabel(plan));
  return actWords(scene, plans, index) ?? "";
}

function withFate(texts: LadderTexts, sent: string, { lost, course }: Plan): string {
  if (lost) return texts.lost(sent);
  if (course === "parked") return texts.late(sent);
  return course === "stays" ? texts.stays(sent) : sent;
}

/** The states at the heads of the lanes, and those that each act leads to, in words. */
function statesEntered(scene: Scene): { readonly starts: readonly string[]; readonly entered: Map<number, string[]> } {
  const { texts } = scene;
  const entered = new Map<number, string[]>();
  const name = (end: number, lane: number) => `${scene.lanes[lane]?.name ?? "?"}${scene.endNames[end] ?? ""}`;
  const starts: string[] = [];
  for (const { end, lane, text, from, blank } of scene.spans) {
    const words = blank ? texts.isInBlank(name(end, lane)) : texts.isIn(name(end, lane), text);
    if (from < 0) starts.push(words);
    else entered.set(from, [...(entered.get(from) ?? []), words]);
  }
  return { starts, entered };
}

/** The whole exchange in sentences: segments, what befalls the ends, and every state they enter. */
export function describe(scene: Scene, plans: ReadonlyMap<number, Plan>): string {
  const { texts } = scene;
  const sentences: string[] = [];
  const { starts, entered } = statesEntered(scene);
  if (starts.length > 0) sentences.push(texts.sentence(texts.list(starts)));
  for (const [index, act] of scene.acts.entries()) {
    const reached = entered.get(index);
    const states = reached && texts.list(reached);
    const words = actWords(scene, plans, index, true);
    const both = words !== undefined && states !== undefined ? texts.leadsTo(words, states) : (words ?? states);
    if (both === undefined) continue;
    sentences.push(texts.sentence(both));
    for (const { rule, message } of act.kind === "send"
      ? (plans.get(act.segment)?.flight.mistakes ?? [])
      : act.mistakes)
      sentences.push(texts.mistake(rule, message));
  }
  for (const { rule, message } of scene.others) sentences.push(texts.mistake(rule, message));
  return texts.sentences(sentences);
}

function actWords(
  scene: Scene,
  plans: ReadonlyMap<number, Plan>,
  index: number,
  isSpelled = false,
): string | undefined {
  const act = scene.acts[index];
  if (act === undefined) return undefined;
  const { texts } = scene;
  const lane = (number: number) => scene.lanes[number]?.name ?? "?";
  switch (act.kind) {
    case "send": {
      const plan = plans.get(act.segment);
      return plan && describeSegment(scene, plan, isSpelled);
    }
    case "arrive": {
      const plan = plans.get(act.segment);
      if (plan === undefined || plan.course === "direct" || plan.course === "old") return undefined;
      return texts.arrivesAt(lane(act.lane), describeSegment(scene, plan, isSpelled));
    }
    case "lose":
      return undefined;
    case "call":
      return texts.calls(lane(act.lane), act.text);
    case "timeout":
    case "crash":
      return texts.happens(lane(act.lane), act.text);
    case "claim":
      return texts.isSaid(lane(act.lane), act.text);
    case "wait":
      return texts.passes(act.text);
    case "elide":
      return act.text === "" ? texts.someLeftOut : texts.leftOut(act.text);
    case "note":
      return texts.noteSays(act.text);
    case "section":
      return act.text;
    case "open":
      return texts.times(act.count);
    case "shut":
      return texts.andAgain;
  }
}
