/** What is said in Simplified Chinese about a capture file. */
import { zh } from "../../flow/chinese.ts";
import type { Unreadable } from "../packetdrill.ts";
import type { ScriptProblem } from "../packetdrill-writer.ts";
import type { Skipped } from "../tcp-packets.ts";
import type { FormatTexts } from "./en.ts";

const SKIPPED: Readonly<Record<Skipped, string>> = {
  "of an unknown link type": "链路类型未知",
  "not IP": "不是 IP",
  "not TCP": "不是 TCP",
  "fragments behind the first": "是第一片之后的分片",
  "cut short before the end of the TCP header": "没有录到完整的 TCP 首部",
  "with a malformed header": "首部格式错误",
};

const UNREADABLE: Readonly<Record<Unreadable, string>> = {
  "no time at its beginning": "开头没有时间",
  "no TCP packet": "不是 TCP 报文段",
  "neither a packet nor a call": "既不是报文段也不是调用",
  "its parenthesis is never closed": "括号没有闭合",
};

const PROBLEMS: Readonly<Record<ScriptProblem, string>> = {
  "begins in the middle of the opening or closing": "它从打开或关闭的中途开始",
  "never takes part": "它没有收发任何报文段",
  crashes: "它会崩溃，脚本不能让内核崩溃",
  "neither opens nor listens": "它既不打开也不监听",
  "opens more than once": "它的连接不止打开一次",
};

export const ZH_CN: FormatTexts = {
  noCapture: "既不是 pcap 文件，也不是 pcapng 文件",
  compressed: "文件已压缩：请先解压",
  endsInside: (unit) => zh`文件在从这里开始的${unit === "packet" ? "分组" : "块"}中间结束`,
  pcapVersion: (version) => zh`该 pcap 文件的版本是 ${version}；只支持版本 2`,
  packetTooLong: (octets) => zh`分组有 ${octets} 个字节，超过任何分组的长度：文件在此处已损坏`,
  shortSection: "节首部太短",
  shortInterface: "接口描述太短",
  manyInterfaces: (most) => zh`接口超过 ${most} 个`,
  shortPacket: "分组块太短",
  unknownInterface: (number) => zh`分组属于接口 ${number}，而没有块描述该接口`,
  packetBeyondBlock: (octets) => zh`分组有 ${octets} 个字节，所在的块却更短`,
  noInterface: "分组之前没有接口描述",
  noOrder: "该节没有字节序标记",
  damagedBlock: (octets) => zh`块有 ${octets} 个字节：文件在此处已损坏`,
  blockTooLong: (octets) => zh`块有 ${octets} 个字节，超过任何分组的长度`,
  twoLengths: "块首尾的两个长度不一致",

  otherExchange: (said) => zh`该消息不属于所转换的交互：“${said}”`,
  loopDrawnOnce: "该循环中的行只画一次",
  alternativeAsNotes: "交互不含可选分支：该分支保留为注释",
  optionDrawn: "交互不区分这些行是否发生：照样画出",
  breakAsNotes: "交互不含中断：其中的行保留为注释",
  drawnInOrder: "同时发生的行按先后顺序画出",

  kernel: "被测内核",
  untold: {
    shell: "shell 命令，已略去",
    code: "Python 代码，已略去",
    "other packet": "不是 TCP 的分组，已略去",
  },
  unreadable: (why) => `无法读取脚本的这一行${why === undefined ? "" : `：${UNREADABLE[why]}`}`,
  scriptProblem: (who, problem) => zh`不能为 ${who} 生成测试：${PROBLEMS[problem]}`,
  skipped: (count, why) => zh`${count} 个${SKIPPED[why]}`,
};
