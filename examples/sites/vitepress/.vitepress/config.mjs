import { tcpflow } from "tcpflow-lang/markdown-it";
import { defineConfig } from "vitepress";

export default defineConfig({
  title: "TCP in three lectures",
  description: "Course notes in which every diagram is checked",
  markdown: {
    config: (md) => {
      md.use(tcpflow);
    },
  },
  locales: {
    root: { label: "English", lang: "en" },
    zh: { label: "简体中文", lang: "zh-CN", link: "/zh/" },
  },
  themeConfig: {
    sidebar: {
      "/": [
        { text: "Opening", link: "/opening" },
        { text: "Data", link: "/data" },
        { text: "Closing", link: "/closing" },
      ],
    },
  },
});
