import { NumberInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useNodeForm } from '../node/form.tsx'
import classes from './FigureInput.module.css'

interface FigureInputProps {
  readonly label: string
  readonly help?: string | undefined
  readonly error?: ReactNode
  readonly value: unknown
  /** What holds while nothing is written. */
  readonly usual?: number | string | undefined
  readonly least?: number | undefined
  readonly most?: number | undefined
  readonly step?: number | undefined
  readonly whole: boolean
  readonly small?: boolean
  /** `undefined`: nothing is written any more. */
  onChange(value: number | undefined): void
}

/** A number; emptied, what is usual holds again. */
export function FigureInput({
  label,
  help,
  error,
  value,
  usual,
  least,
  most,
  step,
  whole,
  small = false,
  onChange,
}: FigureInputProps) {
  const { readOnly } = useNodeForm()
  return (
    <NumberInput
      label={label}
      description={help}
      error={error}
      size={small ? 'xs' : 'sm'}
      value={typeof value === 'number' ? value : ''}
      placeholder={usual === undefined ? '' : String(usual)}
      {...(small ? {} : { classNames: { wrapper: classes['figure'] ?? '' } })}
      allowDecimal={!whole}
      clampBehavior="blur"
      readOnly={readOnly}
      {...(least === undefined ? {} : { min: least })}
      {...(most === undefined ? {} : { max: most })}
      {...(step === undefined ? {} : { step })}
      onChange={(number) => onChange(typeof number === 'number' ? number : undefined)}
    />
  )
}
