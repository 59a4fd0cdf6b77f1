import { Text } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { Path } from '#engine/explore/path.ts'
import { marks } from '../document/marks.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { StepList } from './StepList.tsx'
import style from './Way.module.css'
import { useFitted } from './useFitted.ts'
import { nodesAlong, paintOf, wayOf, type WayStep } from './way.ts'

const said = words.problems.way

/** What leads to a problem: in words here, numbered on the canvas for as long as this is seen. */
export function Way({ path }: { readonly path: Path }) {
  const document = useEditor((state) => state.document)
  const [at, setAt] = useState(path.length - 1)
  const steps = useMemo(() => wayOf(path, document), [path, document])
  useFitted(() => nodesAlong(path, document))
  useEffect(() => {
    marks.set('way', paintOf(path, document, at))
    return () => marks.set('way', null)
  }, [path, document, at])
  return (
    <>
      <Text size="xs" c="dimmed">
        {said.numbers}
      </Text>
      <StepList
        label={said.title}
        steps={steps.map(inWords)}
        at={at}
        onLook={(index) => {
          setAt(index)
          editor.bringIntoView(steps[index]?.node ?? '')
        }}
      />
    </>
  )
}

function inWords({ text, after, given, to }: WayStep) {
  const beside = [...(after === null ? [] : [after]), ...(given.length === 0 ? [] : [said.given(given.join(', '))])]
  return (
    <>
      {text}
      {beside.length > 0 && <span className={style['quiet']}>{beside.join(', ')}</span>}
      {to !== null && <span className={style['to']}>{said.to(to)}</span>}
    </>
  )
}
