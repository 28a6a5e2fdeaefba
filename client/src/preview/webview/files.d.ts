/** Files that the bundle carries as text. */
declare module "*.svg" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: that is how the bundler gives a file
  export default text;
}

declare module "*.css" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: that is how the bundler gives a file
  export default text;
}
