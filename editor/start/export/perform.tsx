import { notifications } from '@mantine/notifications'
import { coloursOf } from '../../canvas/overview/paint.ts'
import type { FlowDocument } from '../../document/document.ts'
import { words } from '../../words/en.ts'
import { Faults } from '../Faults.tsx'
import { ExportRefusal, fileOf, type ExportFile } from './file.ts'
import type { ExportAs } from './formats.ts'

/** Hands a flow to the person as a file; says why where there is none. */
export async function exportDocument(flow: FlowDocument, as: ExportAs): Promise<void> {
  try {
    download(await fileOf(flow, as, coloursOf(document.body)))
  } catch (error) {
    const faults = error instanceof ExportRefusal ? error.faults : []
    notifications.show({
      color: 'red',
      title: words.start.failures.export,
      message: (
        <>
          {error instanceof ExportRefusal ? error.message : words.start.failures.unknown}
          {faults.length > 0 && <Faults faults={faults} most={3} />}
        </>
      ),
      autoClose: false,
    })
  }
}

function download({ name, content }: ExportFile): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
