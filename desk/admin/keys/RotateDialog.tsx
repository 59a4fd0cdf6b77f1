import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { KeyView, MadeKey } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import { administration } from '../client.ts'
import { Confirm } from '../Confirm.tsx'
import { nameOf } from './KeyRow.tsx'

const text = words.admin.keys.askRotate
const overlaps = ['24h', '7d', '1h', '0s'] as const

interface Props {
  readonly view: KeyView
  onMade(key: MadeKey): void
  onClose(): void
}

/** Asks how long the present secret goes on. */
export function RotateDialog({ view, onMade, onClose }: Props) {
  const [overlap, setOverlap] = useState<string>(overlaps[0])
  return (
    <Confirm
      title={text.title(nameOf(view))}
      explain={text.explain}
      submit={text.submit}
      act={async () => onMade(await administration.rotateKey(view.id, overlap))}
      onClose={onClose}
    >
      <NativeSelect
        label={text.overlap}
        data={overlaps.map((value) => ({ value, label: text.overlaps[value] }))}
        value={overlap}
        onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
      />
    </Confirm>
  )
}
