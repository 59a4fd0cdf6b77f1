import { KeepConversation } from '../simulate/scenarios/KeepConversation.tsx'
import { useConversation, usePast } from '../insights/reading.ts'

interface Props {
  readonly conversation: string
  readonly flowId: string
}

/** “Save as a scenario”, as soon as its log is read and played again. */
export function KeepIt({ conversation, flowId }: Props) {
  const { data } = useConversation(conversation)
  return data === undefined ? null : <Replayed known={data} conversation={conversation} flowId={flowId} />
}

function Replayed({ known, conversation, flowId }: Props & { readonly known: Parameters<typeof usePast>[0] }) {
  const past = usePast(known)
  if (past === undefined || past.trouble !== null || known.isCut) return null
  return <KeepConversation conversation={conversation} flowId={flowId} lived={past.moments} />
}
