import { Button } from '@mantine/core'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import style from './VersionBanner.module.css'

const text = words.versions

/** Over the canvas while a version is looked at: what is seen, and the way back. */
export function VersionBanner() {
  const version = useEditor((state) => state.viewing)
  return version === null ? null : (
    <div className={style['banner']} role="status">
      <span>
        <strong>{text.viewing(version)}</strong> {text.viewingMore}
      </span>
      <Button size="compact-sm" onClick={editor.leaveVersion}>
        {text.back}
      </Button>
    </div>
  )
}
