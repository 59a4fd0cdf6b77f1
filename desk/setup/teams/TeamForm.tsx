import { Input, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useId } from 'react'
import { words } from '../../words/en.ts'
import { Fieldset, Figures, Identity } from '../Fields.tsx'
import type { FormProps } from '../kind.ts'
import styles from '../Setup.module.css'
import { WEIGHTS, type TeamFields } from './team.tsx'

const text = words.setup.team
const policies = ['leastLoaded', 'longestIdle'] as const

export function TeamForm({ fields, isNew, faults, change }: FormProps<TeamFields>) {
  const id = useId()
  return (
    <>
      <Fieldset title={text.who}>
        <Identity fields={fields} isNew={isNew} faults={faults} change={change} />
      </Fieldset>
      <Fieldset title={text.offers}>
        <div className={styles['stack']} role="group" aria-labelledby={id}>
          <Input.Label id={id} component="div">
            {text.routing}
          </Input.Label>
          <SegmentedControl
            aria-labelledby={id}
            value={fields.routing}
            onChange={(routing) => change({ routing })}
            data={policies.map((value) => ({ value, label: text.policies[value] }))}
          />
          <Input.Description mt={4}>{text.routingHelp}</Input.Description>
        </div>
        <div className={styles['row']}>
          <TextInput
            label={text.offerFor}
            description={text.offerForHelp}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={fields.offerFor}
            error={faults.at('/offerFor')}
            placeholder="30s"
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ currentTarget: { value } }) => change({ offerFor: value })}
          />
          <NumberInput
            label={text.awayAfter}
            description={text.awayAfterHelp}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={fields.awayAfter}
            min={0}
            max={100}
            clampBehavior="none"
            error={faults.at('/awayAfter')}
            placeholder="2"
            onChange={(value) => change({ awayAfter: String(value) })}
          />
        </div>
        <Figures
          field="weights"
          label={text.weights}
          help={text.weightsHelp}
          rows={fields.weights}
          faults={faults}
          add={text.addWeight}
          fresh={1}
          bounds={WEIGHTS}
          step={0.25}
          nameOf={text.channel}
          figureOf={text.weight}
          onChange={(weights) => change({ weights })}
        />
      </Fieldset>
    </>
  )
}
