import { Button, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { words } from '../words/en.ts'
import styles from './Message.module.css'

interface Props {
  readonly children: ReactNode
}

/** Keeps a part of the page that stopped from taking the others along. */
export class Boundary extends Component<Props, { readonly stopped: boolean }> {
  override state = { stopped: false }

  static getDerivedStateFromError(): { readonly stopped: boolean } {
    return { stopped: true }
  }

  override render(): ReactNode {
    if (!this.state.stopped) return this.props.children
    const { title, explain, again } = words.shell.crash
    return (
      <section className={styles['page']} role="alert">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text ta="center">{explain}</Text>
        <Button variant="default" onClick={() => this.setState({ stopped: false })}>
          {again}
        </Button>
      </section>
    )
  }
}
