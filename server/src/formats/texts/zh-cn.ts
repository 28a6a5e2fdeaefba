/** What is said in Simplified Chinese about a capture file. */
import { zh } from "../../flow/chinese.ts";
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
  skipped: (count, why) => zh`${count} 个${SKIPPED[why]}`,
};
