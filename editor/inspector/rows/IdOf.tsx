import { words } from '../../words/en.ts'
import { ID_PATTERN } from '#engine/flow/values.ts'
import { useNodeForm } from '../node/form.tsx'
import { recordOf, textOf } from '../node/place.ts'
import { Name } from './Name.tsx'

interface IdOfProps {
  readonly row: Readonly<Record<string, unknown>>
  readonly rows: readonly unknown[]
  readonly place: string
  readonly label?: string
}

/** The id of a row: what its way out, the figures and the conversations call it. Renamed, its edge comes along. */
export function IdOf({ row, rows, place, label = words.inspector.id }: IdOfProps) {
  const { change } = useNodeForm()
  const id = textOf(row['id'])
  const taken = rows.map((each) => textOf(recordOf(each)['id'])).filter((each) => each !== id)
  return (
    <Name
      small
      label={label}
      place={`${place}/id`}
      value={id}
      pattern={ID_PATTERN}
      cure={words.inspector.idCure}
      taken={taken}
      onChange={(next) => change(`${place}/id`, next)}
    />
  )
}
