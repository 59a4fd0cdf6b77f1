/** The desk's own icons, drawn as those of `ui/icon.tsx`: decoration beside a word. */
const paths = {
  inbox:
    'M4 13v5a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-5M4 13l2.6-7.4A2 2 0 0 1 8.5 4h7a2 2 0 0 1 1.9 1.6L20 13M4 13h4.5l1.2 2.5h4.6L15.5 13H20',
  board: 'M4 20V10M10 20V4M16 20v-8M22 20H2',
  bot: 'M12 4v3M8 7h8a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3v-6a3 3 0 0 1 3-3zM9.5 12v1.5M14.5 12v1.5M2.5 12v3M21.5 12v3',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z',
  clip: 'm20 11.5-8.3 8.2a5 5 0 0 1-7-7.1l8.3-8.2a3.3 3.3 0 0 1 4.7 4.7L9.4 17.3a1.7 1.7 0 0 1-2.4-2.4l7.7-7.6',
  send: 'M21 3 10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5z',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  star: 'm12 4 2.4 5.1 5.6.7-4.1 3.8 1.1 5.5-5-2.7-5 2.7 1.1-5.5L4 9.8l5.6-.7z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2',
  bell: 'M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 20.5h4',
  up: 'M12 20V5M6 11l6-6 6 6',
  swap: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  return: 'M9 14 4 9l5-5M4 9h11a5 5 0 0 1 0 10h-3',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  ear: 'M7 9a5.5 5.5 0 1 1 9.5 3.7c-1.5 1.6-2.5 2.3-2.5 4.3a3.5 3.5 0 0 1-6.7 1.4M10 9.5a2.5 2.5 0 1 1 4 2',
  panel: 'M4 5h16v14H4zM14.5 5v14',
  filter: 'M4 6h16M7 12h10M10 18h4',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  key: 'M14.5 13.5a5 5 0 1 0-4-4L3 17v4h4v-2.5h2.5V16zM16 8h.01',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.3 3.3 0 0 1 0 6.3M18 14.3a6.5 6.5 0 0 1 3.5 5.7',
} as const

export type GlyphName = keyof typeof paths

export function Glyph({
  name,
  size = 18,
  className,
}: {
  readonly name: GlyphName
  readonly size?: number
  readonly className?: string | undefined
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={className}
    >
      <path d={paths[name]} />
    </svg>
  )
}
