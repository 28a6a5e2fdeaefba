/** SHA-256 of a text or of octets, in hexadecimal digits. Node's module is loaded when first needed: it takes a while. */
export function digest(content: string | Uint8Array): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(content).digest("hex");
}
