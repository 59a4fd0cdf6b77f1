import { Button, Group, Menu, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { isPersons, session } from '#ui/session.ts'
import { signOut } from '#ui/sign-in/ways.ts'
import { Icon } from '#ui/icon.tsx'
import type { AgentView } from '#ui/answers.ts'
import { initials } from '../conversation/naming.ts'
import { useLive } from '../live/store.ts'
import { askForNotices, noticesState } from '../offers/notices.ts'
import { answerAs, useMe } from '../session/me.ts'
import { settings, useSettings } from '../settings/settings.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { overlays } from '../shell/overlays.ts'
import { words } from '../words/en.ts'
import { setPresence, useMyself } from './myself.ts'
import styles from './Presence.module.css'
import { Dot } from './Dot.tsx'

const text = words.presence
const all = ['online', 'away', 'offline'] as const

/** Who works here, whether they are there, how much they hold, and what this device does about offers. */
export function PresenceMenu() {
  const me = useMe()
  const myself = useMyself()
  const [leaving, setLeaving] = useState(false)
  const name = myself?.name ?? me.name ?? me.role
  const label =
    myself === null
      ? `${name}. ${text.reading}`
      : `${name}. ${text.label(text[myself.presence], myself.load, myself.capacity)}`
  const choose = (presence: AgentView['presence']): void => {
    if (myself === null) return
    if (presence === 'offline' && myself.load > 0) setLeaving(true)
    else void setPresence(myself.id, presence)
  }
  return (
    <>
      <Menu position="right-end" width={310} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button
            type="button"
            className={styles['me']}
            aria-label={label}
            title={label}
            data-initials={initials(name)}
          >
            {myself !== null && (
              <>
                <Dot presence={myself.presence} />
                <span className={styles['load']} data-load={`${myself.load}/${myself.capacity}`} />
              </>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <bdi>{name}</bdi>
            {myself !== null && ` · ${text.load(myself.load, myself.capacity)}`}
          </Menu.Label>
          {myself !== null && (
            <Menu.RadioGroup value={myself.presence}>
              {all.map((presence) => (
                <Menu.RadioItem
                  key={presence}
                  value={presence}
                  closeMenuOnClick
                  rightSection={<Dot presence={presence} />}
                  onChange={() => choose(presence)}
                >
                  {text[presence]}
                  <Text size="xs" c="dimmed">
                    {text.help[presence]}
                  </Text>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          )}
          {me.leads && <AnswersAs chosen={me.agent} />}
          <Menu.Divider />
          <Device />
          <Menu.Divider />
          {isPersons(session.key()) && (
            <Menu.Item
              leftSection={<Icon name="person" size={16} />}
              onClick={() => overlays.show({ name: 'password' })}
            >
              {words.actions.password}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="leave" size={16} />} onClick={signOut}>
            {words.shell.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={leaving} onClose={() => setLeaving(false)} title={text.confirmOffline.title} centered>
        <Text size="sm">{text.heldStay(myself?.load ?? 0)}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setLeaving(false)} data-autofocus>
            {text.confirmOffline.stay}
          </Button>
          <Button
            color="red"
            onClick={() => {
              setLeaving(false)
              if (myself !== null) void setPresence(myself.id, 'offline')
            }}
          >
            {text.confirmOffline.submit}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

function Device() {
  const { sound, notices } = useSettings()
  const allowed = noticesState()
  return (
    <>
      <Menu.Label>{text.device}</Menu.Label>
      <Switch label={text.sound} checked={sound} icon="bell" onChange={(on) => settings.set({ sound: on })} />
      {allowed === 'denied' ? (
        <Menu.Item disabled leftSection={<Glyph name="inbox" size={16} />}>
          {text.noticesDenied}
        </Menu.Item>
      ) : (
        <Switch
          label={allowed === 'default' ? text.noticesAsk : text.notices}
          checked={notices && allowed === 'granted'}
          icon="inbox"
          onChange={(on) => void (on ? askForNotices() : settings.set({ notices: false }))}
        />
      )}
    </>
  )
}

interface SwitchProps {
  readonly label: string
  readonly checked: boolean
  readonly icon: 'bell' | 'inbox'
  onChange(checked: boolean): void
}

function Switch({ label, checked, icon, onChange }: SwitchProps) {
  return (
    <Menu.CheckboxItem checked={checked} onChange={onChange} rightSection={<Glyph name={icon} size={16} />}>
      {label}
    </Menu.CheckboxItem>
  )
}

function AnswersAs({ chosen }: { readonly chosen: string | null }) {
  const agents = useLive(({ desk }) => desk.agents)
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{text.answersAs}</Menu.Label>
      <div className={styles['agents']}>
        <Menu.RadioGroup value={chosen ?? ''} onChange={(id) => answerAs(id === '' ? null : id)}>
          {[{ id: '', name: text.nobody }, ...agents].map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id}>
              <bdi>{name}</bdi>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </div>
    </>
  )
}
