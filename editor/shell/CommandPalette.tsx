import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { useEffect, useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { actions, canPerform } from '../actions/index.ts'
import { cardOf } from '../document/card.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Keys } from '#ui/kit/Keys.tsx'
import { overlays } from './overlays.ts'
import { fits } from '#ui/kit/search.ts'
import styles from './CommandPalette.module.css'

const [store, spotlight] = createSpotlight()
const STEPS = 8

/** Everything that can be done now, and every step, by typing a part of its name. `typed` is what was typed before this was there. */
export function CommandPalette({ typed }: { readonly typed: string }) {
  const [query, setQuery] = useState(typed)
  const state = useEditor((now) => now)
  useEffect(() => {
    spotlight.open()
    return () => spotlight.close()
  }, [])
  const found = actions.filter(
    (action) =>
      action.name !== 'help.palette' &&
      canPerform(action, state) &&
      fits(query, action.label, action.keywords ?? '', words.shell.groups[action.group]),
  )
  const steps =
    query.trim() === '' || state.opening !== 'open'
      ? []
      : state.document.nodes
          .flatMap((node) => {
            const { title, sentence } = cardOf(node)
            return fits(query, node.id, title, sentence) ? [{ id: node.id, title, sentence }] : []
          })
          .slice(0, STEPS)
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={overlays.hide}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      size="lg"
      title={words.shell.actions.palette}
      classNames={{ header: styles['title'] ?? '' }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
    >
      <Spotlight.Search
        placeholder={words.shell.palettePlaceholder}
        aria-label={words.shell.palettePlaceholder}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={words.shell.paletteActions}>
            {found.map((action) => (
              <Spotlight.Action
                key={action.name}
                label={action.label}
                leftSection={<Icon name={action.icon} />}
                dimmedSections={false}
                rightSection={action.keys[0] !== undefined && <Keys of={action.keys[0]} />}
                onClick={() => after(() => action.perform())}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {steps.length > 0 && (
          <Spotlight.ActionsGroup label={words.shell.paletteSteps}>
            {steps.map(({ id, title, sentence }) => (
              <Spotlight.Action
                key={id}
                label={`${title} · ${id}`}
                description={sentence}
                leftSection={<Icon name="jump" />}
                onClick={() => after(() => editor.focusNode(id))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length + steps.length === 0 && <Spotlight.Empty>{words.shell.paletteEmpty}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** An action may show another overlay: the palette goes first, so that it does not take that one along. */
function after(act: () => void): void {
  overlays.hide()
  queueMicrotask(act)
}
