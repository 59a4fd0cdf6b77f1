import { Text, Textarea, TextInput } from '@mantine/core'
import type { Fault } from '#engine/index.ts'
import { changeHead } from '../../document/commands/index.ts'
import type { FlowHead } from '../../document/document.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import classes from '../Inspector.module.css'
import { LanguageSelect } from '../rows/LanguageSelect.tsx'
import { ZoneSelect } from '../rows/ZoneSelect.tsx'
import { Variables } from './Variables.tsx'

/** What holds for the whole flow. */
export function Head() {
  const name = useEditor((state) => state.document.name)
  const description = useEditor((state) => state.document.description)
  const language = useEditor((state) => state.document.language)
  const timezone = useEditor((state) => state.document.timezone)
  const faults = useEditor((state) => state.faults)
  const readOnly = useEditor((state) => state.readOnly)
  const type = (change: Partial<FlowHead>): void => {
    editor.run(changeHead(change, Object.keys(change).join()))
  }
  return (
    <>
      <header>
        <h2 className={classes['title']}>{words.inspector.head.title}</h2>
        <Text size="sm" c="dimmed" mt={4}>
          {words.inspector.head.help}
        </Text>
      </header>
      <div className={classes['rows']} onBlur={() => editor.endBurst()}>
        <TextInput
          label={words.inspector.head.name}
          value={name}
          readOnly={readOnly}
          error={name.trim() === '' ? words.inspector.head.nameCure : said(faults, '/name')}
          onChange={(event) => type({ name: event.currentTarget.value })}
        />
        <Textarea
          label={words.inspector.head.description}
          value={description ?? ''}
          readOnly={readOnly}
          autosize
          minRows={2}
          maxRows={8}
          error={said(faults, '/description')}
          onChange={(event) => type({ description: event.currentTarget.value })}
        />
        <LanguageSelect
          label={words.inspector.head.language}
          value={language}
          readOnly={readOnly}
          error={said(faults, '/language')}
          onChange={(next) => {
            if (next !== undefined) editor.run(changeHead({ language: next }))
          }}
        />
        <ZoneSelect
          label={words.inspector.head.timezone}
          help={words.inspector.head.timezoneHelp}
          value={timezone}
          readOnly={readOnly}
          error={said(faults, '/timezone')}
          onChange={(zone) => {
            editor.run(changeHead({ timezone: zone }))
          }}
        />
        <Variables error={said(faults, '/variables')} />
      </div>
    </>
  )
}

function said(faults: readonly Fault[], pointer: string): string | undefined {
  const found = faults.filter((fault) => fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`))
  return found.length === 0 ? undefined : found.map((fault) => fault.message).join('. ')
}
