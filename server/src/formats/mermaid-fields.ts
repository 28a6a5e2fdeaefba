/** What the fields of a segment are called in labels. */
import { COUNT, PLAIN_SUM, SUM } from "./mermaid-numbers.ts";

const SEQ = String.raw`(?:\bseq(?:uence)?(?:[ _.-]?(?:num(?:ber)?|no\.?|nr|#))?|\bisn|初始序列号|初始序号|序列号|序号|シーケンス番号|시퀀스\s?번호|순서\s?번호)`;
const ACK = String.raw`(?:\back(?:nowledg(?:e?ment|e))?(?:[ _.-]?(?:num(?:ber)?|no\.?|nr|#))?|确认序列号|确认序号|确认号|確認番号|확인\s?번호)`;
const LEN = String.raw`(?:\b(?:payload|data|tcp)?[ _-]?len(?:gth)?|\bsize|数据长度|长度)`;
const WINDOW = String.raw`(?:\b(?:adv(?:ertised)?|recv|receive)?[ _-]?(?:win(?:dow)?|rwnd|awnd|wnd)(?:[ _-]?size)?|接收窗口|窗口(?:大小)?)`;

/** Behind an equals sign any sum; behind a colon, where words may follow, only numbers and single letters. */
const behind = (sum: string): string => String.raw`(?:\s*=\s*(${sum})|\s*:\s*(${PLAIN_SUM})|\s+(${PLAIN_SUM}))`;

export const SEQ_FIELD = new RegExp(SEQ + behind(String.raw`\d+:\d+(?:\(\d+\))?|${SUM}`), "giu");
export const ACK_FIELD = new RegExp(`(${ACK})${behind(SUM)}`, "giu");
export const LEN_FIELD = new RegExp(String.raw`${LEN}(?:\s*[=:]\s*(${SUM})|\s+(${COUNT}))`, "giu");
export const WINDOW_FIELD = new RegExp(
  String.raw`${WINDOW}\s*[=: ]\s*(${COUNT})(?:\s*(?:bytes?|字节|b\b)|(?!\s?[A-Za-z]))`,
  "giu",
);
/** Windows of which the drawing does not tell the unit. */
export const SCALED = /\b(?:ws|wscale|scal(?:e|ed|ing))\b|缩放|扩大因子/iu;
/** Stevens' `SYN J`, `FIN M`; or `SYN=x`. */
export const FLAG_NUMBER = new RegExp(
  String.raw`(?<=(?<!\w)(?:SYN|FIN))(?:\s*=\s*(${SUM})|\s+((?:\d{2,}|[A-Za-z])(?=\s*(?:[,;)]|$))))`,
  "gu",
);
/** `SYN=1`. */
export const FLAG_BIT = /(?<!\w)(SYN|FIN|RST|PSH|URG)\s*(?:flag|bit|标志位?)?\s*[=:]\s*([01])(?![\w.+-])/giu;
/** `100 bytes`, but not those that were received. */
export const OCTETS = new RegExp(
  String.raw`(?<![A-Za-z0-9.,])(?<!(?:收到了?|接收|received|got)\s*)(?:(${COUNT}|[a-z])\s*(?:[Bb]ytes?|octets?|字节|バイト|바이트|байт\p{L}*)|(${COUNT})\s?B)(?![A-Za-z0-9])`,
  "gu",
);
export const OCTET_RANGE = /\b(?:bytes?|字节)\s*(\d+)\s*(?:-|~|to|到)\s*(\d+)/giu;
/** Numbers that are no field of ours. */
export const OTHER_NUMBERS =
  /\b(?:mss|cwnd|ssthresh|wscale|ws|scale|sack|ts(?:val|ecr)?|port|ttl|rtt|rto|id|stream|fd)\b\s*[=:]?\s*\d[\d:,.\s-]*(?:bytes?|ms|s|字节)?/giu;

const FLAG = "(?:SYN|FIN|RST|PSH|ACK|URG|ECE|CWR|PUSH|RESET)(?![A-Za-z0-9_])";
const JOINER = String.raw`(?:\s*(?:[+\-/,&|_、·•]|\band\b|和|与|與|및)\s*|\s+)`;
/** Flags that stand together. */
export const FLAG_GROUP = new RegExp(
  String.raw`(?<!\w)(?:DUP[ -]?ACK|(?:SYN|FIN|RST|PSH)_?ACK(?![A-Za-z0-9_])|${FLAG}(?:${JOINER}${FLAG})*)`,
  "gu",
);
/** Names of states hold the names of flags; so do other things that are no segments. */
export const NO_FLAGS =
  /\b(?:SYN[-_ ]?(?:SENT|SEND|RE?CV(?:D|ED)?|RECEIVED?)|FIN[-_ ]?WAIT[-_ ]?\d?|LAST[-_ ]?ACK)\b|\b(?:SYN|FIN|ACK|RST)\s+(?:cookies?|queue|flood(?:ing)?|scan(?:ner)?|backlog|timeout|timer)\b|SYN\s*(?:队列|半连接队列|洪水)|\b(?:S|N|D)-?ACK\b|\bNAK\b|\b(?:SETTINGS|PING)\b[^,;]{0,20}\bACK\b/giu;
export const DATA =
  /\b(?:data|payload|packet|segment|pkt|http|get|post|request|response|msg|message|bytes?)\b|数据|資料|报文段|데이터|データ/iu;
export const LOST =
  /\b(?:lost|dropped|never arrives)\b|[([]\s*(?:packet )?(?:loss|drop)\b|丢失|丢包|丢了|未到达|유실|손실|❌|✗|✘|💥/iu;
export const REPEATED =
  /re-?(?:transmi|sen[dt]|try)|重传|重发|재전송|\b(?:if|when|not|no|without)\s+(?:\w+\s+)?(?:lost|dropped|loss)/iu;
