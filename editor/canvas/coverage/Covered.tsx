/** Whether the scenarios come through a card and its ways out: a sign of its own shape, never by colour alone. */
import { Icon } from '#ui/icon.tsx'
import { useMarks } from '../../document/marks.ts'
import { words } from '../../words/en.ts'
import classes from './Covered.module.css'

/** Of a node by its id, or of a way out by `<node>.<outlet>`; undefined while nobody shows it. */
export function useCovered(key: string): boolean | undefined {
  return useMarks(({ coverage }) => coverage?.covered?.[key])
}

/** The card’s own label says it in words. */
export function CoveredCard({ covered }: { readonly covered: boolean | undefined }) {
  if (covered === undefined) return null
  return (
    <>
      {!covered && <span className={classes['frame']} aria-hidden="true" />}
      <span className={classes['corner']} data-covered={covered} title={inWords(covered)} aria-hidden="true">
        <Icon name={covered ? 'check' : 'minus'} size={14} style={{ strokeWidth: 3 }} />
      </span>
    </>
  )
}

export function CoveredWay({ node, outlet }: { readonly node: string; readonly outlet: string }) {
  const covered = useCovered(`${node}.${outlet}`)
  if (covered === undefined) return null
  return (
    <span
      className={classes['way']}
      data-covered={covered}
      role="img"
      aria-label={inWords(covered)}
      title={inWords(covered)}
    >
      <Icon name={covered ? 'check' : 'minus'} size={13} style={{ strokeWidth: 3 }} />
    </span>
  )
}

function inWords(covered: boolean): string {
  return covered ? words.canvas.card.covered : words.canvas.card.uncovered
}
