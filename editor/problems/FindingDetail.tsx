import { Button, Group, Text } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { words } from '../words/en.ts'
import type { Finding } from './findings.ts'
import { playPath } from './play.ts'
import style from './Problems.module.css'
import { Way } from './Way.tsx'

const said = words.problems

interface Props {
  readonly finding: Finding
  readonly isShown: boolean
  readonly onShow: (isShown: boolean) => void
}

/** How sure it is, and what leads there: on the canvas, in words, in the simulator. */
export function FindingDetail({ finding: { path, confirmed }, isShown, onShow }: Props) {
  return (
    <div className={style['detail']}>
      {confirmed !== null && (
        <Text size="xs">
          <span className={style['sure']} data-sure={confirmed}>
            {confirmed ? said.confirmed : said.possible}
          </span>{' '}
          {confirmed ? said.confirmedMore : path === null ? said.possibleAlone : said.possibleMore}
        </Text>
      )}
      {path !== null && (
        <>
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant={isShown ? 'light' : 'default'}
              aria-expanded={isShown}
              leftSection={<Icon name="map" size={14} />}
              onClick={() => onShow(!isShown)}
            >
              {isShown ? said.hideWay : said.showWay}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              title={said.playHelp}
              leftSection={<Icon name="play" size={14} />}
              onClick={() => void playPath(path)}
            >
              {said.play}
            </Button>
          </Group>
          {isShown && <Way path={path} />}
        </>
      )}
    </div>
  )
}
