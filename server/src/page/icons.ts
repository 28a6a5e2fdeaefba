/** The page's icons: lines in the colour of the text, 16 by 16. */
const PATHS = {
  play: '<path d="M4.5 2.5v11l9-5.5z"/>',
  pause: '<path d="M5 3v10M11 3v10"/>',
  back: '<path d="M12.5 3v10L5.5 8zM3.5 3v10"/>',
  forward: '<path d="M3.5 3v10l7-5zM12.5 3v10"/>',
  pin: '<path d="M6 2h4l-.5 4.5L12 9H4l2.5-2.5zM8 9v5"/>',
  options:
    '<path d="M2 4.5h5M11 4.5h3M2 11.5h2M8 11.5h6"/><circle cx="9" cy="4.5" r="2"/><circle cx="6" cy="11.5" r="2"/>',
  export: '<path d="M8 10V2M5 5l3-3 3 3M3 9v5h10V9"/>',
  panel: '<path d="M2 3h12v10H2zM10 3v10"/>',
  zoomIn: '<path d="M3 8h10M8 3v10"/>',
  zoomOut: '<path d="M3 8h10"/>',
  fit: '<path d="M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10"/>',
} as const;

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): string {
  return `<svg class="icon icon-${name}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${PATHS[name]}</svg>`;
}
