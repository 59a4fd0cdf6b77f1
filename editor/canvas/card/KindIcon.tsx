/** A small picture for each kind; one that has none yet gets that of any step. */
const paths: Readonly<Record<string, string>> = {
  start: 'M8 5v14l11-7z',
  say: 'M4 5h16v11H10l-5 4v-4H4z',
  ask: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01',
  listen: 'M5 9a7 7 0 0 1 14 0c0 5-4 5-4 8a3 3 0 0 1-5.5 1.5M9 10a3 3 0 0 1 6 0',
  branch: 'M6 4v6a4 4 0 0 0 4 4h8M6 10v10M15 11l3 3-3 3',
  set: 'M5 8h14M5 16h14M9 5v6M15 13v6',
  call: 'M8 8l-4 4 4 4M16 8l4 4-4 4M13 6l-2 12',
  wait: 'M7 4h10M7 20h10M8 4c0 5 8 6 8 10v6M16 4c0 5-8 6-8 10v6',
  hours: 'M12 4a8 8 0 1 0 .01 0M12 8v4l3 2',
  trigger: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.5a2.5 2.5 0 1 0 .01 0',
  ladder: 'M8 4v16M16 4v16M8 8h8M8 12h8M8 16h8',
  queue: 'M5 6h14M5 12h14M5 18h8',
  ticket: 'M4 7h16v10H4zM4 8l8 6 8-6',
  callback: 'M6 4l3 1 1 4-2 1a10 10 0 0 0 5 5l1-2 4 1 1 3c-7 2-15-6-13-13z',
  agent: 'M12 12a4 4 0 1 0-.01 0M5 20c0-4 3-6 7-6s7 2 7 6',
  handback: 'M9 8L4 12l5 4M4 12h10a5 5 0 0 1 5 5v1',
  survey: 'M12 4l2.4 5 5.6.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.6-.8z',
  close: 'M6 6h12v12H6z',
}
const anyStep = 'M5 5h14v14H5z'

export function KindIcon({ kind, size = 16 }: { readonly kind: string; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={Object.hasOwn(paths, kind) ? paths[kind] : anyStep} />
    </svg>
  )
}
