import { el } from './dom.js'

/** The line above the first message that was not seen yet. */
export const divider = () => el('li', { id: 'unseen-divider', role: 'separator', textContent: 'New messages' })
