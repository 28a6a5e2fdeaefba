/** What is said in English about a text that cannot be read as it stands. */

/** Kinds of words that the language knows. */
export type WordKind =
  | "annotation"
  | "field"
  | "flag"
  | "option"
  | "rule"
  | "setting"
  | "state"
  | "timer"
  | "user call"
  | "variable";

const KINDS: Readonly<Record<WordKind, string>> = {
  annotation: "annotation",
  field: "field",
  flag: "flag",
  option: "TCP option",
  rule: "rule",
  setting: "setting",
  state: "state of TCP",
  timer: "timer",
  "user call": "user call",
  variable: "variable of a TCP",
};

/** `a, b or c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

export const EN = {
  // Words and names.
  noSuchWord: (word: string, kind: WordKind, known: readonly string[]) =>
    `\`${word}\` is no ${KINDS[kind]}: write ${list(known)}`,
  didYouMeanWord: (word: string, kind: WordKind, near: string) =>
    `\`${word}\` is no ${KINDS[kind]}; did you mean \`${near}\`?`,
  didYouMean: (meant: string) => `did you mean \`${meant}\`?`,
  noSuchEndpoint: (name: string, known: readonly string[]) =>
    `no endpoint is called \`${name}\`: ${
      known.length === 0
        ? "none has been named"
        : `this flow is between ${known.map((other) => `\`${other}\``).join(" and ")}`
    }`,
  didYouMeanEndpoint: (name: string, near: string) => `no endpoint is called \`${name}\`; did you mean \`${near}\`?`,
  noSuchSegment: (name: string) => `no segment is called \`${name}\`: name one with \`as ${name}\``,
  didYouMeanSegment: (name: string, near: string) => `no segment is called \`${name}\`; did you mean \`${near}\`?`,
  sameSegment: (name: string) => `another segment is called \`${name}\` already`,
  theFirst: (name: string) => `the first \`${name}\``,
  twice: (what: string) => `${what} stands here twice`,
  optionsTwice: "this list of options stands here twice",
  labelTwice: "a label stands here twice",
  badName: (name: string) => `names have letters, digits and inner hyphens: \`${name}\``,
  nameBegins: (word: string) => `\`${word}\` is no name: names begin with a letter`,

  // Fixes.
  changeTo: (text: string) => `Change to ${text}`,
  declare: (name: string) => `Declare the endpoint ${name}`,
  closeBlock: "Close the block",
  closeOptions: "Close the options",
  closeQuote: "Close the quote",
  quote: "Put it in quotes",
  removeSecond: "Remove the second",
  leaveOut: (field: string) => `Leave out ${field}`,
  remove: "Remove it",
  removeText: (text: string) => `Remove ${text}`,
  writeEquals: "Write an equals sign",
  writeColon: "Write a colon",
  writeComment: "Write //",
  changeLength: (octets: number) => `Change len to ${octets}`,

  // Signs and blocks.
  notHere: (text: string) => `\`${text}\` does not belong here`,
  meansNothing: (text: string) => `\`${text}\` means nothing here`,
  openComment: "this comment has no closing */",
  comments: "comments begin with //",
  openBlock: "this block has no closing }",
  tooDeep: (most: number) => `blocks stand at most ${most} deep in each other`,
  needsBlock: (word: string) => `\`${word}\` needs a block: { … }`,
  closesNothing: "this } closes no block",
  opensNothing: "only repeat and crossing open a block",
  openQuote: "the closing quote is missing",
  openOptions: "these options have no closing `>`",
  textMissing: "its text is missing, in quotes",
  elisionQuoted: "what is left out stands in quotes",
  labelQuoted: "a label stands in quotes",
  dataQuoted: 'data is written in quotes: data="Hello"',

  // Marks before a statement.
  loneMark: "no statement follows this mark",
  bareMark: "`@` begins a time (@150ms, @+1ms) or an annotation (@expect(rule), @allow(rule))",
  timeOnLine: "a time stands on the line of its statement, before it",
  annotationNamesRule: "an annotation names a rule: @expect(wrong-ack) or @allow(wrong-ack)",

  // Numbers and times.
  numberMissing: (name: string) => `a number is missing behind \`${name}=\``,
  takesNumber: (name: string) => `\`${name}\` takes a number`,
  tooLarge: (number: string) => `${number} does not fit into 32 bits`,
  noNumber: (text: string) => `${text} is no number`,
  variableAsValue: (text: string) => `\`${text}\` is a variable of a TCP; write its value, a number or a symbol`,
  range: (name: string, most: number) => `\`${name}\` is a number from 0 to ${most}`,
  windowRange: (most: number) =>
    `\`win\` is a number from 0 to ${most}; other tools print the window scaled, this is the header field`,
  timeMissing: "a time is missing, such as 40ms, 2s or 2MSL",
  needsUnit: (text: string) => `${text} needs a unit: us, ms, s, min, h, MSL, RTT or RTO`,
  noUnit: (unit: string) => `\`${unit}\` is no unit of time: us, ms, s, min, h, MSL, RTT or RTO`,
  howMany: (unit: string) => `how many ${unit}?`,
  tooLong: (time: string) => `${time} is longer than any flow`,
  port: "a port is a number from 1 to 65535",

  // Declarations.
  titleTwice: "the flow has a title already",
  firstTitle: "the first title",
  whichEndpoints: "which endpoints? Write `endpoint client, server`",
  portsOnSegments: "ports are written on segments: `client:40001 -> server:80: SYN`",
  uncheckedState: "`unchecked` stands instead of a state: nothing is judged there",
  endpointTwice: (name: string) => `the endpoint \`${name}\` is declared twice`,
  asWhat: (name: string) => `as what? Write \`${name} as "…"\``,
  whichSetting: "which setting? Write `set latency = 40ms`",
  writeSetting: (name: string, value: string) => `write \`set ${name} = ${value}\``,
  setTwice: (name: string) => `${name} is set twice`,
  fixedTime: "a setting is a fixed time, such as 40ms",
  writeLet: "write `let x = 1000`",
  hasNumber: (name: string) => `\`${name}\` has a number already`,
  symbolIsNumber: "a symbol stands for a number: `let x = 1000`",
  noNumberYet: (name: string) => `\`${name}\` has no number yet`,

  // Assertions.
  towardsWhom: "towards whom? Write `towards NAME`",
  whichVariables: (known: readonly string[]) => `which variables? ${list(known)}, each with its value`,
  stateMissing: (states: readonly string[]) => `a state is missing: ${list(states)}`,
  noState: (word: string, states: readonly string[]) => `\`${word}\` is no state of TCP: ${list(states)}`,
  commas: "claims stand with commas between them",

  // Segments.
  needsFlags: "a segment needs flags: SYN, ACK, FIN, RST, PSH, URG, ECE or CWR",
  needsFlagsInstead: (word: string) =>
    `\`${word}\` does not belong here; a segment needs flags: SYN, ACK, FIN, RST, PSH, URG, ECE or CWR`,
  hasParts: (word: string) => `\`${word}\` does not belong here; a segment has flags, fields and a label in quotes`,
  flagsTogether: "flags stand together before the fields, joined by +",
  whoReceives: (line: string) => `who receives it? Write \`${line}\``,
  toItself: "a segment goes from one endpoint to another",
  arrowsRight: "arrows point to the right: the sender stands first",
  arrows: "arrows are -> for a segment that arrives, -x for one that is lost, ~> for one that stays under way",
  colonMissing: (name: string) => `a colon is missing behind \`${name}\``,
  whoseAddress: "whose address is forged? Write `spoofing NAME`",
  whichName: "which name? Write `as NAME`",
  negativeLength: "a length is never negative",
  dataLength: (octets: number) => `the data has ${octets} octets, so len is ${octets}`,
  needsValue: (field: string) => `\`${field}\` needs a value: \`${field}=…\``,
  dataIsNoFlag: (word: string) => `\`${word}\` is no flag: data is written \`PSH+ACK len=100\``,
  numberBeside: (sign: string) => `a number is missing beside \`${sign}\``,
  flagBeside: (sign: string) => `a flag is missing beside \`${sign}\``,
  brackets: (option: string) => `options stand in angle brackets: \`<${option}>\``,
  write: (text: string) => `write \`${text}\``,

  // Other statements.
  whichCall: (calls: readonly string[]) => `what does it call: ${calls.join(", ")}?`,
  takesNoNumber: (call: string) => `\`${call}\` takes no number`,
  howManyOctets: "how many octets? Write a number: `calls send 100`",
  besideWhich: 'beside which endpoint? Write `note NAME: "…"`',
  noteStands: "a note stands beside the endpoint that it names",
  howOften: "how often? Write `repeat 3 { … }`",
  rounds: (most: number) => `a block is repeated 1 to ${most} times`,
  callIsWritten: (text: string) => `a user call is written \`${text}\``,
  behindName: (verbs: readonly string[]) => `behind a name comes an arrow (->, -x, ~>) or one of ${verbs.join(", ")}`,
};

/** The texts about a text; what one language has, all have. */
export type ReadingTexts = typeof EN;
