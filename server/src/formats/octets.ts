/** Numbers in network order, which is big-endian; what lies behind the end counts as 0. */

export function octet(octets: Uint8Array, at: number): number {
  return octets[at] ?? 0;
}

/** 16 bits. */
export function word(octets: Uint8Array, at: number): number {
  return ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
}

/** 32 bits. */
export function double(octets: Uint8Array, at: number): number {
  return ((word(octets, at) << 16) | word(octets, at + 2)) >>> 0;
}
