/** The control bits of a segment as a bit mask, in header order (RFC 9293 §3.1). */
export type Flags = number;

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
const URG = 0x20;
const ECE = 0x40;
const CWR = 0x80;

/** The names in the order in which a flow writes them. */
export const FLAG_NAMES = ["SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"] as const;

export type FlagName = (typeof FLAG_NAMES)[number];

/** The bit of each name. */
export const FLAG_BITS: Readonly<Record<FlagName, Flags>> = { SYN, FIN, RST, PSH, ACK, URG, ECE, CWR };

/** The names of the flags that are set, e.g. `["SYN", "ACK"]`. */
export function flagNames(flags: Flags): FlagName[] {
  return FLAG_NAMES.filter((name) => (flags & FLAG_BITS[name]) !== 0);
}
