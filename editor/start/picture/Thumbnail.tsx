import { useMemo } from 'react'
import type { FlowDocument } from '../../document/document.ts'
import { miniatureOf, type MiniatureLayer } from './miniature.ts'
import styles from './Thumbnail.module.css'

/** A flow from afar: decoration beside its name, which is what a screen reader says. */
export function Thumbnail({ document }: { readonly document: FlowDocument }) {
  const miniature = useMemo(() => miniatureOf(document), [document])
  if (!miniature) return null
  const { viewBox, layers } = miniature
  const layer = (of: keyof Omit<MiniatureLayer, 'phase'>) =>
    layers
      .filter((each) => each[of] !== '')
      .map((each) => <path key={each.phase + of} data-phase={each.phase} className={styles[of]} d={each[of]} />)
  return (
    <svg className={styles['picture']} viewBox={viewBox} aria-hidden="true" focusable="false">
      {layer('zones')}
      {layer('wires')}
      {layer('cards')}
    </svg>
  )
}
