/** A past day of a queue's team, played again with other people or other rules, beside that day as it was. */
import { Modal, NativeSelect } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { FlowNode } from '../document/document.ts'
import { useEditor } from '../document/store.ts'
import { cardOf } from '../document/card.ts'
import { useTeams } from '../inspector/people.ts'
import { teamName } from '../inspector/queue/names.ts'
import { recordOf, textOf } from '../inspector/node/place.ts'
import { overlays } from '../shell/overlays.ts'
import { words } from '../words/en.ts'
import { Staffing } from './Staffing.tsx'

const said = words.staffing
const NARROW = '(max-width: 48em)'

export function StaffingDialog() {
  const nodes = useEditor((state) => state.document.nodes)
  const selected = useEditor((state) => state.selection.nodes)
  const timezone = useEditor((state) => state.document.timezone)
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) === true
  const queues = nodes.filter((node) => node.type === 'queue')
  const [chosen, setChosen] = useState(() => (queues.find(({ id }) => selected.has(id)) ?? queues[0])?.id)
  const teams = useTeams()
  const queue = queues.find(({ id }) => id === chosen)
  if (queue === undefined) return null
  return (
    <Modal
      opened
      onClose={overlays.hide}
      title={said.title(teamName(teamOf(queue), teams))}
      size={1160}
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': words.shell.close }}
    >
      {queues.length > 1 ? (
        <NativeSelect
          mb="sm"
          maw={460}
          label={said.queue}
          value={queue.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={queues.map((each) => ({ value: each.id, label: cardOf(each).sentence }))}
        />
      ) : null}
      <Staffing key={queue.id} team={teamOf(queue)} queue={queue.data} timezone={timezone} />
    </Modal>
  )
}

function teamOf({ data }: FlowNode): string {
  return textOf(recordOf(data)['team'])
}
