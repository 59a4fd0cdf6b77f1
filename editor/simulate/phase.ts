import type { CSSProperties } from 'react'

/** The colours of a phase as `--phase` and `--phase-soft`, for whatever is styled inside. */
export function phaseColours(phase: string): CSSProperties {
  // React's type knows no custom properties.
  return { '--phase': `var(--phase-${phase})`, '--phase-soft': `var(--phase-${phase}-soft)` } as CSSProperties
}
