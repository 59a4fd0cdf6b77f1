import { Button, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { Alone } from './Alone.tsx'

interface BoundaryProps {
  readonly words: { readonly title: string; readonly explain: string; readonly again: string }
  readonly children: ReactNode
}

/** Keeps a part of the page that stopped from taking the others along. */
export class Boundary extends Component<BoundaryProps, { readonly stopped: boolean }> {
  override state = { stopped: false }

  static getDerivedStateFromError(): { readonly stopped: boolean } {
    return { stopped: true }
  }

  override render(): ReactNode {
    const { words, children } = this.props
    if (!this.state.stopped) return children
    return (
      <Alone as="section" role="alert">
        <Title order={2} size="h4">
          {words.title}
        </Title>
        <Text ta="center">{words.explain}</Text>
        <Button variant="default" onClick={() => this.setState({ stopped: false })}>
          {words.again}
        </Button>
      </Alone>
    )
  }
}
