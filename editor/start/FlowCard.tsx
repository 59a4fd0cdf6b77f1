import { ActionIcon, Badge, Button, Loader, Menu, Text, Title } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type MouseEvent } from 'react'
import type { FlowSummary } from '#ui/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { readDocument, type FlowDocument } from '../document/document.ts'
import { flowPath, navigate } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { ago } from './ago.ts'
import { exportsAs, type ExportAs } from './export/formats.ts'
import { Faults } from './Faults.tsx'
import styles from './FlowCard.module.css'
import { Thumbnail } from './picture/Thumbnail.tsx'
import { addFlow, readDraft, reasonOf } from './server.ts'
import type { Drafts } from './useDrafts.ts'

interface Props {
  readonly flow: FlowSummary
  readonly drafts: Drafts
  readonly mayWrite: boolean
  readonly onRemove: () => void
}

const text = words.start.card
const FAULTS_SHOWN = 4

/** One flow: what it looks like, what it is for, where it stands, and what may be done with it. */
export function FlowCard({ flow, drafts, mayWrite, onRemove }: Props) {
  const { ref, inViewport } = useInViewport<HTMLLIElement>()
  const { id, name, broken } = flow
  const drawn = drafts.of(id)
  useEffect(() => {
    if (inViewport) drafts.want(id)
  }, [inViewport, drafts, id])
  return (
    <li ref={ref} className={styles['card']} data-broken={broken !== undefined || undefined}>
      <div className={styles['picture']}>
        {broken ? (
          <Icon name="error" size={32} />
        ) : drawn ? (
          <Thumbnail document={drawn} />
        ) : (
          <Loader size="sm" type="dots" aria-hidden="true" />
        )}
      </div>
      <div className={styles['body']}>
        <Title order={3} size="h5" className={styles['name']}>
          {broken ? (
            name
          ) : (
            <a href={flowPath(id)} className={styles['link']} onClick={follow}>
              {name}
            </a>
          )}
        </Title>
        {broken ? (
          <div className={styles['faults']}>
            <Faults faults={broken.faults} most={FAULTS_SHOWN} />
            <Text size="sm" mt="xs">
              {text.brokenHelp(broken.file)}
            </Text>
          </div>
        ) : (
          <Text size="sm" lineClamp={3} className={styles['about']}>
            {drawn?.description}
          </Text>
        )}
        <div className={styles['state']}>
          <State flow={flow} />
          <Text size="xs" c="dimmed">
            {drawn && `${text.steps(drawn.nodes.length)} · `}
            <time dateTime={flow.updatedAt} title={new Date(flow.updatedAt).toLocaleString()}>
              {text.changed(ago(flow.updatedAt, Date.now()))}
            </time>
          </Text>
        </div>
        <div className={styles['ways']}>
          {mayWrite && !broken && <UseButton name={name} document={drawn} id={id} />}
          <More name={name} document={drawn} onRemove={mayWrite ? onRemove : null} />
        </div>
      </div>
    </li>
  )
}

function State({ flow: { published, broken } }: Pick<Props, 'flow'>) {
  if (broken)
    return (
      <Badge variant="light" color="red" tt="none">
        {text.broken}
      </Badge>
    )
  if (published === null)
    return (
      <Badge variant="default" tt="none">
        {text.never}
      </Badge>
    )
  return (
    <Badge variant="light" color="green" tt="none">
      {text.live(published)}
    </Badge>
  )
}

/** Makes a copy under an id of its own, and opens it. */
function UseButton({
  id,
  name,
  document,
}: {
  readonly id: string
  readonly name: string
  readonly document: FlowDocument | undefined
}) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const use = async (): Promise<void> => {
    setBusy(true)
    try {
      // The card may be out of view, its draft not fetched yet.
      const flow = document ?? readDocument(await readDraft(id))
      if (!flow) throw new Error(words.document.unreadable)
      const copy = await addFlow({ ...flow, name: words.document.copyOf(name) }, `${id}-copy`)
      void queries.invalidateQueries({ queryKey: ['flows'] })
      navigate(flowPath(copy))
    } catch (error) {
      notifications.show({ color: 'red', title: words.start.failures.copy, message: reasonOf(error) })
      setBusy(false)
    }
  }
  return (
    <Button
      size="xs"
      variant="light"
      loading={busy}
      aria-label={text.useOf(name)}
      leftSection={<Icon name="duplicate" size={14} />}
      onClick={() => void use()}
    >
      {text.use}
    </Button>
  )
}

interface MoreProps {
  readonly name: string
  readonly document: FlowDocument | undefined
  readonly onRemove: (() => void) | null
}

/** What is done more seldom; nothing where nothing can be done. */
function More({ name, document, onRemove }: MoreProps) {
  if (!document && !onRemove) return null
  return (
    <Menu position="bottom-end" width={220} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="var(--text)" size={30} ml="auto" aria-label={text.more(name)}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {document && (
          <div role="group" aria-label={words.exporting.label}>
            <Menu.Label>{words.exporting.label}</Menu.Label>
            {exportsAs.map((as) => (
              <Menu.Item key={as} leftSection={<Icon name="download" size={16} />} onClick={() => save(document, as)}>
                {words.exporting.formats[as]}
              </Menu.Item>
            ))}
          </div>
        )}
        {document && onRemove && <Menu.Divider />}
        {onRemove && (
          <Menu.Item c="var(--danger)" leftSection={<Icon name="trash" size={16} />} onClick={onRemove}>
            {text.remove}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The exporters and painters are fetched when first asked for. */
function save(document: FlowDocument, as: ExportAs): void {
  void import('./export/perform.tsx').then(({ exportDocument }) => exportDocument(document, as))
}

/** A plain click stays in the page; one that asks for a new tab gets it. */
function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  navigate(event.currentTarget.pathname)
}
