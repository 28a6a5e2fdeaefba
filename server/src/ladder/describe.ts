/** A ladder in words, for those who cannot see it. */
import type { Plan } from "./plans.ts";
import type { Scene } from "./scene.ts";

/** What one segment says, e.g. `client sends FIN ACK seq=u ack=v to server; lost`. */
function describeSegment(scene: Scene, plan: Plan): string {
  const { flight, parts, remarks } = plan;
  const [from, to] = [scene.lanes[flight.from]?.name ?? "?", scene.lanes[flight.to]?.name ?? "?"];
  let label = "";
  for (const { role, text } of parts)
    label += `${role === "value" || role === "blank" || label === "" ? "" : " "}${role === "blank" && text === "" ? "?" : text}`;
  const start = flight.old ? `an old segment ${label} reaches ${to}` : `${from} sends ${label} to ${to}`;
  const fates = { direct: "", flying: "", parked: ", late", stays: ", still in the network", old: "" } as const;
  const fate = plan.lost ? ", lost" : fates[plan.course];
  return [start + fate, ...remarks.map(({ text }) => text)].join("; ");
}

/** The whole exchange in sentences: segments, what befalls the ends, and every state they enter. */
export function describe(scene: Scene, plans: ReadonlyMap<number, Plan>): string {
  const sentences: string[] = [];
  const entered = new Map<number, string[]>();
  const name = (end: number, lane: number) => `${scene.lanes[lane]?.name ?? "?"}${scene.endNames[end] ?? ""}`;
  const starts: string[] = [];
  for (const { end, lane, state, from, blank } of scene.spans) {
    const words = `${name(end, lane)} is ${blank ? "in a state to be named" : state}`;
    if (from < 0) starts.push(words);
    else entered.set(from, [...(entered.get(from) ?? []), words]);
  }
  if (starts.length > 0) sentences.push(`${starts.join(", ")}.`);
  for (const [index, act] of scene.acts.entries()) {
    const states = entered.get(index)?.join(", ");
    const words = actWords(scene, plans, index);
    if (words === undefined && states === undefined) continue;
    sentences.push(`${[words, states].filter((part) => part !== undefined).join(": ")}.`);
    for (const { rule, message } of act.kind === "send"
      ? (plans.get(act.segment)?.flight.mistakes ?? [])
      : act.mistakes)
      sentences.push(`Mistake, ${rule}: ${message}.`);
  }
  for (const { rule, message } of scene.others) sentences.push(`Mistake, ${rule}: ${message}.`);
  return sentences.join(" ");
}

function actWords(scene: Scene, plans: ReadonlyMap<number, Plan>, index: number): string | undefined {
  const act = scene.acts[index];
  if (act === undefined) return undefined;
  const lane = (number: number) => scene.lanes[number]?.name ?? "?";
  switch (act.kind) {
    case "send": {
      const plan = plans.get(act.segment);
      return plan && describeSegment(scene, plan);
    }
    case "arrive": {
      const plan = plans.get(act.segment);
      if (plan === undefined || plan.course === "direct" || plan.course === "old") return undefined;
      return `it arrives at ${lane(act.lane)}: ${describeSegment(scene, plan)}`;
    }
    case "lose":
      return undefined;
    case "call":
      return `${lane(act.lane)} calls ${act.text}`;
    case "timeout":
    case "crash":
      return `${lane(act.lane)}: ${act.text}`;
    case "claim":
      return `${lane(act.lane)} is said to be ${act.text}`;
    case "wait":
      return `${act.text} pass`;
    case "elide":
      return act.text === "" ? "some of the exchange is left out" : `left out: ${act.text}`;
    case "note":
      return `note: ${act.text}`;
    case "section":
      return act.text;
    case "open":
      return `${act.count} times`;
    case "shut":
      return "and again";
  }
}
