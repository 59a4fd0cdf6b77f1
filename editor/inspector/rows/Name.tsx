import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { DraftName, type DraftNameProps } from './DraftName.tsx'

interface NameProps extends Omit<DraftNameProps, 'error' | 'readOnly' | 'large'> {
  readonly small?: boolean
}

/** A drafted name at a place of the node's data. */
export function Name({ place, small = false, ...rest }: NameProps) {
  const { node, readOnly } = useNodeForm()
  const error = useErrorAt(place)
  return <DraftName {...rest} place={`${node}/${place}`} large={!small} readOnly={readOnly} error={error} />
}
