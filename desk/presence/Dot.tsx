import type { AgentView } from '#ui/answers.ts'
import styles from './Presence.module.css'

/** Whether somebody is there, by shape as well as by colour: full, half, empty. The word stands beside it. */
export function Dot({ presence }: { readonly presence: AgentView['presence'] }) {
  return <span className={styles['dot']} data-presence={presence} aria-hidden="true" />
}
