import { nodeOfState } from '#engine/conversation/state.ts'
import { ActionIcon, Group, Tooltip } from '@mantine/core'
import type { Simulation } from '#engine/simulate/index.ts'
import { Icon } from '#ui/icon.tsx'
import { editor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { phaseColours } from '../phase.ts'
import { agentName, nodeName } from '../run/names.ts'
import type { Turn } from '../run/turn.ts'
import style from './Chat.module.css'

/** The state, who has the word, and what is expected now. */
export function Standing({ simulation, turn }: { readonly simulation: Simulation; readonly turn: Turn }) {
  const { view, flow } = simulation
  const node = nodeOfState(view.state)
  return (
    <section
      className={style['standing']}
      style={phaseColours(view.phase)}
      aria-label={words.simulate.stands}
      data-state={view.state}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <span className={style['phase']}>
          {words.simulate.phases[view.phase]} · {nodeName(flow, node)}
        </span>
        <Tooltip label={words.simulate.find}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={words.simulate.find}
            onClick={() => editor.focusNode(node)}
          >
            <Icon name="search" size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <span className={style['quiet']}>
        {ownerInWords(simulation)} · {expectedInWords(simulation, turn)}
      </span>
    </section>
  )
}

function ownerInWords({ view }: Simulation): string {
  const { owner } = words.simulate
  if (view.closed) return owner.none
  if (view.owner === 'bot') return owner.bot
  return view.owner === 'queue' ? owner.queue : owner.agent(view.agent?.name ?? view.owner.slice('agent:'.length))
}

function expectedInWords(simulation: Simulation, { awaited, input, offeredTo, holder }: Turn): string {
  const said = words.simulate.awaited
  switch (awaited) {
    case 'answer':
      return said.answer(words.simulate.asked[input?.as ?? 'text'])
    case 'accept':
      return said.accept(offeredTo === null ? null : agentName(simulation, offeredTo))
    case 'agent':
      return said.agent(holder?.name ?? words.simulate.agent)
    case 'closed':
      return said.closed(simulation.view.closed?.reason ?? '')
    case 'message':
    case 'bot':
    case 'nobody':
    case 'wait':
    case 'effect':
      return said[awaited]
    default:
      return awaited satisfies never
  }
}
