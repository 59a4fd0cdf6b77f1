/** What supervisors set up: agents, teams and schedules. */
import { words } from '../words/en.ts'
import { navigate, paths, setupParts, type SetupPart } from '../shell/route.ts'
import { agentKind } from './agents/agent.tsx'
import { scheduleKind } from './schedules/schedule.tsx'
import { teamKind } from './teams/team.tsx'
import { Part } from './Part.tsx'
import styles from './Setup.module.css'

const text = words.setup

interface Props {
  readonly part: SetupPart
  readonly item: string | null
}

export function Setup({ part, item }: Props) {
  return (
    <main className={styles['room']} data-inside={item !== null} aria-label={text.title}>
      <header className={styles['head']}>
        <h1>{text.title}</h1>
        <nav className={styles['parts']} aria-label={text.title}>
          {setupParts.map((each) => (
            <a
              key={each}
              href={paths.setup(each)}
              aria-current={each === part ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                navigate(paths.setup(each))
              }}
            >
              {text.parts[each]}
            </a>
          ))}
        </nav>
      </header>
      <Chosen part={part} item={item} />
    </main>
  )
}

function Chosen({ part, item }: Props) {
  switch (part) {
    case 'agents':
      return <Part key={part} kind={agentKind} item={item} />
    case 'teams':
      return <Part key={part} kind={teamKind} item={item} />
    case 'schedules':
      return <Part key={part} kind={scheduleKind} item={item} />
    default:
      return part satisfies never
  }
}
