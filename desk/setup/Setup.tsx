/** What supervisors set up: agents, teams and schedules. */
import { words } from '../words/en.ts'
import { Parted } from '../shell/Parted.tsx'
import { paths, setupParts, type SetupPart } from '../shell/route.ts'
import { agentKind } from './agents/agent.tsx'
import { scheduleKind } from './schedules/schedule.tsx'
import { teamKind } from './teams/team.tsx'
import { Part } from './Part.tsx'

const text = words.setup

interface Props {
  readonly part: SetupPart
  readonly item: string | null
}

export function Setup({ part, item }: Props) {
  return (
    <Parted
      title={text.title}
      parts={setupParts}
      open={part}
      nameOf={(each) => text.parts[each]}
      pathOf={(each) => paths.setup(each)}
      isInside={item !== null}
    >
      <Chosen part={part} item={item} />
    </Parted>
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
