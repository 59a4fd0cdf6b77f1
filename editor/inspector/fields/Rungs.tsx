import { NativeSelect } from '@mantine/core'
import type { KindData } from '#engine/index.ts'
import { words } from '../../words/en.ts'
import { OrderedList } from '../list/OrderedList.tsx'
import { useErrorAt, useErrorUnder, useNodeForm } from '../node/form.tsx'
import { listOf, recordOf, textOf } from '../node/place.ts'
import { FigureInput } from '../rows/FigureInput.tsx'
import { Line } from '../rows/Line.tsx'
import { RowList } from '../rows/RowList.tsx'
import { TemplateInput } from '../text/TemplateInput.tsx'
import type { FieldProps } from './field.ts'

type RungKind = KindData<'ladder'>['rungs'][number]['kind']

/** What each rung holds besides its text. A rung that the engine adds is a compile error here. */
const RUNGS: Readonly<Record<RungKind, 'attempts' | 'links' | null>> = {
  rephrase: 'attempts',
  selfService: 'links',
  offerHuman: null,
}
const rungKinds = Object.keys(RUNGS) as readonly RungKind[] // The keys of the constant above.

export function Rungs({ field, shape, value }: FieldProps) {
  return (
    <RowList
      field={field}
      shape={shape}
      value={value}
      parts={['kind', 'text', 'attempts', 'links']}
      addLabel={words.inspector.rungs.add}
      nameOf={(row) => kindWord(kindOf(recordOf(row)))}
      fresh={(rows) =>
        fresh(rungKinds.find((kind) => !rows.some((row) => kindOf(recordOf(row)) === kind)) ?? 'rephrase')
      }
    >
      {(row, place) => <Rung row={row} place={place} />}
    </RowList>
  )
}

function Rung({ row, place }: { readonly row: Readonly<Record<string, unknown>>; readonly place: string }) {
  const { change, type, readOnly } = useNodeForm()
  const error = useErrorAt(`${place}/kind`)
  const attemptsError = useErrorAt(`${place}/attempts`)
  const kind = kindOf(row)
  const extra = kind === undefined ? null : RUNGS[kind]
  const turnInto = (next: string): void => {
    const chosen = rungKinds.find((each) => each === next)
    if (chosen !== undefined) change(place, { kind: chosen, text: textOf(row['text']) })
  }
  return (
    <>
      <NativeSelect
        size="xs"
        label={words.inspector.rungs.kind}
        error={error}
        disabled={readOnly}
        value={textOf(row['kind'])}
        data={[
          ...(kind === undefined ? [textOf(row['kind'])] : []),
          ...rungKinds.map((each) => ({ value: each, label: kindWord(each) })),
        ]}
        onChange={(event) => turnInto(event.currentTarget.value)}
      />
      <TemplateInput
        label={words.inspector.rungs.text}
        place={`${place}/text`}
        value={textOf(row['text'])}
        onChange={(text) => type(`${place}/text`, text)}
      />
      {extra === 'attempts' ? (
        <FigureInput
          small
          whole
          label={words.inspector.rungs.attempts}
          least={1}
          most={5}
          usual={1}
          value={row['attempts']}
          error={attemptsError}
          onChange={(number) => type(`${place}/attempts`, number)}
        />
      ) : null}
      {extra === 'links' ? <Links place={`${place}/links`} value={row['links']} /> : null}
    </>
  )
}

function Links({ place, value }: { readonly place: string; readonly value: unknown }) {
  const { change, type, readOnly } = useNodeForm()
  const links = listOf(value)
  const error = useErrorUnder(
    place,
    links.flatMap((_, index) => [`${index}/label`, `${index}/url`]),
  )
  return (
    <OrderedList
      label={words.inspector.rungs.links}
      error={error}
      items={links}
      readOnly={readOnly}
      nameOf={(link) => textOf(recordOf(link)['label'])}
      add={{
        label: words.inspector.rungs.addLink,
        make: () => ({ label: words.inspector.rungs.link(links.length + 1), url: 'https://' }),
      }}
      onChange={(next) => change(place, next.length === 0 ? undefined : next)}
    >
      {(link, index) => (
        <>
          <Line
            small
            label={words.inspector.rungs.linkLabel}
            place={`${place}/${index}/label`}
            value={textOf(recordOf(link)['label'])}
            onChange={(text) => type(`${place}/${index}/label`, text)}
          />
          <Line
            small
            type="url"
            label={words.inspector.rungs.url}
            place={`${place}/${index}/url`}
            value={textOf(recordOf(link)['url'])}
            onChange={(text) => type(`${place}/${index}/url`, text)}
          />
        </>
      )}
    </OrderedList>
  )
}

function fresh(kind: RungKind): unknown {
  return { kind, text: words.inspector.rungs.texts[kind] }
}

function kindOf(row: Readonly<Record<string, unknown>>): RungKind | undefined {
  return rungKinds.find((each) => each === row['kind'])
}

function kindWord(kind: RungKind | undefined): string {
  return kind === undefined ? words.inspector.rungs.kind : words.inspector.rungs.kinds[kind]
}
