/** One exchange in two languages: opened, `segments` - 7 of data and acknowledgment, closed. */
export interface Exchange {
  readonly segments: number;
  readonly tcpflow: string;
  readonly mermaid: string;
}

export function exchange(segments: number): Exchange {
  const rows: [from: "client" | "server", text: string][] = [
    ["client", "SYN seq=x"],
    ["server", "SYN+ACK seq=y ack=x+1"],
    ["client", "ACK seq=x+1 ack=y+1"],
  ];
  let next = 1;
  for (let i = rows.length; i < segments - 4; i++) {
    if (i % 2 === 1) rows.push(["client", `PSH+ACK seq=x+${next} ack=y+1 len=100`]);
    else {
      next += 100;
      rows.push(["server", `ACK seq=y+1 ack=x+${next}`]);
    }
  }
  const unacknowledged = rows.at(-1)?.[0] === "client" && rows.length > 3 ? 100 : 0;
  const end = next + unacknowledged;
  rows.push(
    ["client", `FIN+ACK seq=x+${end} ack=y+1`],
    ["server", `ACK seq=y+1 ack=x+${end + 1}`],
    ["server", `FIN+ACK seq=y+1 ack=x+${end + 1}`],
    ["client", `ACK seq=x+${end + 1} ack=y+2`],
  );
  const peer = { client: "server", server: "client" } as const;
  return {
    segments: rows.length,
    tcpflow: rows.map(([from, text]) => `${from} -> ${peer[from]}: ${text}\n`).join(""),
    mermaid: `sequenceDiagram\n${rows.map(([from, text]) => `${from}->>${peer[from]}: ${text}\n`).join("")}`,
  };
}
