import { Button, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { cardOf } from '../document/card.ts'
import { nodeOf, type FlowDocument } from '../document/document.ts'
import type { LongestWait as Longest } from '../document/findings.ts'
import { marks } from '../document/marks.ts'
import { editor, useEditor } from '../document/store.ts'
import { length } from '../staffing/figures.ts'
import { words } from '../words/en.ts'
import { paintOfWait } from './longest.ts'
import style from './Problems.module.css'
import { StepList } from './StepList.tsx'
import { useFitted } from './useFitted.ts'

const said = words.problems.longest

interface Props {
  readonly isShown: boolean
  readonly onShow: (isShown: boolean) => void
}

/** How long a customer of this flow is made to wait at worst, and where the time goes. */
export function LongestWait({ isShown, onShow }: Props) {
  const longest = useEditor((state) => state.longest)
  const document = useEditor((state) => state.document)
  if (longest === null) return null
  const most = longest.way.toSorted((one, other) => other.wait - one.wait)[0]
  if (longest.wait === 0)
    return (
      <Text size="xs" className={style['foot'] ?? ''}>
        {said.none}
      </Text>
    )
  return (
    <section className={style['foot']} aria-label={said.label}>
      <Text size="xs">
        {said.title[longest.end]}: <b>{longest.wait === 'unbounded' ? said.unbounded : length(longest.wait)}</b>
        {most !== undefined && most.wait > 0 && `, ${said.via(nameOf(document, most.node))}`}
      </Text>
      <Button
        size="compact-xs"
        variant={isShown ? 'light' : 'default'}
        aria-expanded={isShown}
        style={{ alignSelf: 'start' }}
        onClick={() => onShow(!isShown)}
      >
        {isShown ? words.problems.hideWay : words.problems.showWay}
      </Button>
      {isShown && <WayOfWait longest={longest} document={document} />}
    </section>
  )
}

function WayOfWait({ longest, document }: { readonly longest: Longest; readonly document: FlowDocument }) {
  const [at, setAt] = useState(0)
  useFitted(() => longest.way.map(({ node }) => node))
  useEffect(() => {
    marks.set('way', paintOfWait(longest, document, at))
    return () => marks.set('way', null)
  }, [longest, document, at])
  return (
    <StepList
      label={said.way}
      steps={longest.way.map(({ node, wait }) => said.step(nameOf(document, node), wait === 0 ? null : length(wait)))}
      at={at}
      onLook={(index) => {
        setAt(index)
        editor.bringIntoView(longest.way[index]?.node ?? '')
      }}
    />
  )
}

function nameOf(document: FlowDocument, id: string): string {
  const node = nodeOf(document, id)
  return node === undefined ? id : `“${cardOf(node).sentence}”`
}
