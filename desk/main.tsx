import '#ui/trusted-types.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '#ui/tokens.css'
import './desk.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
